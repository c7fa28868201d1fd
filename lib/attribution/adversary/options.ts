import { addDays } from "../../calendar";
import type { Day, Facts, PartnerFacts } from "../facts";
import { reaches } from "../grade";
import type { Policy } from "../policy";
import { stageOn } from "../stage";
import {
  type Involvement,
  ORIGIN_ROLES,
  ROLES,
  type Role,
  STAGES,
  type Stage,
  type TestName,
} from "../vocabulary";
import type { Powers } from "./hands";
import type { Write } from "./writes";

/** A deal, the partner that would gain, and the hand that writes. */
export interface Attempt {
  policy: Policy;
  facts: Facts;
  partner: PartnerFacts;
  powers: Powers;
}

/** What a hand might write so that a test passes: each a few writes together. Nothing at all is always one of them. */
export function optionsFor(test: TestName, attempt: Attempt): Write[][] {
  if (!mayWrite(attempt)) return [[]];
  return [[], ...wanted(test, attempt)];
}

function mayWrite({ facts: { deal }, powers }: Attempt): boolean {
  return deal.closedOn === null || powers.afterClose;
}

/** Where the memo asks for more hands than one, what one hand states counts in no test (§4): it need not be tried. */
function counts({ policy, powers }: Attempt): boolean {
  return reaches(powers.countersignsItself ? "countersigned" : "stated", policy.evidence);
}

function wanted(test: TestName, attempt: Attempt): Write[][] {
  const { policy, facts } = attempt;
  const upTo = (last: number) => STAGES.filter((stage) => stage <= last);
  switch (test) {
    case "sourced":
      return originOptions(attempt);
    case "motion":
      return some(1, attempt, policy.motions.slice(0, 1), upTo(policy.influencedBefore - 1));
    case "co_sell":
      return some(policy.coSellMinimum, attempt, policy.motions.slice(0, 1), [2, 3, 4, 5], "direct");
    case "any":
      return some(1, attempt, policy.motions.slice(0, 1), upTo(5));
    case "late":
      return some(
        1,
        attempt,
        policy.motions.slice(0, 1),
        upTo(5).filter((one) => one >= policy.influencedBefore),
      );
    case "post_sale": {
      const work = some(1, attempt, policy.motions.slice(0, 1), [6]);
      const rows = rowOptions(attempt, ["influencer"]).map((row) => [row]);
      const both = work.flatMap((done) => rows.map((row) => [...done, ...row]));
      return facts.deal.closedOn === null ? [] : [...work, ...rows, ...both];
    }
    case "in_time_role":
      return rowOptions(attempt, ROLES).map((row) => [row]); // what excuses a late one, `any` asks for besides (§5)
    default:
      return [];
  }
}

/** Rows that claim the origin, with a program where only that lets them count, or a registration. */
function originOptions(attempt: Attempt): Write[][] {
  const { policy, facts, powers } = attempt;
  const rows = rowOptions(attempt, ORIGIN_ROLES);
  const options: Write[][] = rows.map((row) => [row]);
  if (mayFree(attempt)) options.push(...rows.map((row): Write[] => [{ kind: "engagement" }, row]));
  if (powers.program && policy.programs.length > 0) {
    const program: Write = { kind: "program", program: policy.programs[0]!, from: facts.asOf };
    // Beside a row that two hands or a system made, a grant is not one hand's.
    if (counts(attempt)) options.push([program]);
    options.push(
      ...rows.flatMap((row) => (row.kind === "row" && row.touchedOn === facts.asOf ? [[program, row]] : [])),
    );
  }
  if (powers.registration && counts(attempt))
    for (const submittedOn of touchDays(attempt))
      options.push([{ kind: "registration", submittedOn, recordedOn: recordDay(attempt, submittedOn) }]);
  // What excuses a late row, or one that stands there already.
  if (policy.lateRecording === "refuse") return options;
  const excuses = some(1, attempt, policy.motions.slice(0, 1), [0]);
  return [...options, ...excuses, ...rows.flatMap((row) => excuses.map((excuse) => [row, ...excuse]))];
}

/** Once a partner is on a deal, one hand says our first engagement earlier, and never later or not at all (§9). */
function mayFree({ facts: { deal, roles, registrations, activities }, powers }: Attempt): boolean {
  const isOpen = deal.closedOn === null && deal.firstEngagedOn !== null;
  return powers.engagement && isOpen && roles.length + registrations.length + activities.length === 0;
}

