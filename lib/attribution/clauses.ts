import { formatMajor } from "../money";
import { dayInWords } from "../text/days";
import { setPercent, thousands } from "../text/numbers";
import { plural } from "../text/words";
import { AMOUNT_BOUNDS } from "./cohort";
import { activityLabel, menuOf } from "./menu";
import { outcomeOfNobody, rulesOf } from "./models";
import type { Policy, UpdateThreshold } from "./policy";
import type { Grade, GrayCode, TestName } from "./vocabulary";
import { OUTCOME_WORDS, programLabel } from "./words";

/** The sections of the memo, in order (domain.md §3); the signatories follow them. */
export const MEMO_SECTIONS = ["buckets", "role-table", "stage-rules", "activities", "edge-cases"] as const;
export type MemoSection = (typeof MEMO_SECTIONS)[number];

/** The clauses of the memo, in order. The names are stable: exceptions and verdicts cite them. */
export const CLAUSES = [
  "buckets.model",
  "buckets.sourced",
  "buckets.net-new",
  "buckets.influenced",
  "buckets.co-sell",
  "buckets.documented",
  "buckets.evidence",
  "buckets.late-help",
  "buckets.accelerated",
  "buckets.cost",
  "role-table.rows",
  "role-table.split",
  "stage-rules.sourced-gate",
  "stage-rules.influence-gate",
  "stage-rules.updates",
  "activities.menu",
  "edge-cases.late-tagging",
  "edge-cases.delay",
  "edge-cases.amended",
  "edge-cases.reach-back",
  "edge-cases.dispute",
  "edge-cases.programs",
  "edge-cases.post-sale",
  "edge-cases.recreated",
  "edge-cases.shared-origin",
  "edge-cases.partner-of-partner",
  "edge-cases.marketplace",
] as const;
export type Clause = (typeof CLAUSES)[number];

const CLAUSE_OF_TEST: Readonly<Record<TestName, Clause>> = {
  origin: "buckets.sourced",
  gate: "stage-rules.sourced-gate",
  net_new: "buckets.net-new",
  sourced: "buckets.sourced",
  updates: "stage-rules.updates",
  motion: "buckets.influenced",
  co_sell: "buckets.co-sell",
  any: "buckets.documented",
  late: "buckets.late-help",
  post_sale: "edge-cases.post-sale",
  accelerated: "buckets.accelerated",
  in_time_role: "role-table.rows",
};

const CLAUSE_OF_GRAY: Readonly<Record<GrayCode, Clause>> = {
  shared_origin: "edge-cases.shared-origin",
  partner_of_partner: "edge-cases.partner-of-partner",
  marketplace: "edge-cases.marketplace",
  late_record: "edge-cases.late-tagging",
  delayed_record: "edge-cases.delay",
  amended: "edge-cases.amended",
  stage_conflict: "role-table.rows",
  prior_engagement: "buckets.net-new",
  program_exception: "edge-cases.programs",
  recreated: "edge-cases.recreated",
  unsettled: "edge-cases.dispute",
};

/** The clause of the memo that a test carries out. */
export function clauseOfTest(test: TestName): Clause {
  return CLAUSE_OF_TEST[test];
}

/** The clause of the memo that a gray area touches. */
export function clauseOfGray(code: GrayCode): Clause {
  return CLAUSE_OF_GRAY[code];
}

/** The section that a clause stands in. */
export function sectionOf(clause: Clause): MemoSection {
  return clause.slice(0, clause.indexOf(".")) as MemoSection;
}

/** What people call a clause. */
export function clauseName(clause: Clause): string {
  return NAMES[clause];
}

/** Whether the clause has anything to say under the policy's model; the memo leaves out the others. */
export function clauseApplies(clause: Clause, { model, postSale }: Policy): boolean {
  switch (clause) {
    case "buckets.co-sell":
      return model === "triple_tier";
    case "buckets.accelerated":
      return model === "roi_buckets";
    case "buckets.late-help":
    case "stage-rules.influence-gate":
      return model === "two_bucket" || model === "lanes";
    case "edge-cases.post-sale":
      return model === "triple_tier" || postSale === "ignore";
    default:
      return true;
  }
}

