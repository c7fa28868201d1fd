import type { Outputs } from "@/lib/api/client";
import type { UserRole } from "@/lib/auth/roles";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";
import { count, list } from "@/lib/text/words";

/** One step on the way to a first number, with what there is of it already. */
export interface Step {
  title: string;
  /** Why it comes before the others, or what stands. */
  said: string;
  done: boolean;
  href: string;
  /** What the button says while it is open. */
  act: string;
}

type Found = Outputs["firstSteps"];

/** The company's days, in words. */
interface Calendar {
  timeZone: string;
  /** As "the fiscal year begins in February". */
  year: string;
}

const MEMO = {
  none: "Which partner motion counts for how much. Until three executives sign one, the standard draft judges, and says so.",
  draft: "A draft is begun. Try it on past quarters, then propose it.",
  signed: "Signed by all three: it judges from its first day on.",
} as const;

/** The steps in the order in which they need each other; each is ticked by what is in the house, not by hand. */
export function stepsOf(found: Found, { timeZone, year }: Calendar): readonly Step[] {
  const { calendarSaid, people, stages, memo, partners, deals } = found;
  return [
    {
      title: "Time zone and fiscal year",
      said: calendarSaid
        ? `Days are counted in ${timeZone}; ${year}.`
        : `Every day and quarter is counted by them. ${timeZone} is only what this server has.`,
      done: calendarSaid,
      href: "/settings/company",
      act: "Say which",
    },
    {
      title: "People",
      said:
        people.missing.length === 0
          ? `${count(people.count, "person", "people")}: somebody tags, somebody logs, and all three signers are here.`
          : `Still nobody as ${rolesSaid(people.missing)}. Each gets a link to set a password.`,
      done: people.missing.length === 0,
      href: "/settings/people",
      act: "Add people",
    },
    {
      title: "Stages",
      said: stages
        ? "Your CRM’s stages are read as ours, 0 to 6."
        : "What counts depends on the stage when a partner came in: an import says which of yours is which of ours.",
      done: stages,
      href: "/import",
      act: "Map stages",
    },
    {
      title: "The memo",
      said: memo.state === "proposed" ? `Proposed: ${memo.signatures} of 3 have signed.` : MEMO[memo.state],
      done: memo.state === "signed",
      href: "/policy",
      act: memo.state === "none" ? "Draft it" : memo.state === "draft" ? "Propose it" : "See who is next",
    },
    {
      title: "Partners",
      said: partners
        ? "The first partners are here."
        : "Who can be named on a deal, with their kind and programs.",
      done: partners,
      href: "/partners",
      act: "Add partners",
    },
    {
      title: "First deals",
      said: deals
        ? "Deals are here, and every one is judged."
        : "From a file of your CRM: columns are matched, every row is checked, nothing is stored before you say so.",
      done: deals,
      href: "/import",
      act: "Import deals",
    },
  ];
}

const rolesSaid = (roles: readonly UserRole[]) =>
  list(
    roles.map((role) => USER_ROLE_NAMES[role]),
    "or",
  );
