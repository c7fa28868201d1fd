// Long: the rules of domain.md §4-§6 read once more, object by object, from top to bottom.
import type { Activity, Day, Facts, Registration, RoleRow, Ruling } from "@/lib/attribution/facts";
import { activityOn, registrationOn, rowOn } from "@/lib/attribution/known";
import { binds, isCredited, outcomeOfNobody, rank, rulesOf } from "@/lib/attribution/models";
import { type Policy, updatesOwedAbove } from "@/lib/attribution/policy";
import type { Missing, NextStep, PartnerResult, Result } from "@/lib/attribution/result";
import { stageOn } from "@/lib/attribution/stage";
import { GRADES, type Grade, type GrayCode, type Outcome, type TestName } from "@/lib/attribution/vocabulary";
import { addDays, dayNumber, daysBetween, firstOfMonth, monthIndex } from "@/lib/calendar";

/**
 * The classification as one would write it down first: a deal's facts as objects, filtered and mapped for each test.
 * What the heart is measured against, and held to: both must say the same of every document (plain.test.ts).
 */

/** What one partner has to show. */
interface Evidence {
  partnerId: string;
  registrations: Registration[];
  roles: RoleRow[];
  activities: Activity[];
  ruling: Ruling | undefined;
}

type Verdicts = { test: TestName; passed: boolean; facts: string[] }[];

interface Findings {
  verdicts: Verdicts;
  passed: (test: TestName) => boolean;
  touches: Touch[];
  shortfalls: { month: string; count: number }[];
  coSelling: number;
}

interface Touch {
  id: string;
  stage: number;
  day: Day;
  ordinary: boolean;
}

interface Supposing {
  dealIsSourced: boolean;
  updatesMet?: boolean;
  least?: Grade;
}

interface Gap {
  factId: string;
  lacks: "second_hand" | "confirmation" | "proof" | "approval";
}

type Fact = Registration | RoleRow | Activity;

const ids = (facts: { id: string }[]) => facts.map(({ id }) => id).sort();
const least = <T extends number | string>(values: T[]) => [...values].sort((a, b) => (a < b ? -1 : 1))[0];
const gradeOf = ({ source, secondHandOn }: Fact): Grade =>
  source !== null ? "witnessed" : secondHandOn !== null ? "countersigned" : "stated";
const reaches = (grade: Grade, than: Grade) => GRADES.indexOf(grade) >= GRADES.indexOf(than);
const happenedOn = (fact: Fact) =>
  "touchedOn" in fact ? fact.touchedOn : "submittedOn" in fact ? fact.submittedOn : fact.occurredOn;
const all = ({ registrations, roles, activities }: Evidence): Fact[] => [
  ...registrations,
  ...roles,
  ...activities,
];

/** What `classify` says, by the same policy of the same facts. */
export function classifyPlainly(policy: Policy, facts: Facts): Result {
  const evidence = evidenceOf(policy, facts);
  if (evidence.length === 0)
    return { outcome: outcomeOfNobody(policy.model), evidence: null, partners: [], gray: [] };
  const deal = new Deal(policy, facts);
  const dealIsSourced = evidence.some((one) => deal.ownOutcome(one, { dealIsSourced: false }) === "sourced");
  const judged = evidence.map((one) => deal.judge(one, dealIsSourced));
  const outcome = judged
    .map((one) => one.outcome)
    .reduce((best, one) => (rank(policy.model, one) < rank(policy.model, best) ? one : best));
  const grades = judged.filter((one) => one.outcome === outcome).flatMap(({ grade }) => grade ?? []);
  return {
    outcome,
    evidence: GRADES.filter((grade) => grades.includes(grade)).at(-1) ?? null,
    partners: judged.map((one) => deal.explain(one, judged)),
    gray: deal.gray(judged),
  };
}

