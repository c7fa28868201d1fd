import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { policyDifference } from "@/lib/attribution/policy-difference";
import { MODEL_WORDS } from "@/lib/attribution/words";
import type { Actor } from "@/lib/auth/actor";
import { maySay } from "@/lib/commands/guard";
import {
  mayChangeDraft,
  mayDeclinePolicy,
  mayKeepBacktest,
  mayProposePolicy,
  maySignPolicy,
  mayWithdrawPolicy,
  type OfPolicy,
} from "@/lib/commands/policy/guards";
import { Refusal } from "@/lib/errors";
import { type PolicyBook, type Proposed, policyBook, policyHash } from "@/lib/judging/policy-book";
import type { BacktestSummary } from "@/lib/metrics/backtest";
import { defineQuery } from "../query";
import { seatHolders, seatsOf } from "../signing/seats";
import { partnerNames } from "./backtest";
import { amendmentClock, lineOf, type PolicyRecord, readPolicies } from "./policy-records";
import { type PolicyAnswer, policyAnswerShape, policyIdInput } from "./policy-shapes";

/** One policy with its signatures, its difference to what is in force and the backtests kept beside it. */
export const policy = defineQuery({
  name: "policy",
  summary: "One policy: its text, seats, difference to the policy in force, and backtests.",
  input: policyIdInput,
  output: policyAnswerShape,
  async run({ db, actor, today }, { policyId }) {
    const [record] = await readPolicies(db, policyId);
    if (!record) {
      const rule = "there is no policy with this id";
      throw new Refusal({ code: "not_found", field: "policyId", value: policyId, rule });
    }
    const draftHash = policyHash(record.document);
    const book = await policyBook(db);
    const [amendment, holders, backtests] = await Promise.all([
      amendmentClock(db, today),
      seatHolders(db),
      readBacktests(db, policyId, draftHash),
    ]);
    const { withdrawnAt, withdrawnReason, declined } = record;
    const against = heldAgainst(book, record, today);
    return {
      ...lineOf(record, today),
      version: record.version,
      document: record.document,
      canonical: record.canonical ?? canonicalJson(record.document),
      draftHash,
      proposed: record.proposedAt === null ? null : { name: record.proposedBy, at: record.proposedAt },
      withdrawn:
        withdrawnAt === null
          ? null
          : { name: record.withdrawnBy, at: withdrawnAt, reason: withdrawnReason ?? "" },
      declined,
      seats: seatsOf(maySignPolicy, actor, { ...subjectOf(record), signatures: record.signatures }, holders),
      against,
      difference: policyDifference(against.document, record.document),
      amendment,
      backtests,
      may: mayToPolicy(actor, record, book.onDay(today).proposed),
    };
  },
});

/**
 * What a policy is read against: one that is in force or was, against the one before it; any other against
 * what is in force today.
 */
function heldAgainst(book: PolicyBook, { id }: PolicyRecord, today: Day): PolicyAnswer["against"] {
  const place = book.policies.findIndex(({ signed }) => signed?.policyId === id);
  const other = place < 0 ? book.onDay(today) : book.policies[place - 1];
  if (other) {
    const { policy: document, hash, signed } = other;
    return {
      policyId: signed?.policyId ?? null,
      title: signed?.title ?? presetTitle(document),
      hash,
      document,
    };
  }
  const document = PRESETS.two_bucket;
  return { policyId: null, title: presetTitle(document), hash: policyHash(document), document };
}

const presetTitle = ({ model }: Policy) => `The unsigned preset, ${MODEL_WORDS[model].label.toLowerCase()}`;

function subjectOf({ proposedAt, declined, withdrawnAt, begins, demo }: PolicyRecord): OfPolicy {
  return {
    proposed: proposedAt !== null,
    ended: declined ? "declined" : withdrawnAt !== null ? "withdrawn" : null,
    signed: begins !== null,
    demo,
  };
}

function mayToPolicy(actor: Actor, record: PolicyRecord, proposed: Proposed | null): PolicyAnswer["may"] {
  const subject = subjectOf(record);
  const waiting = proposed && proposed.policyId !== record.id ? proposed.title : null;
  return {
    edit: maySay(mayChangeDraft, actor, subject),
    propose: maySay(mayProposePolicy, actor, { ...subject, waiting }),
    discard: maySay(mayChangeDraft, actor, subject),
    withdraw: maySay(mayWithdrawPolicy, actor, subject),
    decline: maySay(mayDeclinePolicy, actor, subject),
    keepBacktest: maySay(mayKeepBacktest, actor, undefined),
  };
}

interface BacktestRow extends Record<string, unknown> {
  id: string;
  hash: string;
  againstHash: string;
  asOf: Day;
  ranBy: string | null;
  ranAt: string;
  result: { againstTitle: string; quarters: string[]; summary: BacktestSummary };
}

async function readBacktests(
  db: Db,
  policyId: string,
  draftHash: string,
): Promise<PolicyAnswer["backtests"]> {
  const rows = await db.execute<BacktestRow>(sql`
    select b.id, b.hash, b.against_hash as "againstHash", b.as_of::text as "asOf", u.name as "ranBy",
      to_char(b.ran_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "ranAt", b.result
    from backtests b left join users u on u.id = b.ran_by
    where b.policy_id = ${policyId} order by b.ran_at desc, b.id limit 20`);
  return Promise.all(
    [...rows].map(async ({ id, hash, againstHash, asOf, ranBy, ranAt, result }) => ({
      id,
      ran: { name: ranBy, at: ranAt },
      asOf,
      quarters: result.quarters,
      current: hash === draftHash,
      hash,
      againstHash,
      againstTitle: result.againstTitle,
      result: result.summary,
      partners: await partnerNames(db, result.summary),
    })),
  );
}
