import { driftInWords } from "../attribution/drifted-words";
import type { Missing } from "../attribution/result";
import { missingPhrase } from "../attribution/sentence";
import type { Outcome, Role } from "../attribution/vocabulary";
import { OUTCOME_WORDS, ROLE_WORDS } from "../attribution/words";
import { daysBetween } from "../calendar";
import { dayInWords } from "../text/days";
import { capital, count, list } from "../text/words";

/** What an item of the inbox says of itself, as far as its words and its page need it. */
interface ToldItem {
  subjectId: string;
  deal: { id: string; stage: number; expectedCloseOn: string | null; currency: string } | null;
  account: string | null;
  partner: { id: string; name: string } | null;
  since: string;
}

interface Settles {
  name: string;
  lacks: Missing["lacks"];
  updates: { count: number; month: string } | null;
}

export type ItemInWords = ToldItem &
  (
    | { kind: "registration_waits"; submittedOn: string; recordedBy: string | null; would: Outcome | null }
    | { kind: "row_waits"; role: Role; recordedBy: string | null; would: Outcome | null }
    | { kind: "role_asked"; moment: "registration" | "motion"; name: string | null; on: string; role: Role }
    | { kind: "introduction_waits"; name: string; occurredOn: string }
    | { kind: "loop_open"; name: string; occurredOn: string; answeredOn: string }
    | { kind: "closing_undecided"; partners: readonly { name: string }[] }
    | { kind: "updates_short"; done: number; owed: number }
    | { kind: "step_overdue"; what: string }
    | { kind: "disputed"; would: Outcome; settles: readonly Settles[] }
    | { kind: "second_hand"; recordedBy: string | null; name: string }
    | {
        kind: "drifted";
        source: string;
        of: "deals" | "roles";
        fields: readonly { field: string; here?: unknown; there?: unknown }[];
      }
    | {
        kind: "case_assigned";
        label: string;
        quarter: string;
        exceptionId: string;
        as: "owner" | "deferred" | "deputy";
      }
    | { kind: "cases_to_decide"; cases: number; kinds: number; quarter: string; side: string }
    | { kind: "play_decides"; startedOn: string; steps: number; done: number; activities: number }
    | { kind: "silent"; lastOn: string | null; windowDays: number }
  );

/** Where an item opens: its deal, its cases, or the registration's own page. */
export function addressOf(item: ItemInWords): string {
  switch (item.kind) {
    case "case_assigned":
      return `/exceptions?quarter=${item.quarter}&open=${encodeURIComponent(item.exceptionId)}`;
    case "cases_to_decide":
      return `/exceptions?quarter=${item.quarter}&state=open&awaits=${item.side}`;
    case "play_decides":
      return `/partners/${encodeURIComponent(item.partner?.id ?? "")}#selling-play`;
    default:
      return item.deal
        ? `/deals/${encodeURIComponent(item.deal.id)}`
        : `/registrations?open=${encodeURIComponent(item.subjectId)}`;
  }
}

const outcome = (code: keyof typeof OUTCOME_WORDS) => OUTCOME_WORDS[code].label.toLowerCase();

/** What it is about, in a toast: the customer, or the cases. */
export function titleOf(item: ItemInWords): string {
  if (item.kind === "cases_to_decide") return `The log of ${item.quarter}`;
  return item.account ?? item.deal?.id ?? item.partner?.name ?? "";
}

