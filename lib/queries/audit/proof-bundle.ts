import { sql } from "drizzle-orm";
import { type Db, database } from "@/db/connection/client";
import { type ProvenEntries, provenEntries } from "@/lib/audit/bundle";
import type { EntryRow } from "@/lib/audit/entry";
import { claimedHead } from "@/lib/audit/head";
import type { Actor } from "@/lib/auth/actor";
import { Refusal, refuse } from "@/lib/errors";
import type { SealHeader } from "@/lib/sealing/seal";
import { eachSealedDeal, readSeals } from "@/lib/sealing/seals";
import { mustReadLog } from "./may-read";

/** What a stranger verifies without the house: a frozen quarter, what the log says of it, and the proofs. */
export interface ProofBundle extends ProvenEntries {
  format: "countersign-bundle-1";
  quarter: string;
  /** The number that it was asked for, at which its page opens; null for the quarter. */
  number: { metric: string; figure: string } | null;
  /** The seal's lines: the header, then every deal's document (lib/sealing/seal.ts). */
  seal: string[];
}

export interface BundleAsked {
  quarter: string;
  /** `sourcedPipeline.amount`; null for the quarter as a whole. */
  number: string | null;
  /** A head that somebody kept, as it was signed, for whom the bundle shows that it goes on from there. */
  since: string | null;
}

/** A bundle is one file that a browser opens: what is larger is taken away as the whole log. */
const MOST_DOCUMENTS = 20_000;

/** The bundle of a frozen quarter, for who may read the log (§9); no query of the API, since it is a file. */
export async function proofBundle(
  actor: Actor,
  { quarter, number, since }: BundleAsked,
  { db }: { db: Db } = database(),
): Promise<ProofBundle> {
  mustReadLog(actor);
  const seal = (await readSeals(db, [quarter], { anew: true })).get(quarter);
  if (!seal) return refuse("quarter", quarter, "is not frozen: only what is sealed can be proved");
  if (seal.deals > MOST_DOCUMENTS) {
    const rule = `has ${seal.deals} documents, more than the ${MOST_DOCUMENTS} that one page holds: take the whole log (npm run -s export-log)`;
    return refuse("quarter", quarter, rule);
  }
  const about = number === null ? null : numberOf(seal.header, number);
  const [documents, closed] = await readDocuments(db, seal.header);
  const proven = await provenEntries(db, entriesOf(seal.header, closed), {
    standing: (entries) => [seal.header.sealed.log, ...entries.map(headOf)].filter((head) => head !== null),
    since: since === null ? null : sizeOf(since),
  });
  if (!proven?.entries.some(({ entry }) => isFreeze(entry))) throw tooYoung(quarter);
  return {
    format: "countersign-bundle-1",
    quarter,
    number: about,
    seal: [seal.line, ...documents],
    ...proven,
  };
}

function tooYoung(quarter: string): Refusal {
  const rule =
    "the newest head of the log does not cover its freeze yet: wait a few seconds, or verify the log";
  return new Refusal({ code: "unavailable", field: "quarter", value: quarter, rule });
}

function numberOf({ figures }: SealHeader, number: string): { metric: string; figure: string } {
  const [metric = "", figure = ""] = number.split(".");
  if (Object.hasOwn(figures, metric) && Object.hasOwn(figures[metric]!, figure)) return { metric, figure };
  return refuse("number", number, "is no number of the seal: write metric.figure, sourcedPipeline.amount");
}

const sizeOf = (head: string): number =>
  claimedHead(head)?.size ?? refuse("since", head.slice(0, 80), "is no head of the log");

async function readDocuments(db: Db, { quarter: { label, from, to } }: SealHeader) {
  const documents: string[] = [];
  const closed: string[] = [];
  for await (const batch of eachSealedDeal(db, label)) {
    for (const { dealId, document, projection } of batch) {
      documents.push(document);
      const closedOn = projection.closed_on as string | null;
      if (closedOn !== null && closedOn >= from && closedOn <= to) closed.push(dealId);
    }
  }
  return [documents, closed] as const;
}

/** The freeze, the signatures and views of its policies, its samples, and what was written of its closed deals until then. */
function entriesOf({ quarter: { label }, policies }: SealHeader, closed: readonly string[]) {
  const hashes = sql.param(Object.keys(policies));
  const ofQuarter = sql`action = 'freeze-quarter' and subject_kind = 'quarter' and subject_id = ${label}`;
  return sql`l.id in (
    select id from audit_log where ${ofQuarter}
    union all select id from audit_log where action in ('sign-policy', 'view-policy') and after ->> 'hash' = any(${hashes}::text[])
    union all select id from audit_log
      where action in ('draw-sample', 'tick-sampled-deal', 'sign-off-sample') and after ->> 'quarter' = ${label}
    union all select id from audit_log where deal_id = any(${sql.param([...closed])}::text[])
        and id < (select min(id) from audit_log where ${ofQuarter}))`;
}

const headOf = ({ action, after }: EntryRow): string | null =>
  action === "sign-policy" ? ((after as { logHead?: string | null }).logHead ?? null) : null;

const isFreeze = (entry: string) => (JSON.parse(entry) as { action: string }).action === "freeze-quarter";
