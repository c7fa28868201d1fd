import { timeInWords } from "@/components/ui/time";
import { formatMoney } from "@/lib/money";
import { dayInWords } from "@/lib/text/days";
import { capital, codeWords } from "@/lib/text/words";

/** What somebody did, for a line that begins with who. An action without words speaks for itself. */
export const ACTION_WORDS: Readonly<Record<string, string>> = {
  "create-deal": "entered a deal",
  "edit-deal": "edited a deal",
  "move-stage": "moved a deal's stage",
  "close-deal": "closed a deal",
  "delete-deal": "deleted a deal",
  "confirm-no-partner": "confirmed that no partner is involved",
  "confirm-no-partners": "confirmed that no partner is involved in several deals",
  "tag-partner": "tagged a partner",
  "tag-partners": "tagged a partner on several deals",
  "confirm-role": "confirmed a role",
  "edit-role": "edited a role row",
  "withdraw-role": "withdrew a role row",
  "keep-note": "kept a note as proof",
  "keep-file": "kept a file as proof",
  "log-activity": "logged an activity",
  "edit-activity": "edited an activity",
  "withdraw-activity": "withdrew an activity",
  "add-joint-step": "planned a next joint step",
  "edit-joint-step": "changed a next joint step",
  "finish-joint-step": "finished a next joint step, or opened it again",
  "withdraw-joint-step": "took away a next joint step",
  "create-account": "entered an account",
  "edit-account": "edited an account",
  "enter-account": "said that a partner is in an account",
  "leave-account": "said that a partner is in an account no more",
  "create-contact": "entered a partner's contact",
  "edit-contact": "edited a partner's contact",
  "remove-contact": "removed a partner's contact",
  "create-partner": "created a partner",
  "edit-partner": "edited a partner",
  "grant-program": "took a partner into a program",
  "end-program": "ended a partner's program",
  "refuse-role": "refused a role row",
  "vouch-activity": "vouched for an activity",
  "propose-correction": "proposed a correction",
  "accept-correction": "accepted a correction",
  "decline-correction": "declined a correction",
  "withdraw-correction": "withdrew a correction",
  "submit-registration": "submitted a registration",
  "decide-registration": "decided a registration",
  "extend-registration": "extended a registration's protection",
  "match-registration": "said to which deal a registration belongs",
  "import-batch": "imported",
  "accept-import": "accepted a file",
  "take-back-import": "took a file back",
  "save-mapping": "saved a mapping",
  "record-cost": "recorded a cost",
  "say-no-cost": "said that a cost category has no cost",
  "record-rate": "recorded a rate",
  "create-user": "gave a person access",
  "edit-user": "changed a person's access",
  "issue-link": "made a link for setting a password",
  "set-password": "set their password by a link",
  "change-password": "changed their password",
  "sign-in": "signed in",
  "refuse-sign-in": "was not let in",
  "note-refusal": "asked for what is not theirs to do",
  "end-sessions": "ended sessions of their own",
  "edit-settings": "changed the settings",
  "begin-demo": "began the demo story",
  "remove-demo": "removed the demo story",
  "start-draft": "began a draft policy",
  "edit-draft": "edited the draft policy",
  "discard-draft": "discarded the draft policy",
  "propose-policy": "proposed the policy",
  "sign-policy": "signed the policy",
  "decline-policy": "declined to sign the policy",
  "withdraw-policy": "withdrew the policy",
  "keep-backtest": "kept a backtest",
  "record-learning": "recorded a learning",
  "raise-exception": "raised an exception",
  "comment-exception": "commented on an exception",
  "assign-exception": "gave an exception an owner",
  "assign-exceptions": "gave several exceptions an owner",
  "decide-exception": "decided an exception",
  "decide-exceptions": "decided several exceptions",
  "defer-exception": "deferred an exception",
  "defer-exceptions": "deferred several exceptions",
  "withdraw-exception": "withdrew an exception",
  "name-deputy": "named a deputy",
  "start-review": "began a quarter's review",
  "drive-review": "moved the review's screen on",
  "write-review": "wrote in the review",
  "prepare-freeze": "prepared a quarter's freeze",
  "freeze-quarter": "froze a quarter",
  "propose-restatement": "proposed a restatement",
  "accept-restatement": "accepted a restatement",
  "decline-restatement": "declined a restatement",
  undo: "took a change back",
};

export function actionWords(action: string): string {
  return ACTION_WORDS[action] ?? codeWords(action);
}

export interface Difference {
  field: string;
  before: string | null;
  after: string | null;
}

/** What says nothing to a reader: keys and marks that every entry of its kind carries. */
const SILENT = ["id", "demo", "version", "dealId", "seq", "importId", "createdAt", "updatedAt"];

/**
 * The fields that differ between what stood and what stands, in words; null where there was, or is, nothing.
 * Amounts are told in their currency when the same record names it, times as a clock in `zone` shows them.
 */
export function differences(before: unknown, after: unknown, zone: string): Difference[] {
  const [was, is] = [recordOf(before), recordOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => !SILENT.includes(name),
  );
  return names.flatMap((name) => {
    const [from, to] = [said(name, was, zone), said(name, is, zone)];
    return from === to ? [] : [{ field: capital(codeWords(name)), before: from, after: to }];
  });
}

/** Whom or what an entry is about, where its difference does not say: the deal's id, else the record's name. */
export function aboutWords(entry: { dealId: string | null; before: unknown; after: unknown }): string | null {
  if (entry.dealId !== null) return entry.dealId;
  // A new record's name is among what it began with.
  const { name } = recordOf(entry.before);
  return typeof name === "string" ? name : null;
}

type Fields = Readonly<Record<string, unknown>>;

const recordOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

function said(name: string, record: Fields, zone: string): string | null {
  const value = record[name];
  if (value === undefined || value === null || value === "") return null;
  if (name === "amount" && typeof value === "number" && typeof record.currency === "string")
    return formatMoney(value, record.currency);
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value))
    return timeInWords(value, zone);
  if (typeof value === "string")
    return /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? dayInWords(value)
      : value.replace(/^[a-z_]+$/, (code) => code.replaceAll("_", " "));
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ") || null;
  return JSON.stringify(value);
}
