import type { Activity, Day, Facts, Registration, RoleRow, Witness } from "./facts";

/**
 * What of a fact is there on a day (domain.md §4): null when it was not recorded or had not happened by then; a
 * confirmation, decision or second hand that came later has not been given. The same object when nothing is later.
 */
export function registrationOn(registration: Registration, day: Day): Registration | null {
  const { submittedOn, recordedOn, decidedOn } = registration;
  if (submittedOn > day || recordedOn > day) return null;
  const known = withoutLaterHand(registration, day);
  return decidedOn === null || decidedOn <= day ? known : { ...known, status: "pending", decidedOn: null };
}

export function rowOn(row: RoleRow, day: Day): RoleRow | null {
  if (row.recordedOn > day) return null;
  const known = withoutLaterHand(row, day);
  return row.confirmedOn !== null && row.confirmedOn > day ? { ...known, confirmedOn: null } : known;
}

export function activityOn(activity: Activity, day: Day): Activity | null {
  if (activity.recordedOn > day || activity.occurredOn > day) return null;
  return withoutLaterHand(activity, day);
}

function withoutLaterHand<F extends Witness>(fact: F, day: Day): F {
  return fact.secondHandOn !== null && fact.secondHandOn > day ? { ...fact, secondHandOn: null } : fact;
}

/** The document without what is dated after its day: classification looks away from that, and so does whoever keeps it. */
export function factsOnDay(facts: Facts): Facts {
  const { asOf, deal } = facts;
  return {
    ...facts,
    deal: deal.amendedOn !== null && deal.amendedOn > asOf ? { ...deal, amendedOn: null } : deal,
    stages: facts.stages.filter(({ enteredOn }) => enteredOn <= asOf),
    registrations: facts.registrations.flatMap((registration) => registrationOn(registration, asOf) ?? []),
    roles: facts.roles.flatMap((row) => rowOn(row, asOf) ?? []),
    activities: facts.activities.flatMap((activity) => activityOn(activity, asOf) ?? []),
    rulings: facts.rulings.filter(({ decidedOn }) => decidedOn <= asOf),
  };
}

/** Every day in the document after its own: on the first of them the same facts say something else. */
export function laterDays({ asOf, deal, stages, registrations, roles, activities, rulings }: Facts): Day[] {
  return [
    deal.amendedOn,
    ...stages.map(({ enteredOn }) => enteredOn),
    ...registrations.flatMap((one) => [one.submittedOn, one.recordedOn, one.decidedOn, one.secondHandOn]),
    ...roles.flatMap((row) => [row.recordedOn, row.confirmedOn, row.secondHandOn]),
    ...activities.flatMap((one) => [one.recordedOn, one.occurredOn, one.secondHandOn]),
    ...rulings.map(({ decidedOn }) => decidedOn),
  ].filter((day) => day !== null && day > asOf) as Day[];
}