const NAMES: Readonly<Record<Clause, string>> = {
  "buckets.model": "One outcome a deal",
  "buckets.sourced": "Sourced",
  "buckets.net-new": "Net new",
  "buckets.influenced": "Influenced",
  "buckets.co-sell": "Co-sell",
  "buckets.documented": "Documented",
  "buckets.evidence": "Evidence",
  "buckets.late-help": "Late help",
  "buckets.accelerated": "Accelerated",
  "buckets.cost": "Cost per partner dollar",
  "role-table.rows": "Rows",
  "role-table.split": "Split",
  "stage-rules.sourced-gate": "Gate for sourced",
  "stage-rules.influence-gate": "Gate for influence",
  "stage-rules.updates": "Update duty",
  "activities.menu": "Activities",
  "edge-cases.late-tagging": "Late tagging",
  "edge-cases.delay": "Delayed records",
  "edge-cases.amended": "Amended deals",
  "edge-cases.reach-back": "Reach back",
  "edge-cases.dispute": "Disputes",
  "edge-cases.programs": "Programs",
  "edge-cases.post-sale": "After the sale",
  "edge-cases.recreated": "Re-created deals",
  "edge-cases.shared-origin": "Shared origin",
  "edge-cases.partner-of-partner": "Partner of a partner",
  "edge-cases.marketplace": "Marketplace",
};

/** The clause in words, rendered from the policy and nothing else (domain.md §3, §4, §5). */
export function clauseText(clause: Clause, policy: Policy): string {
  return TEXT[clause](policy);
}

const list = (words: readonly string[]) => (words.length === 0 ? "none" : words.join(", "));

/** Every outcome that a partner can have under the policy, best first, the disputed one as well. */
function outcomesIn(policy: Policy): string[] {
  return rulesOf(policy.model)
    .filter(({ unless }) => !unless?.(policy))
    .map(({ outcome }) => OUTCOME_WORDS[outcome].label.toLowerCase());
}

/** Above what a sourced deal owes updates, in words; null where no deal does. */
function threshold(above: UpdateThreshold): string | null {
  if (typeof above === "number") return anyCurrency(above);
  const amounts = Object.keys(above)
    .sort()
    .map((currency) => `${currency} ${thousands(formatMajor(above[currency] as number, currency))}`);
  return amounts.length === 0 ? null : or(amounts);
}

const or = (words: readonly string[]) =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** Minor units as a memo that names no currency can say them: as an amount with cents, and as one without. */
function anyCurrency(minorUnits: number): string {
  const cents = String(minorUnits % 100).padStart(2, "0");
  const major = thousands(Math.floor(minorUnits / 100));
  return `${major}.${cents} of its currency (${thousands(minorUnits)} where that has no cents)`;
}

const EVIDENCE_TEXT: Readonly<Record<Grade, string>> = {
  stated: "What one person states counts; each amount says how much of it stands on more than that.",
  countersigned: "Only what two people stand behind, or another system recorded at the time, counts.",
  witnessed: "Only what another system recorded at the time counts.",
};

