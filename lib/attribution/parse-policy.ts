import { refuse } from "../errors";
import { isObject, type JsonObject, parseList, parseObject, pathTo } from "./document";
import {
  checkGates,
  parseAmount,
  parseBoolean,
  parseCurrency,
  parseDayOrNull,
  parseOneOf,
  parseStage,
  parseText,
  parseWhole,
} from "./field-rules";
import type { MenuEntry } from "./menu";
import { type Policy, PRESETS, type ProgramDefinition, type UpdateThreshold } from "./policy";
import { GRADES, INVOLVEMENTS, MODELS } from "./vocabulary";

const POLICY = [
  "model",
  "sourcedAtOrBefore",
  "influencedBefore",
  "motions",
  "coSellMinimum",
  "programs",
  "updates",
  "influenceWindowDays",
  "lateRecording",
  "postSale",
  "assisted",
  "accelerationMinimum",
  "costDenominator",
] as const satisfies readonly (keyof Policy)[];
/** What a document may leave out: the first three then have the values of §3. */
const OPTIONAL = [
  "recordWithin",
  "evidence",
  "reachesBackTo",
  "menu",
  "programDefinitions",
] as const satisfies readonly (keyof Policy)[];
const RECORD_WITHIN = ["days", "consequence"] as const satisfies readonly (keyof Policy["recordWithin"])[];
const UPDATES = ["above", "perMonth", "consequence"] as const satisfies readonly (keyof Policy["updates"])[];

/** The terms that a document may leave out, as §3 has them: the same in every preset. */
const { recordWithin: WITHIN, evidence: LEAST, reachesBackTo: REACH } = PRESETS.two_bucket;

/**
 * The policy document (§3), every term of judging written out, or a `Refusal` with the path of the first field that breaks a rule of §10.
 * `at` is put before every path.
 */
export function parsePolicy(input: unknown, at = ""): Policy {
  const from = parseObject(at, input, POLICY, OPTIONAL);
  const updates = parseObject(pathTo(at, "updates"), from.updates, UPDATES);
  const path = (key: keyof Policy) => pathTo(at, key);
  const policy: Policy = {
    model: parseOneOf(path("model"), from.model, MODELS),
    sourcedAtOrBefore: parseStage(path("sourcedAtOrBefore"), from.sourcedAtOrBefore),
    influencedBefore: parseStage(path("influencedBefore"), from.influencedBefore),
    motions: parseCodes(path("motions"), from.motions),
    coSellMinimum: parseWhole(path("coSellMinimum"), from.coSellMinimum, 1),
    programs: parseCodes(path("programs"), from.programs),
    updates: {
      above: parseThreshold(`${path("updates")}.above`, updates.above),
      perMonth: parseWhole(`${path("updates")}.perMonth`, updates.perMonth, 1),
      consequence: parseOneOf(`${path("updates")}.consequence`, updates.consequence, ["flag", "dispute"]),
    },
    influenceWindowDays:
      from.influenceWindowDays === null
        ? null
        : parseWhole(path("influenceWindowDays"), from.influenceWindowDays, 0),
    lateRecording: parseOneOf(path("lateRecording"), from.lateRecording, [
      "refuse",
      "with_contemporaneous_evidence",
    ]),
    recordWithin: parseRecordWithin(path("recordWithin"), from.recordWithin ?? WITHIN),
    evidence: parseOneOf(path("evidence"), from.evidence ?? LEAST, GRADES),
    postSale: parseOneOf(path("postSale"), from.postSale, ["ignore", "influence"]),
    assisted: parseBoolean(path("assisted"), from.assisted),
    accelerationMinimum: parseShare(path("accelerationMinimum"), from.accelerationMinimum),
    costDenominator: parseOneOf(path("costDenominator"), from.costDenominator, ["attributed", "sourced"]),
    reachesBackTo: parseDayOrNull(path("reachesBackTo"), from.reachesBackTo ?? REACH),
  };
  checkGates(path("sourcedAtOrBefore"), policy);
  if (from.menu !== undefined) policy.menu = parseMenu(path("menu"), from.menu, policy);
  if (from.programDefinitions !== undefined) {
    policy.programDefinitions = parsePrograms(path("programDefinitions"), from.programDefinitions, policy);
  }
  return policy;
}

