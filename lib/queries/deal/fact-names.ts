import type { Facts } from "@/lib/attribution/facts";
import { activityLabel, type MenuEntry } from "@/lib/attribution/menu";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";

/** What people call each fact: what it is and its day. */
export function factNames(facts: Facts, menu: readonly MenuEntry[]): Record<string, string> {
  const named: [string, string][] = [
    ...facts.registrations.map(
      ({ id, submittedOn }) => [id, `Registration, ${dayInWords(submittedOn)}`] as [string, string],
    ),
    ...facts.roles.map(
      ({ id, role, touchedOn }) =>
        [id, `${ROLE_WORDS[role].label} row, ${dayInWords(touchedOn)}`] as [string, string],
    ),
    ...facts.activities.map(
      ({ id, type, occurredOn }) =>
        [id, `${activityLabel(type, menu)}, ${dayInWords(occurredOn)}`] as [string, string],
    ),
    ...facts.rulings.map(({ id, decidedOn }) => [id, `Ruling, ${dayInWords(decidedOn)}`] as [string, string]),
    [facts.deal.id, `The deal, created ${dayInWords(facts.deal.createdOn)}`],
  ];
  return Object.fromEntries(named);
}