const TEXT: Readonly<Record<Clause, (policy: Policy) => string>> = {
  "buckets.model": (policy) => {
    const nobody = outcomeOfNobody(policy.model);
    const apart =
      nobody === "none" ? "" : `; with no partner on it, ${OUTCOME_WORDS[nobody].label.toLowerCase()}`;
    return `Each deal counts once, in the best of its partners' outcomes: ${list(outcomesIn(policy))}${apart}.`;
  },
  "buckets.sourced": () =>
    "A deal is sourced by a partner with an approved registration, or with a sourcer or referral source row that the deal's AE confirmed, when the stage gate and net new hold.",
  "buckets.net-new": () =>
    "Net new: our own team had not engaged the account before the day the partner first touched the deal.",
  "buckets.influenced": ({ model, motions, influencedBefore, menu }) => {
    if (model === "roi_buckets")
      return "Influence is a documented activity of a partner with a role row in time.";
    if (model === "triple_tier")
      return "Influence is any documented activity that is not enough for more; it is tracked, never paid on.";
    const labels = motions.map((motion) => activityLabel(motion, menuOf({ menu })));
    return `Influence is a documented named motion before stage ${influencedBefore}: ${list(labels)}.`;
  },
  "buckets.co-sell": ({ coSellMinimum }) =>
    `Co-sell is ${coSellMinimum} or more documented activities at stages 2 and 3, or at stages 4 and 5 with direct involvement.`,
  "buckets.documented": ({ influenceWindowDays }) =>
    `An activity is documented when it has proof, was recorded in time, happened by the close and at stages 0 to 5${
      influenceWindowDays === null
        ? "."
        : `, no more than ${influenceWindowDays} days before the close, or before today while the deal is open.`
    }`,
  "buckets.evidence": ({ evidence }) => EVIDENCE_TEXT[evidence],
  "buckets.late-help": ({ influencedBefore, assisted, model }) =>
    `Documented help from stage ${influencedBefore} on ${
      model === "lanes"
        ? "is an assisted close."
        : model === "two_bucket" && assisted
          ? "is assisted."
          : "is no bucket of its own."
    }`,
  "buckets.accelerated": ({ accelerationMinimum }) =>
    `Accelerated needs a role row in time and a documented activity, on a deal won at least ${setPercent(accelerationMinimum)} faster than the median of comparable deals: at least five, won with no partner on them in the 365 days up to its close, of its type, currency and amount band (bounds ${list(AMOUNT_BOUNDS.map((bound) => thousands(bound)))}).`,
  "buckets.cost": ({ costDenominator }) =>
    `Program cost is divided by the won amount that is ${
      costDenominator === "sourced" ? "sourced" : "sourced or influenced"
    }; the other is shown beside it.`,
  "role-table.rows": () =>
    "The role table names each partner's role, the stage and the day it touched the deal. Only the deal's AE confirms a row, and it counts when recorded by the close.",
  "role-table.split": () =>
    "Partners with the same outcome share the deal's amount equally; different outcomes each carry the whole amount on lines of their own and are never added together.",
  "stage-rules.sourced-gate": ({ sourcedAtOrBefore }) =>
    `Sourced needs a touch at stage ${sourcedAtOrBefore} or earlier.`,
  "stage-rules.influence-gate": ({ influencedBefore }) => `Influence ends before stage ${influencedBefore}.`,
  "stage-rules.updates": ({ updates }) => {
    const above = threshold(updates.above);
    if (above === null) return "No deal owes updates, whatever its size.";
    const consequence = updates.consequence === "flag" ? "is noted" : "withholds sourced until it is settled";
    const others = typeof updates.above === "number" ? "" : " A deal in another currency owes none.";
    return `A sourced deal above ${above} owes ${updates.perMonth} activities in each whole month; a month that falls short ${consequence}.${others}`;
  },
  "activities.menu": (policy) =>
    `Partners log ${menuOf(policy).length} types of activity, each with the definition given here.`,
  "edge-cases.late-tagging": ({ lateRecording }) =>
    lateRecording === "refuse"
      ? "What is recorded after the close earns nothing and goes to the exceptions log as a learning."
      : "A role row recorded after the close counts only with an activity that was proven and recorded by the close; it goes to the exceptions log.",
  "edge-cases.delay": ({ recordWithin: { days, consequence } }) =>
    `What is written down more than ${days} ${plural(days, "day")} after it happened ${
      consequence === "flag" ? "still counts" : "earns nothing"
    }, and the exceptions log hears of it.`,
  "edge-cases.amended": () =>
    "A deal whose amount, currency, type, route, close or first engagement changes after its close goes to the exceptions log.",
  "edge-cases.reach-back": ({ reachesBackTo }) =>
    reachesBackTo === null
      ? "It judges no deal that closed before its first day."
      : `This first agreement also judges deals closed from ${dayInWords(reachesBackTo)} on, and none that closed before.`,
  "edge-cases.dispute": ({ model }) =>
    `A gap in a partner's own evidence that would raise its outcome is a dispute: no credit until the gap is filled or a ruling decides.${
      model === "lanes" ? " A partner that holds nothing better than attached stands as disputed." : ""
    }`,
  "edge-cases.programs": ({ programs, programDefinitions }) => {
    if (programs.length === 0)
      return "No program takes the place of a registration or the AE's confirmation.";
    const labels = programs.map((program) => programLabel(program, programDefinitions));
    return `Partners in these programs need neither registration nor the AE's confirmation: ${list(labels)}.`;
  },
  "edge-cases.post-sale": ({ postSale }) =>
    postSale === "ignore"
      ? "Work after the sale earns nothing."
      : "Proven work after the sale is influence, for a partner tagged before the close, on a deal that no partner sourced.",
  "edge-cases.recreated": () => "A deal that formally replaces another in the CRM keeps its tags.",
  "edge-cases.shared-origin": () =>
    "Two partners that both sourced a deal share it, and the exceptions log hears of it.",
  "edge-cases.partner-of-partner": () =>
    "A partner and its parent on one deal are judged each on its own evidence, and the exceptions log hears of it.",
  "edge-cases.marketplace": () =>
    "A marketplace is a route, not an origin: credit on such a deal goes to the exceptions log.",
};
