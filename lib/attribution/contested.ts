import type { Activity, Facts, Registration, RoleRow, Ruling } from "./facts";
import { isCredited } from "./models";
import type { Policy } from "./policy";
import type { PartnerResult, Result } from "./result";
import { stageOn } from "./stage";
import type { GrayCode, TestName } from "./vocabulary";
import { weighOne } from "./weighing";

/** A part of a facts document: the facts that are contested, and their ids. */
export interface ContestedFacts {
  ids: string[];
  registrations: Registration[];
  roles: RoleRow[];
  activities: Activity[];
  rulings: Ruling[];
}

/** A deal's result with the policy that it is under. */
export interface JudgedUnder {
  policy: Policy;
  result: Result;
}

type Finder = (facts: Facts, result: Result, policy: Policy) => string[];

/** For each gray area the facts that make the deal one (domain.md §6), by id. */
const FINDERS: Readonly<Record<GrayCode, Finder>> = {
  late_record: (facts, _, policy) => weighOne(policy, facts).recorded("late"),
  delayed_record: (facts, _, policy) => weighOne(policy, facts).recorded("delayed"),
  amended: (facts) => factsOf(facts),
  marketplace: creditedEvidence,
  recreated: creditedEvidence,
  partner_of_partner: (facts, { partners }) => {
    const onDeal = new Set(partners.map(({ partnerId }) => partnerId));
    const family = facts.partners.filter(
      ({ id, parentId }) => onDeal.has(id) && parentId !== null && onDeal.has(parentId),
    );
    const ids = new Set(family.flatMap(({ id, parentId }) => [id, parentId as string]));
    return [...ids].flatMap((id) => factsOf(facts, id));
  },
  prior_engagement: (_, { partners }) =>
    partners
      .filter((one) => passes(one, "origin") && passes(one, "gate") && !passes(one, "net_new"))
      .flatMap((one) => behind(one, "origin")),
  program_exception: (facts, { partners }) =>
    partners
      .filter((one) => passes(one, "origin"))
      .filter((one) => {
        const ids = new Set(behind(one, "origin"));
        const ordinary = [
          ...facts.registrations.filter(({ id }) => ids.has(id)),
          ...facts.roles.filter(({ id, confirmedOn }) => ids.has(id) && confirmedOn !== null),
        ];
        return ordinary.length === 0;
      })
      .flatMap((one) => behind(one, "origin")),
  shared_origin: (facts, { partners }) =>
    partners
      .filter(({ outcome }) => outcome === "sourced")
      .flatMap((one) => [
        ...behind(one, "origin"),
        ...facts.rulings.filter(({ id }) => id === one.rule).map(idOf),
      ]),
  stage_conflict: ({ stages, roles }) =>
    roles.filter((row) => row.touchStage !== stageOn(stages, row.touchedOn)).map(idOf),
  unsettled: (_, { partners }) =>
    partners
      .filter(({ disputed }) => disputed !== null)
      .flatMap((one) => [...one.missing.map(({ factId }) => factId), ...behind(one, "origin")]),
};

const idOf = ({ id }: { id: string }) => id;

function testOf({ tests }: PartnerResult, name: TestName) {
  return tests.find(({ test }) => test === name);
}

function passes(partner: PartnerResult, name: TestName): boolean {
  return testOf(partner, name)?.passed ?? false;
}

function behind(partner: PartnerResult, name: TestName): string[] {
  return testOf(partner, name)?.facts ?? [];
}

function creditedEvidence(_: Facts, { partners }: Result): string[] {
  return partners
    .filter(({ outcome }) => isCredited(outcome))
    .flatMap(({ tests }) => tests.filter(({ passed }) => passed).flatMap(({ facts }) => facts));
}

function factsOf({ registrations, roles, activities }: Facts, partnerId?: string): string[] {
  return [...registrations, ...roles, ...activities]
    .filter((fact) => partnerId === undefined || fact.partnerId === partnerId)
    .map(idOf);
}

/**
 * The ids of the facts that make a deal gray in that area, sorted. For `other`, which no facts make, or
 * where the deal is not judged, all of the deal's facts, or the partner's alone when one is named.
 */
export function contestedFacts(
  kind: GrayCode | "other",
  facts: Facts,
  judged: JudgedUnder | null,
  partnerId?: string,
): string[] {
  const ids =
    kind === "other" || judged === null
      ? factsOf(facts, partnerId)
      : FINDERS[kind](facts, judged.result, judged.policy);
  return [...new Set(ids)].sort();
}

/** Those facts themselves, as the document has them. The deal's own id is none of them. */
export function factsWithIds(
  { registrations, roles, activities, rulings }: Facts,
  ids: readonly string[],
): ContestedFacts {
  const wanted = new Set(ids);
  const keep = <F extends { id: string }>(facts: readonly F[]) => facts.filter(({ id }) => wanted.has(id));
  return {
    ids: [...ids],
    registrations: keep(registrations),
    roles: keep(roles),
    activities: keep(activities),
    rulings: keep(rulings),
  };
}

/** The one partner that all of them are about; null when they are about several, or nobody. */
export function partnerOf({ registrations, roles, activities, rulings }: ContestedFacts): string | null {
  const partners = new Set(
    [...registrations, ...roles, ...activities, ...rulings].map(({ partnerId }) => partnerId),
  );
  return partners.size === 1 ? [...partners][0]! : null;
}