function evidenceOf(policy: Policy, { asOf, registrations, roles, activities, rulings }: Facts): Evidence[] {
  const known = {
    registrations: registrations.flatMap((one) => registrationOn(one, asOf) ?? []),
    roles: roles.flatMap((one) => rowOn(one, asOf) ?? []),
    activities: activities.flatMap((one) => activityOn(one, asOf) ?? []),
    rulings: rulings.filter(({ decidedOn }) => decidedOn <= asOf),
  };
  const named = Object.values(known).flatMap((list) => list.map(({ partnerId }) => partnerId));
  return [...new Set(named)].sort().map((partnerId) => {
    const own = <F extends { partnerId: string }>(list: F[]) =>
      list.filter((one) => one.partnerId === partnerId);
    return {
      partnerId,
      registrations: own(known.registrations),
      roles: own(known.roles),
      activities: own(known.activities),
      ruling: own(known.rulings)
        .filter(({ model }) => model === policy.model)
        .sort((a, b) =>
          a.decidedOn < b.decidedOn || (a.decidedOn === b.decidedOn && a.id < b.id) ? 1 : -1,
        )[0],
    };
  });
}

interface Judged {
  evidence: Evidence;
  findings: Findings;
  outcome: Outcome;
  disputed: Outcome | null;
  missing: Missing[];
  grade: Grade | null;
}

class Deal {
  private readonly closedOn: Day | null;
  private readonly reference: Day;

  constructor(
    private readonly policy: Policy,
    private readonly facts: Facts,
  ) {
    this.closedOn = facts.deal.closedOn;
    this.reference = facts.deal.closedOn ?? facts.asOf;
  }

  judge(evidence: Evidence, dealIsSourced: boolean): Judged {
    const findings = this.find(evidence, { dealIsSourced });
    const earned = evidence.ruling?.outcome ?? this.decide(findings);
    const dispute = evidence.ruling ? null : this.dispute(evidence, findings, earned, dealIsSourced);
    const outcome = dispute && earned === "attached" ? "disputed" : earned;
    const { outcome: disputed = null, missing = [] } = dispute ?? {};
    return {
      evidence,
      findings,
      outcome,
      disputed,
      missing,
      grade: this.grade(evidence, outcome, dealIsSourced),
    };
  }

  ownOutcome(evidence: Evidence, supposing: Supposing): Outcome {
    return evidence.ruling?.outcome ?? this.decide(this.find(evidence, supposing));
  }

  private decide({ passed }: Findings): Outcome {
    const rule = rulesOf(this.policy.model).find(
      ({ needs, unless }) =>
        !unless?.(this.policy) &&
        needs.some((tests) => tests.every((test) => passed(test) || !binds(this.policy, test))),
    );
    return rule!.outcome;
  }

  private isLate(fact: Fact): boolean {
    return (
      this.closedOn !== null && fact.recordedOn > this.closedOn && this.facts.deal.recreatedFrom === null
    );
  }

  private isDelayed(fact: Fact): boolean {
    const days = daysBetween(happenedOn(fact), fact.recordedOn);
    return days > this.policy.recordWithin.days && this.facts.deal.recreatedFrom === null;
  }

  private isInTime(fact: Fact): boolean {
    return !this.isLate(fact) && !(this.policy.recordWithin.consequence === "refuse" && this.isDelayed(fact));
  }

  private isDocumented(activity: Activity): boolean {
    const { proof, stage, occurredOn } = activity;
    const days = this.policy.influenceWindowDays;
    return (
      proof !== null &&
      stage <= 5 &&
      this.isInTime(activity) &&
      (this.closedOn === null || occurredOn <= this.closedOn) &&
      (days === null || days > dayNumber(this.reference) || occurredOn >= addDays(this.reference, -days))
    );
  }

  private touches({ partnerId, registrations, roles, activities }: Evidence): Touch[] {
    const { policy, facts } = this;
    const excused =
      policy.lateRecording === "with_contemporaneous_evidence" &&
      activities.some((one) => one.proof !== null && this.isInTime(one));
    const partner = facts.partners.find(({ id }) => id === partnerId);
    const inProgram = (on: Day) =>
      partner?.programs.some(
        ({ name, from, to }) =>
          policy.programs.includes(name) && (from === null || from <= on) && (to === null || on <= to),
      ) ?? false;
    return [
      ...registrations
        .filter((one) => one.status === "approved" && this.isInTime(one))
        .map(({ id, submittedOn: day }) => ({ id, day, stage: stageOn(facts.stages, day), ordinary: true })),
      ...roles
        .filter(
          (row) =>
            (row.role === "sourcer" || row.role === "referral_source") && (excused || this.isInTime(row)),
        )
        .filter((row) => row.confirmedOn !== null || inProgram(row.touchedOn))
        .map((row) => ({
          ...{ id: row.id, day: row.touchedOn, stage: row.touchStage },
          ordinary: row.confirmedOn !== null,
        })),
    ];
  }

