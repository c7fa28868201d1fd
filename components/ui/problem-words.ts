import type { ErrorCode, Problem } from "@/lib/errors";
import { capital, codeWords } from "@/lib/text/words";

const TITLES: Readonly<Record<ErrorCode, string>> = {
  invalid: "Not saved: this breaks a rule",
  unauthenticated: "You are signed out",
  forbidden: "Not yours to do",
  not_found: "Not there any more",
  conflict: "Somebody changed this first",
  idempotency: "Sent twice with different words",
  too_many: "Too many at once",
  unavailable: "No answer",
};

const sentence = (text: string) => {
  const said = capital(text.trim());
  return /[.!?]$/.test(said) ? said : `${said}.`;
};

const shown = (value: unknown): string | null => {
  if (typeof value === "string" && value !== "")
    return `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}”`;
  return typeof value === "number" ? String(value) : null;
};

/** A rule below the field that it is about: `must be a day` as `It must be a day.` */
export function ruleWords(rule: string): string {
  return sentence(/^(must|is|was|can|has)\b/.test(rule) ? `It ${rule}` : rule);
}

/** `activity.touchedOn` as `touched on`: the field in words. A currency is written as one: `JPY`. */
export function fieldWords(field: string): string {
  const last = field.split(".").at(-1) ?? "";
  return /^[A-Z]{3}$/.test(last) ? last : codeWords(last);
}

/** A Problem in words people read: what happened, then field, value and rule in one sentence. */
export function problemWords(problem: Problem): { title: string; detail: string } {
  // A field that names a record holds its id, which nobody reads.
  const isId = /Ids?$/.test(problem.field);
  const value = shown(problem.value);
  const about = isId ? "" : [fieldWords(problem.field), value].filter(Boolean).join(" ");
  return {
    title: TITLES[problem.code],
    detail:
      about && problem.code === "invalid"
        ? `${sentence(`${about}: ${problem.rule}`)}`
        : sentence(problem.rule),
  };
}
