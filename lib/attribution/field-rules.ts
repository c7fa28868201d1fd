import { isDay } from "../calendar";
import { isCurrency } from "../currencies";
import { refuse } from "../errors";
import { dayInWords } from "../text/days";
import type { Day, Facts } from "./facts";
import type { Policy } from "./policy";
import {
  type DealOutcome,
  type RegistrationStatus,
  ROLES,
  type Role,
  STAGES,
  type Stage,
} from "./vocabulary";

/**
 * What domain.md §10 refuses, one rule a function, so that documents, forms and imports refuse alike.
 * Each takes the field's path and the value as given, and returns the value typed or throws a `Refusal`.
 */

/** What counts as proof: an `http(s)` link with a host, or `note:` and a reference; no blanks inside. */
const PROOF = /^(?:https?:\/\/[^\s\p{Cc}/?#]|note:[^\s\p{Cc}])[^\s\p{Cc}]*$/iu;
export const LONGEST_PROOF = 2000;

/** Whether `value` is a proof (§1, §10). */
export function isProof(value: unknown): value is string {
  return typeof value === "string" && value.length <= LONGEST_PROOF && PROOF.test(value);
}

/** A proof, or null when none was given. */
export function parseProof(field: string, value: unknown): string | null {
  if (value === null || isProof(value)) return value;
  return refuse(
    field,
    value,
    `a proof is an http(s) link or a note: reference, at most ${LONGEST_PROOF} characters`,
  );
}

/** A domain as a customer is known by it: a host's name, in small letters and without `www.`. */
export function parseDomain(field: string, value: unknown): string {
  const domain = typeof value === "string" ? bareDomain(value) : "";
  if (DOMAIN.test(domain) && domain.length <= 253) return domain;
  return refuse(field, value, "a domain is written like example.com");
}

const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/** What people paste: a whole address of a page, or of a mailbox. */
function bareDomain(pasted: string): string {
  const host = pasted
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^.*@/, "");
  return host.replace(/[/?#:].*$/, "").replace(/^www\./, "");
}

export function parseDay(field: string, value: unknown): Day {
  return isDay(value) ? value : refuse(field, value, "a day is written YYYY-MM-DD and is in the calendar");
}

export function parseDayOrNull(field: string, value: unknown): Day | null {
  return value === null ? null : parseDay(field, value);
}

/**
 * A day on which something happened, entered on `today`: it cannot lie in the future (§10). For entry
 * and import; in a facts document what occurs after `asOf` is merely not there yet (§4).
 */
export function parseOccurrence(field: string, value: unknown, today: Day): Day {
  const day = parseDay(field, value);
  return day <= today
    ? day
    : refuse(field, value, `an occurrence cannot be in the future (after ${dayInWords(today)})`);
}

/** One of a closed list of codes. */
export function parseOneOf<const T>(field: string, value: unknown, list: readonly T[]): T {
  if (list.includes(value as T)) return value as T;
  return refuse(field, value, `must be one of ${list.join(", ")}`);
}

export function parseStage(field: string, value: unknown): Stage {
  if (STAGES.includes(value as Stage)) return value as Stage;
  return refuse(field, value, "a stage is one of 0, 1, 2, 3, 4, 5, 6");
}

export function parseRole(field: string, value: unknown): Role {
  if (ROLES.includes(value as Role)) return value as Role;
  return refuse(field, value, `a role is one of ${ROLES.join(", ")}`);
}

/** Money: whole minor units, not negative, exact in a double. */
export function parseAmount(field: string, value: unknown): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
  return refuse(field, value, "an amount is a whole number of minor units, zero or more");
}

export function parseCurrency(field: string, value: unknown): string {
  return isCurrency(value) ? value : refuse(field, value, "a currency is a code of ISO 4217, like USD");
}

/** Words, codes and ids: a string that is not blank and not endless. */
export function parseText(field: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "" && value.length <= 500) return value;
  return refuse(field, value, "must be text, not blank, at most 500 characters");
}

export function parseTextOrNull(field: string, value: unknown): string | null {
  return value === null ? null : parseText(field, value);
}

export function parseWhole(field: string, value: unknown, least: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number;
  return refuse(field, value, `must be a whole number, ${least} or more`);
}

export function parseBoolean(field: string, value: unknown): boolean {
  return typeof value === "boolean" ? value : refuse(field, value, "must be true or false");
}

/** A close day fits the deal: none while open, one when won or lost, never after `asOf`. */
export function checkClosing(field: string, closedOn: Day | null, outcome: DealOutcome, asOf: Day): void {
  if (outcome === "open") {
    if (closedOn !== null) refuse(field, closedOn, "an open deal has no close day");
    return;
  }
  if (closedOn === null) refuse(field, closedOn, "a won or lost deal has a close day");
  if (closedOn > asOf) refuse(field, closedOn, `a close day cannot be after ${dayInWords(asOf)}`);
}

/** A registration has a day of decision exactly when it is decided. */
export function checkDecision(field: string, decidedOn: Day | null, status: RegistrationStatus): void {
  if (status === "pending" && decidedOn !== null) {
    refuse(field, decidedOn, "a pending registration has no day of decision");
  }
  if (status !== "pending" && decidedOn === null) {
    refuse(field, decidedOn, "a decided registration has a day of decision");
  }
}

/** A span of days does not end before it begins; null has no bound. */
export function checkSpan(field: string, { from, to }: { from: Day | null; to: Day | null }): void {
  if (from !== null && to !== null && to < from)
    refuse(field, to, `the last day cannot be before the first (${from})`);
}

/** No partner is its own ancestor. `parentOf` answers null where no parent is known. */
export function checkAncestry(
  field: string,
  partnerId: string,
  parentId: string | null,
  parentOf: (id: string) => string | null,
): void {
  const seen = new Set<string>();
  for (let at = parentId; at !== null && !seen.has(at); at = parentOf(at)) {
    if (at === partnerId) refuse(field, parentId, "a partner cannot be its own ancestor");
    seen.add(at);
  }
}

/** One row a partner and role on a deal. */
export function checkSingleRows(field: string, roles: Facts["roles"]): void {
  for (let i = 1; i < roles.length; i++) {
    const row = roles[i]!;
    for (let j = 0; j < i; j++) {
      if (roles[j]!.partnerId === row.partnerId && roles[j]!.role === row.role) {
        refuse(`${field}[${i}].role`, row.role, `partner ${row.partnerId} already has a row with this role`);
      }
    }
  }
}

/** The gates do not cross: sourced ends before influence does. */
export function checkGates(
  field: string,
  policy: Pick<Policy, "sourcedAtOrBefore" | "influencedBefore">,
): void {
  if (policy.sourcedAtOrBefore < policy.influencedBefore) return;
  const rule = `the gates cross: sourcedAtOrBefore must be below influencedBefore (${policy.influencedBefore})`;
  refuse(field, policy.sourcedAtOrBefore, rule);
}
