import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { policyDifference } from "@/lib/attribution/policy-difference";
import { MODEL_WORDS } from "@/lib/attribution/words";
import type { Actor } from "@/lib/auth/actor";
import { SEATS, type Seat, USER_ROLE_NAMES } from "@/lib/auth/roles";
import { Refusal } from "@/lib/errors";
import { policyBook, policyHash } from "@/lib/judging/policy-book";
import type { BacktestSummary } from "@/lib/metrics/backtest";
import { type MaySay, maySay, unless } from "../may";
import { defineQuery } from "../query";
import { partnerNames } from "./backtest";
import { amendmentClock, lineOf, type PolicyRecord, readPolicies, standingOf } from "./policy-records";
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
    const [against, amendment, seats, backtests] = await Promise.all([
      heldAgainst(db, record, today),
      amendmentClock(db, today),
      seatsOf(db, actor, record, today),
      readBacktests(db, policyId, draftHash),
    ]);
    const { withdrawnAt, withdrawnReason, declined } = record;
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
      seats,
      against,
      difference: policyDifference(against.document, record.document),
      amendment,
      backtests,
      may: mayToPolicy(actor, record, today),
    };
  },
});

/**
 * What a policy is read against: one that is in force or was, against the one before it; any other against
 * what is in force today.
 */
async function heldAgainst(db: Db, { id }: PolicyRecord, today: Day): Promise<PolicyAnswer["against"]> {
  const book = await policyBook(db);
  const place = book.policies.findIndex(({ signed }) => signed?.policyId === id);
  const other = place < 0 ? book.inForce(today) : book.policies[place - 1];
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

async function seatsOf(
  db: Db,
  actor: Actor,
  record: PolicyRecord,
  today: Day,
): Promise<PolicyAnswer["seats"]> {
  const holders = await db.execute<{ role: Seat; name: string }>(sql`
    select role::text as role, name from users
    where role::text = any(${sql.param([...SEATS])}::text[]) and disabled_at is null order by name`);
  return SEATS.map((seat) => {
    const signature = record.signatures.find((one) => one.seat === seat);
    return {
      seat,
      name: USER_ROLE_NAMES[seat],
      holders: [...holders].filter(({ role }) => role === seat).map(({ name }) => name),
      signature: signature ? { name: signature.name, at: signature.at, hash: signature.hash } : null,
      maySign: maySign(actor, seat, record, today),
    };
  });
}

function maySign(actor: Actor, seat: Seat, record: PolicyRecord, today: Day): MaySay {
  if (standingOf(record, today) === "draft") return "A draft is proposed before it is signed";
  if (standingOf(record, today) !== "proposed") return ended(record, today);
  if (record.signatures.some((one) => one.seat === seat)) return "This seat has signed";
  if (actor.userId === null || actor.role !== seat)
    return `Only the ${USER_ROLE_NAMES[seat]} signs in this seat`;
  if (record.signatures.some(({ userId }) => userId === actor.userId))
    return "You have signed: one person, one seat";
  return true;
}

function ended(record: PolicyRecord, today: Day): string {
  switch (standingOf(record, today)) {
    case "declined":
      return "This proposal was declined";
    case "withdrawn":
      return "This proposal was withdrawn";
    default:
      return "Three people signed it";
  }
}

/** What the door would let the actor do to this policy now. */
function mayToPolicy(actor: Actor, record: PolicyRecord, today: Day): PolicyAnswer["may"] {
  const state = standingOf(record, today);
  const frozen = state === "draft" ? null : "The text is frozen since it was proposed";
  const waiting =
    state === "proposed" ? null : state === "draft" ? "It was not proposed" : ended(record, today);
  const may = (does: string) => maySay(actor, "policy.draft", does, true, "");
  return {
    edit: unless(frozen, may("change a draft")),
    propose: unless(frozen, may("propose a policy")),
    discard: unless(frozen, may("discard a draft")),
    withdraw: unless(waiting, may("withdraw a proposal")),
    decline: unless(waiting, maySay(actor, "policy.sign", "decline a proposal", true, "")),
    keepBacktest: maySay(actor, "backtest.keep", "keep a backtest", true, ""),
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