/** Why it is there, in sentences; what clears it stands over its kind. */
export function whyOf(item: ItemInWords, today: string): string {
  const partner = item.partner?.name ?? "The partner";
  switch (item.kind) {
    case "registration_waits": {
      const would = item.would ? ` Approved, it would be ${outcome(item.would)}.` : "";
      return `Registered on ${dayInWords(item.submittedOn)}, ${by(item.recordedBy, "recorded by", "brought by a file")}.${would}`;
    }
    case "row_waits": {
      const role = ROLE_WORDS[item.role].label.toLowerCase();
      const would = item.would ? ` It would be ${outcome(item.would)}.` : "";
      return `${item.recordedBy ?? "A file"} proposed ${partner} as ${role} on ${dayInWords(item.since)}.${would}${closes(item)}`;
    }
    case "role_asked": {
      const did =
        item.moment === "registration"
          ? `${partner}'s registration of ${dayInWords(item.on)} is approved`
          : `${item.name} by ${partner} on ${dayInWords(item.on)}`;
      return `${did}, and no row says in which role: ${ROLE_WORDS[item.role].label.toLowerCase()}?`;
    }
    case "introduction_waits":
      return `${item.name} by ${partner} on ${dayInWords(item.occurredOn)}, and no response from us yet.`;
    case "loop_open":
      return `We responded to its ${item.name.toLowerCase()} of ${dayInWords(item.occurredOn)} on ${dayInWords(item.answeredOn)}; nobody told ${partner} what came of it.`;
    case "closing_undecided": {
      const names = item.partners.map(({ name }) => name);
      const unsaid = names.length > 0 ? `which role ${list(names)} has` : "whether a partner is involved";
      return `${when(item, today)}, and nobody said ${unsaid}.`;
    }
    case "updates_short":
      return `${item.done} of ${count(item.owed, "update")} this month.`;
    case "step_overdue":
      return `“${item.what}” was to be done ${count(daysBetween(item.since, today), "day")} ago.`;
    case "disputed":
      return `It would be ${outcome(item.would)} with ${gaps(item)}.`;
    case "second_hand":
      return `${item.recordedBy ?? "A file"} alone says it: ${item.name}. Vouched for, the credit is countersigned.`;
    case "drifted":
      return driftSentence(item);
    case "case_assigned":
      return `${capital(item.label)}, in the log of ${item.quarter}: ${AS[item.as]}.`;
    case "cases_to_decide":
      return `${count(item.cases, "case lacks", "cases lack")} the decision of ${item.side}${item.kinds > 1 ? `, of ${count(item.kinds, "kind")}` : ""}.`;
    case "play_decides":
      return `${partner}'s play began on ${dayInWords(item.startedOn)}: ${item.done} of ${count(item.steps, "step")} done, ${count(item.activities, "activity", "activities")} of its own since. Go on, park it, or end it.`;
    default:
      return item.lastOn
        ? `Nothing done on it since ${dayInWords(item.lastOn)}; the window is ${count(item.windowDays, "day")}.`
        : `It is on the deal and did nothing there within ${count(item.windowDays, "day")}.`;
  }
}

function driftSentence({ source, of, fields, deal }: Extract<ItemInWords, { kind: "drifted" }>): string {
  const said = driftInWords(fields, deal?.currency ?? "").map(
    ({ label, here, there }) => `${label.toLowerCase()} ${here} here, ${there} there`,
  );
  return `${source} says otherwise of ${of === "deals" ? "it" : "the role row"} since: ${said.join("; ")}.`;
}

const AS = {
  owner: "given to you by name",
  deferred: "deferred to you until a day that has come",
  deputy: "you decide it in a side's place",
} as const;

const by = (name: string | null, who: string, file: string) => (name ? `${who} ${name}` : file);

/** What a dispute lacks, each by what it is and its day. */
function gaps({ settles }: Extract<ItemInWords, { kind: "disputed" }>): string {
  return missingPhrase(
    settles.map(({ name: factId, lacks, updates }) =>
      lacks === "updates" && updates
        ? { factId, lacks, ...updates }
        : { factId, lacks: lacks as Exclude<typeof lacks, "updates"> },
    ),
  );
}

function when({ deal }: ItemInWords, today: string): string {
  const day = deal?.expectedCloseOn ?? null;
  if (day === null) return `It is at stage ${deal?.stage ?? 0}`;
  return day < today ? `It was to close on ${dayInWords(day)}` : `It is to close on ${dayInWords(day)}`;
}

const closes = ({ deal }: ItemInWords) =>
  deal?.expectedCloseOn ? ` The deal is to close on ${dayInWords(deal.expectedCloseOn)}.` : "";
