import { clauseOfGray } from "@/lib/attribution/clauses";
import { GRAY_WORDS } from "@/lib/attribution/words";
import { daysBetween } from "@/lib/calendar";
import type { SealedException, SealHeader } from "@/lib/sealing/seal";
import { GRAY_LIMIT, type KindCount, NO_STATES } from "../exception/exception-lines";
import type { ExceptionLine } from "../exception/exception-shapes";

/** The log of a frozen quarter as its seal has it: open ones first, then by amount at stake. */
export function sealedLines({ quarter, exceptions, asOf }: SealHeader): ExceptionLine[] {
  return exceptions
    .map((one) => sealedLine(one, quarter.label, asOf))
    .sort(
      (one, other) =>
        Number(one.settled !== null) - Number(other.settled !== null) ||
        Number(one.deferred !== null) - Number(other.deferred !== null) ||
        other.amount - one.amount ||
        (one.id < other.id ? -1 : 1),
    );
}

/** One of them. */
export function sealedLine(one: SealedException, quarter: string, asOf: string): ExceptionLine {
  const { settlement, settledOn, kind, votes, deferred, openedOn } = one;
  const { id, origin, dealId, account, deal, amount, currency, partner, claim, raisedBy, owner } = one;
  return {
    ...{
      id,
      quarter,
      kind,
      origin,
      dealId,
      account,
      deal,
      amount,
      currency,
      partner,
      claim,
      ...{ raisedBy, contestedBy: null },
      owner,
    },
    label: kind === "other" ? "Other" : GRAY_WORDS[kind].label,
    openedOn,
    ageDays: Math.max(0, daysBetween(openedOn, settledOn ?? asOf)),
    state: stateOf(one),
    deferred,
    votes: votes.map(({ model: _, ...vote }) => vote),
    split: settlement === null && votes.length === 2,
    settled:
      settlement !== null && settledOn !== null
        ? { by: settlement as NonNullable<ExceptionLine["settled"]>["by"], on: settledOn }
        : null,
    stillGray: one.stillGray,
    clause: kind === "other" ? null : clauseOfGray(kind),
    version: one.version,
  };
}

function stateOf({ settlement, deferred }: SealedException): ExceptionLine["state"] {
  if (settlement === null) return deferred ? "deferred" : "open";
  if (settlement === "facts") return "put_right";
  return settlement === "withdrawn" ? "withdrawn" : "decided";
}

/** How many cases of a seal are in each state. */
export function sealedStates({
  exceptions,
}: Pick<SealHeader, "exceptions">): Record<ExceptionLine["state"], number> {
  const counts: Record<ExceptionLine["state"], number> = { ...NO_STATES };
  for (const one of exceptions) counts[stateOf(one)] += 1;
  return counts;
}

/** How many cases of each kind a seal has, and how they stand. */
export function sealedKinds({ exceptions }: Pick<SealHeader, "exceptions">): KindCount[] {
  const kinds = [...new Set(exceptions.map(({ kind }) => kind))].sort();
  return kinds.map((kind) => {
    const of = sealedStates({ exceptions: exceptions.filter((one) => one.kind === kind) });
    const { open, deferred, ...settled } = of;
    return { kind, open, deferred, settled: Object.values(settled).reduce((sum, one) => sum + one, 0) };
  });
}

/** The gray share of a seal, against the limit. */
export function shareOf({ gray, closed }: SealHeader["gray"]) {
  return { gray, closed, share: closed === 0 ? null : gray / closed, limit: GRAY_LIMIT };
}