  private shortfalls(touchDay: Day, activities: Activity[]): { month: string; count: number }[] {
    const { deal } = this.facts;
    const first = monthIndex(touchDay > deal.createdOn ? touchDay : deal.createdOn) + 1;
    const months = Array.from(
      { length: Math.max(0, monthIndex(this.reference) - first) },
      (_, at) => first + at,
    );
    return months.flatMap((month) => {
      const updates = activities.filter((one) => this.isInTime(one) && monthIndex(one.occurredOn) === month);
      const count = this.policy.updates.perMonth - updates.length;
      return count > 0 ? [{ month: firstOfMonth(month).slice(0, 7), count }] : [];
    });
  }

  private find(shown: Evidence, { dealIsSourced, updatesMet = false, least: grade }: Supposing): Findings {
    const { policy, facts, closedOn } = this;
    const { deal } = facts;
    const counting = <F extends Fact>(list: F[]) =>
      list.filter((fact) => reaches(gradeOf(fact), grade ?? policy.evidence));
    const registrations = counting(shown.registrations);
    const roles = counting(shown.roles);
    const activities = counting(shown.activities);
    const touches = this.touches({ ...shown, registrations, roles, activities });
    const documented = activities.filter((one) => this.isDocumented(one));
    const verdicts: Verdicts = [];
    const passed = (test: TestName) => verdicts.some((one) => one.test === test && one.passed);
    const say = (test: TestName, holds: boolean, behind: string[]) =>
      verdicts.push({ test, passed: holds, facts: behind });

    const claims = shown.roles.filter(({ role }) => role === "sourcer" || role === "referral_source");
    say(
      "origin",
      touches.length > 0,
      ids(touches.length > 0 ? touches : [...shown.registrations, ...claims]),
    );
    const stage = least(touches.map((one) => one.stage));
    const day = least(touches.map((one) => one.day));
    say(
      "gate",
      stage !== undefined && stage <= policy.sourcedAtOrBefore,
      ids(touches.filter((one) => one.stage === stage)),
    );
    const isNew = day !== undefined && (deal.firstEngagedOn === null || deal.firstEngagedOn >= day);
    say("net_new", isNew, ids(touches.filter((one) => one.day === day)));
    say("sourced", passed("origin") && passed("gate") && passed("net_new"), ids(touches));

    const above = updatesOwedAbove(policy, deal.currency);
    const owed = passed("sourced") && above !== null && deal.amount > above && !updatesMet;
    const shortfalls = owed ? this.shortfalls(day as Day, activities) : [];
    say("updates", shortfalls.length === 0, owed ? ids(activities) : []);

    const enough = (test: TestName, minimum: number, counts: (activity: Activity) => boolean) => {
      const found = documented.filter(counts);
      const near = shown.activities.filter((one) => one.stage <= 5 && counts(one));
      say(test, found.length >= minimum, ids(found.length >= minimum ? found : near));
      return found.length;
    };
    enough(
      "motion",
      1,
      ({ stage: at, type }) => at < policy.influencedBefore && policy.motions.includes(type),
    );
    const coSelling = enough(
      "co_sell",
      policy.coSellMinimum,
      ({ stage: at, involvement }) =>
        at === 2 || at === 3 || (at >= 4 && at <= 5 && involvement === "direct"),
    );
    enough("any", 1, () => true);
    enough("late", 1, ({ stage: at }) => at >= policy.influencedBefore);

    const work = activities.filter((one) => one.stage === 6 && one.proof !== null);
    const byClose = roles.filter((row) => closedOn !== null && row.recordedOn <= closedOn);
    const may = closedOn !== null && policy.postSale === "influence" && !dealIsSourced;
    say("post_sale", may && work.length > 0 && byClose.length > 0, ids([...work, ...byClose]));
    say("accelerated", this.isAccelerated(), [deal.id]);
    const excused =
      policy.lateRecording === "with_contemporaneous_evidence" &&
      activities.some((one) => one.proof !== null && this.isInTime(one));
    const inTime = roles.filter((row) => excused || this.isInTime(row));
    say("in_time_role", inTime.length > 0, ids(inTime.length > 0 ? inTime : shown.roles));
    return { verdicts, passed, touches, shortfalls, coSelling };
  }

