import { canonicalJson } from "@/lib/attribution/canonical";
import type { Facts } from "@/lib/attribution/facts";
import type { Outcome } from "@/lib/attribution/vocabulary";
import type { Quarter } from "@/lib/calendar";
import { projectDeal } from "@/lib/metrics/projected-deal";
import { underSealedName } from "@/lib/sealing/restating";
import { isOfQuarter, type SealedDocument } from "@/lib/sealing/seal";
import type { Restatements } from "./review-shapes";

type Row = Restatements["rows"][number];
export type Change = Row["reason"][number];
type Of = Change["of"];

/**
 * Everything in which a deal as it is now differs from its seal, in the order of the document. The day the
 * facts were read as of is no difference.
 */
export function changesOf(sealed: SealedDocument, current: SealedDocument): Change[] {
  const [was, is] = [sealed.facts, current.facts];
  const credit = ({ result }: SealedDocument) =>
    Object.fromEntries(
      result.partners.map(({ partnerId, outcome, credit, disputed }) => [
        partnerId,
        { outcome, disputed, credit: canonicalJson(credit) },
      ]),
    );
  return [
    ...fields("deal", null, { ...was.deal }, { ...is.deal }),
    ...fields("name", null, namesOf(sealed), namesOf(underSealedName(current, sealed))),
    ...listed("stage", byStage(was), byStage(is)),
    ...listed("registration", byId(was.registrations), byId(is.registrations)),
    ...listed("role", byId(was.roles), byId(is.roles)),
    ...listed("activity", byId(was.activities), byId(is.activities)),
    ...listed("ruling", byId(was.rulings), byId(is.rulings)),
    ...listed("partner", byId(was.partners), byId(is.partners)),
    ...fields("cohort", null, { ...was.cohort }, { ...is.cohort }),
    ...fields("policy", null, { hash: sealed.policyHash }, { hash: current.policyHash }),
    ...fields("outcome", null, { outcome: sealed.result.outcome }, { outcome: current.result.outcome }),
    ...listed("credit", credit(sealed), credit(current)),
  ];
}

type Fields = Record<string, unknown>;

function namesOf({ account, owner, noPartnerOn }: SealedDocument): Fields {
  return { account, owner, noPartnerOn };
}

function byId(facts: readonly { id: string }[]): Record<string, Fields> {
  return Object.fromEntries(facts.map((fact) => [fact.id, fact as unknown as Fields]));
}

function byStage({ stages }: Facts): Record<string, Fields> {
  return Object.fromEntries(stages.map((entry, at) => [String(at + 1), { ...entry }]));
}

function listed(of: Of, was: Record<string, Fields>, is: Record<string, Fields>): Change[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].sort().flatMap((id): Change[] => {
    const [before, after] = [was[id], is[id]];
    if (before && after) return fields(of, id, before, after);
    return [
      { of, id, field: null, sealed: before ? text(before) : null, current: after ? text(after) : null },
    ];
  });
}

function fields(of: Of, id: string | null, was: Fields, is: Fields): Change[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((field) => {
    const [before, after] = [text(was[field]), text(is[field])];
    return before === after ? [] : [{ of, id, field, sealed: before, current: after }];
  });
}

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : canonicalJson(value);
}

/** Whether the quarter's numbers would differ by this deal, had they been counted from it as it is now. */
export function movesNumbers(
  quarter: Quarter,
  sealed: SealedDocument | null,
  current: SealedDocument | null,
): boolean {
  return countedOf(quarter, sealed) !== countedOf(quarter, current);
}

/** What the quarter takes from the deal: nothing, when it does not belong to it. */
function countedOf(quarter: Quarter, document: SealedDocument | null): string {
  if (!document || !isOfQuarter(document.facts.deal, quarter)) return "";
  const {
    amount,
    currency,
    type,
    createdOn,
    closedOn,
    outcome,
    attribution,
    confirmedBeforeClose,
    engagedOn,
  } = projectDeal(document);
  // A deal that closed after the quarter was open at its end, on whatever day it closed.
  const within = closedOn !== null && closedOn <= quarter.to;
  return canonicalJson({
    amount,
    currency,
    attribution,
    type,
    createdOn: createdOn >= quarter.from || within ? createdOn : null,
    closed: within ? { closedOn, outcome, confirmedBeforeClose } : null,
    engagedOn: engagedOn.filter((day) => day >= quarter.from && day <= quarter.to),
  });
}

/** A deal at a glance, sealed or current. */
export function standOf({
  facts,
  account,
  owner,
  partners,
  result,
}: SealedDocument): NonNullable<Row["sealed"]> {
  const { amount, currency, outcome: state, createdOn, closedOn } = facts.deal;
  return {
    account,
    owner,
    amount,
    currency,
    state,
    createdOn,
    closedOn,
    outcome: result.outcome,
    credit: result.partners.flatMap(({ partnerId, credit }) =>
      Object.entries(credit).map(([outcome, earned]) => ({
        partner: { id: partnerId, name: partners[partnerId] ?? partnerId },
        outcome: outcome as Outcome,
        amount: earned,
      })),
    ),
  };
}
