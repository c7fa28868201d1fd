import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/connection/transaction";
import { freezePreparations, sealedDeals, sealedQuarters } from "@/db/schema/reviews";
import { fiscalYear, settings } from "@/db/schema/settings";
import { newestHead } from "@/lib/audit/head";
import type { SignMethod } from "@/lib/auth/roles";
import { addDays, type Quarter } from "@/lib/calendar";
import { Refusal } from "@/lib/errors";
import { logQuarters } from "@/lib/judging/log-quarter";
import { PROJECTION_NAMES, PROJECTION_TYPES, rowOf } from "@/lib/judging/projection-row";
import { projectDeal } from "@/lib/metrics/projected-deal";
import { draftSeal } from "@/lib/sealing/draft-seal";
import { type SealedDocument, type SealHeader, sealLine } from "@/lib/sealing/seal";
import { sealTally } from "@/lib/sealing/sealed-tally";
import { ofQuarter, SealDigest } from "@/lib/sealing/seals";
import { Spool } from "@/lib/sealing/spool";
import { inPersonInput, signedInPerson } from "../in-person";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayFreezeQuarter } from "./guards";
import { type CloseSubject, closeSubject, holdStill } from "./load";

const ROWS_A_STATEMENT = 500;

export const freezeQuarter = defineVerb({
  name: "freeze-quarter",
  summary:
    "Freeze a quarter that another person prepared: deals, policies and numbers are sealed and never change",
  input: z.strictObject({ quarter: field.quarter, ...inPersonInput }),
  output: z.object({ quarter: z.string(), digest: z.string(), deals: z.int(), closed: z.int() }),
  guard: mayFreezeQuarter,
  timeoutMs: 300_000,
  prepare: signedInPerson("freeze-quarter", "to freeze"),
  async subject(context, { quarter }) {
    await holdStill(context);
    return closeSubject(context, quarter);
  },
  async run(context, input, subject, method) {
    const spool = await Spool.open();
    try {
      return await freeze(context, input.quarter, { ...subject, method }, spool);
    } finally {
      await spool.close();
    }
  },
});

/** The documents are judged once, laid aside, and then hashed and written from there: a seal begins with what they come to. */
async function freeze(
  context: WriteContext,
  label: string,
  { quarter, preparation, method }: CloseSubject & { method: SignMethod },
  spool: Spool,
) {
  const { tx, actor, today, audit } = context;
  const draft = await draftSeal(tx, quarter, today, await context.policies(), (line) => spool.add(line));
  if (draft.digest !== preparation!.digest) throw movedOn(label, preparation!.by.name);
  const now = await nowOf(tx);
  const header: SealHeader = {
    ...draft.header,
    prepared: preparation!,
    sealed: { by: { id: actor.userId!, name: actor.name }, ...now, log: await newestHead(tx) },
    demo: draft.header.deals === 0 ? context.demo : await areAllDemo(tx, quarter),
  };
  const line = sealLine(header);
  const seal = {
    quarter: label,
    from: quarter.from,
    to: quarter.to,
    asOf: today,
    sealedBy: actor.userId,
    sealedByName: actor.name,
    deals: header.deals,
    closed: header.closed,
    preparedBy: header.prepared.by.id,
    preparedByName: header.prepared.by.name,
    digest: await digestOf(line, spool),
    logHead: header.sealed.log,
    demo: header.demo,
  };
  await carryOver(tx, quarter);
  await tx.insert(sealedQuarters).values({
    ...seal,
    preparedAt: sql`${header.prepared.at}::timestamptz` as never,
    header: line,
    tally: sealTally(draft.tally),
  });
  for await (const lines of spool.read(ROWS_A_STATEMENT)) await insertDeals(tx, label, lines);
  await tx.delete(freezePreparations).where(eq(freezePreparations.quarter, label));
  const after = { ...seal, method, sealedAt: now.at, preparedAt: header.prepared.at };
  audit({ subjectKind: "quarter", subjectId: label, dealId: null, before: null, after });
  return { quarter: label, digest: seal.digest, deals: seal.deals, closed: seal.closed };
}

async function digestOf(header: string, spool: Spool): Promise<string> {
  const digest = new SealDigest();
  digest.add(header);
  for await (const lines of spool.read(ROWS_A_STATEMENT)) for (const line of lines) digest.add(line);
  return digest.end();
}

/** What was prepared is not what would be sealed: nobody freezes what nobody looked at. */
function movedOn(label: string, by: string): Refusal {
  const rule = `${label} is no longer what ${by} prepared: a closed deal, a case, a cost, a rate, the ask or the minutes have changed since. Look at it again and prepare the freeze anew`;
  return new Refusal({ code: "conflict", field: "", value: label, rule });
}

/** The transaction's own instant and number, as the seal's guard will write them. */
async function nowOf(tx: Tx): Promise<{ at: string; in: string }> {
  const [row] = await tx.execute<{ at: string; in: string }>(sql`
    select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      pg_current_xact_id()::text as in`);
  return { ...row! };
}

/** What was put off past the freeze is heard in the first quarter after it whose log is open. */
async function carryOver(tx: Tx, { label, to }: Quarter): Promise<void> {
  const [company] = await tx.select({ fiscalYear }).from(settings);
  const seals = await tx.select({ quarter: sealedQuarters.quarter }).from(sealedQuarters);
  const quarterFor = logQuarters(
    company?.fiscalYear,
    seals.map(({ quarter }) => quarter),
  );
  await tx.execute(sql`
    update exceptions set quarter = ${quarterFor(addDays(to, 1))}, version = version + 1
    where quarter = ${label} and settled_at is null`);
}

async function insertDeals(tx: Tx, quarter: string, lines: readonly string[]): Promise<void> {
  const rows = lines.map((line) => ({
    ...rowOf(projectDeal(JSON.parse(line) as SealedDocument)),
    document: line,
  }));
  await tx.execute(sql`
    insert into ${sealedDeals} (quarter, deal_id, document, ${PROJECTION_NAMES})
    select ${quarter}, r.* from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as r (deal_id text, document text, ${PROJECTION_TYPES})`);
}

/** A seal of the story alone goes with the story; one real deal in it makes it stay. */
async function areAllDemo(tx: Tx, quarter: Quarter): Promise<boolean> {
  const [real] = await tx.execute(
    sql`select 1 from deals where (${ofQuarter(quarter)}) and not demo limit 1`,
  );
  return real === undefined;
}
