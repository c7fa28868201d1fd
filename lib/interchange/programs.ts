import type { ProgramMembership } from "@/lib/attribution/facts";
import { checkSpan, parseDay, parseText } from "@/lib/attribution/field-rules";
import { refuse } from "@/lib/errors";

/**
 * A partner's time in a program as a cell writes it: `name`, or `name@FROM..TO`, where either day may be missing.
 * Source: imports.md. The shortest writing of a membership is the one that is compared and logged.
 */
const WRITTEN = /^(?<name>[^@;]+)(?:@(?<from>[^.@;]*)\.\.(?<to>[^.@;]*))?$/;

export function parseMembership(field: string, text: string): ProgramMembership {
  const { name, from, to } = WRITTEN.exec(text.trim())?.groups ?? {};
  if (name === undefined)
    return refuse(field, text, "a program is written name or name@FROM..TO, either day may be missing");
  const day = (written: string | undefined) => (written?.trim() ? parseDay(field, written.trim()) : null);
  const membership = { name: parseText(field, name).trim(), from: day(from), to: day(to) };
  checkSpan(field, membership);
  return membership;
}

export function writeMembership({ name, from, to }: ProgramMembership): string {
  return from === null && to === null ? name : `${name}@${from ?? ""}..${to ?? ""}`;
}

const keyOf = ({ name, from }: ProgramMembership) => `${name}@${from ?? ""}`;

/**
 * What a partner's memberships are once a file has told its own. One that the file names without days is the
 * open one that stands, if any; one that had ended stays known; an open one that it does not name is no more.
 * In order of name and first day, each as `writeMembership` writes it.
 */
export function programsTold(told: readonly string[], standing: readonly string[]): string[] {
  const stood = standing.map((text) => parseMembership("programs", text));
  const named = told.map((text) => {
    const one = parseMembership("programs", text);
    if (one.from !== null || one.to !== null) return one;
    return stood.find(({ name, to }) => name === one.name && to === null) ?? one;
  });
  const keys = new Set(named.map(keyOf));
  const ended = stood.filter((one) => one.to !== null && !keys.has(keyOf(one)));
  return [...named, ...ended].map(writeMembership).sort();
}