  private isAccelerated(): boolean {
    const { deal, cohort } = this.facts;
    if (deal.outcome !== "won" || deal.closedOn === null || cohort.medianCycleDays === null) return false;
    const days = daysBetween(deal.createdOn, deal.closedOn);
    return days >= 0 && days <= (1 - this.policy.accelerationMinimum) * cohort.medianCycleDays + 1e-9;
  }

  private gaps({ roles, activities, registrations }: Evidence): Gap[] {
    const lacking = (facts: Fact[], lacks: Gap["lacks"]): Gap[] =>
      ids(facts).map((factId) => ({ factId, lacks }));
    const stated = [...roles, ...activities, ...registrations].filter((fact) => gradeOf(fact) === "stated");
    return [
      ...(this.policy.evidence === "countersigned" ? lacking(stated, "second_hand") : []),
      ...lacking(
        roles.filter((row) => row.confirmedOn === null),
        "confirmation",
      ),
      ...lacking(
        activities.filter((one) => one.proof === null),
        "proof",
      ),
      ...lacking(
        registrations.filter((one) => one.status === "pending"),
        "approval",
      ),
    ];
  }

  private fill(evidence: Evidence, gaps: Gap[]): Evidence {
    const lacks = ({ id }: Fact, what: Gap["lacks"]) =>
      gaps.some((gap) => gap.factId === id && gap.lacks === what);
    const seconded = <F extends Fact>(fact: F): F =>
      lacks(fact, "second_hand") ? { ...fact, secondHandOn: fact.recordedOn } : fact;
    return {
      ...evidence,
      roles: evidence.roles
        .map(seconded)
        .map((row) => (lacks(row, "confirmation") ? { ...row, confirmedOn: row.recordedOn } : row)),
      activities: evidence.activities
        .map(seconded)
        .map((one) => (lacks(one, "proof") ? { ...one, proof: "note:filled" } : one)),
      registrations: evidence.registrations
        .map(seconded)
        .map((one) =>
          lacks(one, "approval") ? { ...one, status: "approved", decidedOn: one.recordedOn } : one,
        ),
    };
  }

  private dispute(evidence: Evidence, findings: Findings, outcome: Outcome, dealIsSourced: boolean) {
    const gaps = this.gaps(evidence);
    if (gaps.length === 0 && findings.shortfalls.length === 0) return null;
    const suppose = (filled: Gap[], updatesMet: boolean) =>
      this.find(this.fill(evidence, filled), { dealIsSourced, updatesMet });
    const better = this.decide(suppose(gaps, true));
    if (rank(this.policy.model, better) >= rank(this.policy.model, outcome)) return null;
    let needed = gaps;
    for (const gap of [...gaps].reverse()) {
      const without = needed.filter((other) => other !== gap);
      if (this.decide(suppose(without, true)) === better) needed = without;
    }
    const missing: Missing[] = [...needed];
    const filled = suppose(needed, false);
    if (this.decide(filled) !== better) {
      for (const short of filled.shortfalls)
        missing.push({ factId: this.facts.deal.id, lacks: "updates", ...short });
    }
    return { outcome: better, missing };
  }

  private grade(evidence: Evidence, outcome: Outcome, dealIsSourced: boolean): Grade | null {
    if (!isCredited(outcome)) return null;
    const highest = [...GRADES].reverse().find((grade) => {
      if (!reaches(grade, this.policy.evidence)) return false;
      if (!all(evidence).some((fact) => gradeOf(fact) === grade)) return false;
      const alone = this.decide(this.find(evidence, { dealIsSourced, least: grade }));
      return rank(this.policy.model, alone) <= rank(this.policy.model, outcome);
    });
    if (!evidence.ruling) return highest!;
    return highest === "witnessed" ? highest : "countersigned";
  }