/** Minor units of any currency, or by currency; each must exist. */
function parseThreshold(at: string, value: unknown): UpdateThreshold {
  if (typeof value === "number") return parseAmount(at, value);
  if (!isObject(value))
    return refuse(at, value ?? null, "must be an amount, or an object of amounts by currency");
  return Object.fromEntries(
    Object.keys(value).map((currency) => [
      parseCurrency(`${at}.${currency}`, currency),
      parseAmount(`${at}.${currency}`, value[currency]),
    ]),
  );
}

function parseRecordWithin(at: string, value: unknown): Policy["recordWithin"] {
  const from = parseObject(at, value, RECORD_WITHIN);
  return {
    days: parseWhole(`${at}.days`, from.days, 0),
    consequence: parseOneOf(`${at}.consequence`, from.consequence, ["flag", "refuse"]),
  };
}

const ENTRY = ["type", "label", "definition", "stages", "involvement"] as const;
const TYPE = /^[a-z][a-z0-9_]{0,63}$/;

/** A menu of one's own holds every motion: one that nobody can log would be a rule that cannot hold. */
function parseMenu(at: string, value: unknown, { motions }: Policy): MenuEntry[] {
  const menu = parseList(at, value, (here, member) => {
    const entry = parseObject(here, member, ENTRY);
    const type = parseText(`${here}.type`, entry.type);
    if (!TYPE.test(type)) refuse(`${here}.type`, type, "a type is a word of small letters, digits and _");
    return {
      type,
      label: parseLine(`${here}.label`, entry.label, 60),
      definition: parseLine(`${here}.definition`, entry.definition, 200),
      stages: parseList(`${here}.stages`, entry.stages, parseStage),
      involvement: parseOneOf(`${here}.involvement`, entry.involvement, INVOLVEMENTS),
    };
  });
  checkOnce(at, menu, "type");
  for (const motion of motions) {
    if (!menu.some(({ type }) => type === motion)) refuse(at, motion, "a motion must be on the menu");
  }
  return menu;
}

const PROGRAM = ["program", "label", "definition"] as const;

function parsePrograms(at: string, value: unknown, { programs }: Policy): ProgramDefinition[] {
  const definitions = parseList(at, value, (here, member) => {
    const entry = parseObject(here, member, PROGRAM);
    return {
      program: parseOneOf(`${here}.program`, entry.program, programs),
      label: parseLine(`${here}.label`, entry.label, 60),
      definition: parseLine(`${here}.definition`, entry.definition, 200),
    };
  });
  checkOnce(at, definitions, "program");
  return definitions;
}

function checkOnce<K extends string>(at: string, members: readonly Record<K, string>[], key: K): void {
  members.forEach((member, index) => {
    const first = members.findIndex((other) => other[key] === member[key]);
    if (first < index) refuse(`${at}[${index}].${key}`, member[key], "is in the list already");
  });
}

/** One line for the memo, which has one page. */
function parseLine(at: string, value: unknown, most: number): string {
  const text = parseText(at, value);
  if (text.trim() !== text || text.length > most || /\p{Cc}/u.test(text)) {
    refuse(at, text, `must be one line of at most ${most} characters`);
  }
  return text;
}

/**
 * A policy as people name one: a preset's name, `{ "preset": name, …overrides }` (`updates` and `recordWithin`
 * may be given in part), or the whole document. Source: domain.md §6. Refuses like `parsePolicy`.
 */
export function parsePolicyChoice(input: unknown, at = ""): Policy {
  if (typeof input === "string") return PRESETS[parseOneOf(at, input, MODELS)];
  if (!isObject(input) || !Object.hasOwn(input, "preset")) return parsePolicy(input, at);
  const { preset: name, ...overrides } = input;
  const preset = PRESETS[parseOneOf(pathTo(at, "preset"), name, MODELS)];
  const document: JsonObject = { ...preset, ...overrides };
  for (const part of ["updates", "recordWithin"] as const) {
    if (isObject(overrides[part])) document[part] = { ...preset[part], ...overrides[part] };
  }
  return parsePolicy(document, at);
}

function parseCodes(at: string, value: unknown): string[] {
  const codes = parseList(at, value, parseText);
  codes.forEach((code, index) => {
    if (codes.indexOf(code) < index) refuse(`${at}[${index}]`, code, "is in the list already");
  });
  return codes;
}

function parseShare(at: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  return refuse(at, value, "a share is a number from 0 to 1");
}
