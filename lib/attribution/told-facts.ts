import { dayInWords } from "../text/days";
import { activityLabel } from "./menu";
import type { Role } from "./vocabulary";
import { ROLE_WORDS } from "./words";

/** What a partner is told of a deal (domain.md §9 statement): its roles and what it did. */
export interface ToldFacts {
  roles: readonly { role: Role; touchedOn: string; confirmedOn: string | null }[];
  activities: readonly { type: string; on: string; proven: boolean }[];
}

/** A partner's roles and acts on a deal, in one line, in the order of their days. */
export function toldFacts({ roles, activities }: ToldFacts): string {
  const told = [
    ...roles.map(({ role, touchedOn: on, confirmedOn }) => ({
      on,
      says: `${ROLE_WORDS[role].label} ${dayInWords(on)}${confirmedOn ? "" : " (not confirmed yet)"}`,
    })),
    ...activities.map(({ type, on, proven }) => ({
      on,
      says: `${activityLabel(type)} ${dayInWords(on)}${proven ? "" : " (no proof)"}`,
    })),
  ].sort((one, other) => one.on.localeCompare(other.on));
  return told.map(({ says }) => says).join(" · ") || "No role and no activity recorded.";
}