  explain(
    { evidence, findings, outcome, disputed, missing, grade }: Judged,
    judged: Judged[],
  ): PartnerResult {
    const sharers = judged
      .filter((one) => one.outcome === outcome)
      .map((one) => ({
        id: one.evidence.partnerId,
        day: least(all(one.evidence).map(happenedOn)) ?? "9999-99",
      }))
      .sort((a, b) => (a.day < b.day || (a.day === b.day && a.id < b.id) ? -1 : 1));
    const { amount } = this.facts.deal;
    const share = Math.floor(amount / sharers.length);
    const place = sharers.findIndex(({ id }) => id === evidence.partnerId);
    const line = share + (place < amount - share * sharers.length ? 1 : 0);
    return {
      partnerId: evidence.partnerId,
      outcome,
      disputed,
      missing,
      credit: isCredited(outcome) ? { [outcome]: line } : {},
      evidence: grade,
      rule: evidence.ruling?.id ?? `${this.policy.model}.${outcome}`,
      tests: findings.verdicts,
      next: evidence.ruling ? null : this.next(outcome, findings),
    };
  }

  private next(outcome: Outcome, { passed, coSelling, shortfalls }: Findings): PartnerResult["next"] {
    const { policy } = this;
    const better = rulesOf(policy.model)
      .filter((rule) => rank(policy.model, rule.outcome) < rank(policy.model, outcome))
      .filter(({ needs, unless }) => needs.length > 0 && !unless?.(policy))
      .at(-1);
    if (!better) return null;
    const steps = (test: TestName): NextStep[] => {
      if (test === "sourced")
        return passed("origin") ? (["gate", "net_new"] as const).filter((part) => !passed(part)) : ["origin"];
      if (test === "updates")
        return shortfalls.map(({ month, count }) => `updates:${month}:${count}` as const);
      if (test === "co_sell") return [`co_sell:${policy.coSellMinimum - coSelling}`];
      return [test as NextStep];
    };
    const lacking = better.needs[0]!.filter((test) => !passed(test) && binds(policy, test));
    return { outcome: better.outcome, missing: lacking.flatMap(steps) };
  }

  gray(judged: Judged[]): GrayCode[] {
    const { deal, asOf, partners, stages } = this.facts;
    const facts = judged
      .flatMap(({ evidence }) => all(evidence))
      .filter((one) => !("occurredOn" in one) || one.stage <= 5);
    const onDeal = new Set(judged.map(({ evidence }) => evidence.partnerId));
    const credited = judged.some(({ outcome }) => isCredited(outcome));
    const found: Record<GrayCode, boolean> = {
      shared_origin: judged.filter(({ outcome }) => outcome === "sourced").length > 1,
      partner_of_partner: partners.some(({ id, parentId }) => onDeal.has(id) && onDeal.has(parentId ?? "")),
      marketplace: deal.route === "marketplace" && credited,
      late_record: facts.some((fact) => this.isLate(fact)),
      delayed_record: facts.some((fact) => !this.isLate(fact) && this.isDelayed(fact)),
      amended: deal.amendedOn !== null && deal.amendedOn <= asOf,
      stage_conflict: judged.some(({ evidence: { roles } }) =>
        roles.some((row) => row.touchStage !== stageOn(stages, row.touchedOn)),
      ),
      prior_engagement: judged.some(
        ({ findings: { passed } }) => passed("origin") && passed("gate") && !passed("net_new"),
      ),
      program_exception: judged.some(
        ({ findings: { touches } }) => touches.length > 0 && touches.every(({ ordinary }) => !ordinary),
      ),
      recreated: deal.recreatedFrom !== null && credited,
      unsettled: this.closedOn !== null && judged.some(({ disputed }) => disputed !== null),
    };
    return (Object.keys(found) as GrayCode[]).filter((code) => found[code]).sort();
  }
}