/** A row on each day that could matter, at its stage of the day and, of an origin, at the last stage before the gate. */
function rowOptions(attempt: Attempt, roles: readonly Role[]): Write[] {
  const { policy, facts, partner, powers } = attempt;
  if (powers.row === null || !counts(attempt)) return [];
  const own = facts.roles.filter(({ partnerId }) => partnerId === partner.id);
  const free = roles.find((role) => !own.some((row) => row.role === role));
  const rewrites = free === undefined ? (own.find((row) => roles.includes(row.role)) ?? null) : null;
  if (rewrites !== null && (!powers.rewrites || facts.deal.closedOn !== null)) return [];
  const confirmed = powers.row === "confirmed";
  const claimsOrigin = roles === ORIGIN_ROLES;
  return (claimsOrigin ? touchDays(attempt) : anyDays(attempt)).flatMap((touchedOn) => {
    if (rewrites !== null && touchedOn > rewrites.recordedOn) return [];
    const stages = new Set<number>([stageOn(facts.stages, touchedOn)]);
    if (claimsOrigin) stages.add(policy.sourcedAtOrBefore);
    return [...stages].map(
      (touchStage): Write => ({
        kind: "row",
        role: free ?? rewrites!.role,
        touchStage: touchStage as Stage,
        touchedOn,
        recordedOn: recordDay(attempt, touchedOn),
        confirmed,
        rewrites: rewrites?.id ?? null,
      }),
    );
  });
}

/** So many activities with proof, at the first of the stages that can be told, and a proof for those that lack one. */
function some(
  count: number,
  attempt: Attempt,
  types: readonly string[],
  stages: readonly Stage[],
  involvement: Involvement = "direct",
): Write[][] {
  const { facts, partner, powers } = attempt;
  if (!counts(attempt)) return [];
  const [type] = types;
  const unproven = facts.activities.filter(
    (one) =>
      one.partnerId === partner.id && one.proof === null && one.source === null && one.secondHandOn === null,
  );
  const proofs: Write[] = powers.proof ? unproven.map(({ id }) => ({ kind: "proof", activityId: id })) : [];
  const logged: Write[] =
    powers.activity === null || type === undefined
      ? []
      : activityDays(attempt, stages).map(({ occurredOn, stage }) => ({
          ...{ kind: "activity", type, stage, occurredOn },
          ...{ recordedOn: recordDay(attempt, occurredOn), involvement },
        }));
  return [...fewOf(proofs, count), ...logged.flatMap((one) => mixed(one, proofs, count))];
}

/** Up to `count` of them, in their order: one, then two, and so on, beginning anywhere. */
function fewOf(writes: readonly Write[], count: number): Write[][] {
  return writes.flatMap((_, from) =>
    Array.from({ length: Math.min(count, writes.length - from) }, (_, more) =>
      writes.slice(from, from + more + 1),
    ),
  );
}

/** An activity one to `count` times over, with as many proofs as are missing to `count`, or none. */
function mixed(one: Write, proofs: readonly Write[], count: number): Write[][] {
  return Array.from({ length: count }, (_, at) => at + 1).flatMap((times) => {
    const logged = Array<Write>(times).fill(one);
    const rest = proofs.slice(0, count - times);
    return rest.length === 0 ? [logged] : [logged, [...logged, ...rest]];
  });
}

/** The days on which something can be said to have happened at one of the stages, the latest first. */
function activityDays(attempt: Attempt, stages: readonly Stage[]): { occurredOn: Day; stage: Stage }[] {
  const { facts, powers } = attempt;
  const days = anyDays(attempt);
  const [first] = stages;
  if (first === undefined) return [];
  return days.flatMap((occurredOn) => {
    const stage = stageOn(facts.stages, occurredOn);
    if (stages.includes(stage)) return [{ occurredOn, stage }];
    return powers.activity === "typed" ? [{ occurredOn, stage: first }] : [];
  });
}

/** The day of record of what is said to have happened on a day: today, or for a file the same day. */
export function recordDay({ facts: { asOf }, powers }: Attempt, happenedOn: Day): Day {
  return powers.recordedOn === "written" ? asOf : happenedOn;
}

/** Today and the close; where a stage follows from the day, the ends of each stage besides. The latest first. */
function anyDays({ facts, powers }: Attempt): Day[] {
  const { asOf, deal, stages } = facts;
  const days = [asOf, ...(deal.closedOn === null ? [] : [deal.closedOn])];
  if (powers.activity === "of_the_day") for (const { enteredOn } of stages) days.push(addDays(enteredOn, -1));
  return latestFirst(days, asOf);
}

/**
 * The last days on which an origin could still be claimed: today, the close, our own team's first engagement, the last
 * of each stretch before the gate, the last in a program. An earlier day in between earns the same and costs more.
 */
function touchDays({ policy, facts, partner }: Attempt): Day[] {
  const { asOf, deal, stages } = facts;
  const days = [asOf, ...[deal.closedOn, deal.firstEngagedOn].filter((day) => day !== null)];
  for (const { enteredOn, stage } of stages) {
    const before = addDays(enteredOn, -1);
    if (stage > policy.sourcedAtOrBefore && stageOn(facts.stages, before) <= policy.sourcedAtOrBefore)
      days.push(before);
  }
  for (const { to } of partner.programs) if (to !== null) days.push(to);
  return latestFirst(days, asOf);
}

function latestFirst(days: readonly Day[], asOf: Day): Day[] {
  return [...new Set(days)]
    .filter((day) => day <= asOf)
    .sort()
    .reverse();
}
