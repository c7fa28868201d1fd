import type { Day } from "../../attribution/facts";
import type { Unit } from "../../metrics/definition";
import type { MetricReport } from "../../metrics/quarter-report";
import { isDefined, type Value } from "../../metrics/value";
import { numberText, reasonText } from "../../metrics/value-text";
import { formatMoney } from "../../money";

/**
 * The review pack before it is a PDF, slides or a spreadsheet: sections of typed cells, made once from the
 * query's answer (`sections.ts`). A format only lays them out, so no two of them can differ in a number.
 */
export type Cell =
  | { is: "text"; text: string }
  /** A number of the metrics in its unit; money in minor units of the reporting currency. */
  | { is: "value"; value: Value; unit: Unit }
  /** An exact amount in minor units of its own currency. */
  | { is: "money"; amount: number; currency: string }
  | { is: "day"; day: Day }
  /** Nothing to say here. */
  | null;

export const textCell = (text: string): Cell => ({ is: "text", text });
export const valueCell = (value: Value, unit: Unit): Cell => ({ is: "value", value, unit });
export const dayCell = (day: Day | null): Cell => (day === null ? null : { is: "day", day });

/** A cell as people read it. A number that does not exist is "—"; its reason stands in `reasonsOf`. */
export function cellText(cell: Cell, reporting: string): string {
  switch (cell?.is) {
    case undefined:
      return "";
    case "text":
      return cell.text;
    case "day":
      return cell.day;
    case "money":
      return formatMoney(cell.amount, cell.currency);
    case "value":
      return isDefined(cell.value) ? numberText(cell.value, cell.unit, reporting) : "—";
  }
}

/** Why numbers among these cells are missing: each reason once, in the order met. */
export function reasonsOf(cells: Iterable<Cell>): string[] {
  const reasons = new Set<string>();
  for (const cell of cells) {
    if (cell?.is === "value" && !isDefined(cell.value)) reasons.add(reasonText(cell.value));
  }
  return [...reasons];
}

export interface Column {
  name: string;
  /** Its part of the width. */
  width: number;
  /** Numbers stand right. */
  align?: "left" | "right";
}

export interface Row {
  cells: Cell[];
  /** `#rrggbb` of the outcome that the first cell names. */
  colour?: string;
  /** The key of the deals behind it (`DealsBehind`). */
  opens?: string;
}

export interface Table {
  block: "table";
  title: string | null;
  columns: Column[];
  rows: Row[];
  /** On paper its rows are written in by hand. */
  isTall?: boolean;
  total?: Cell[];
  /** Said in place of rows when there are none. */
  empty: string;
  note?: string;
}

/** Numbers drawn; each of them stands in a table of the same section as well. */
export interface Chart {
  block: "chart";
  title: string;
  unit: Unit;
  categories: { name: string; colour: string }[];
  /** The first is the quarter's; a second one the prior quarter's. */
  series: { name: string; values: Value[] }[];
}

/** The four numbers with all that it takes to trust them. */
export interface Numbers {
  block: "numbers";
  metrics: MetricReport[];
  /** Labels of the quarters that they are held against. */
  prior: string;
  yearBefore: string;
}

/** What people wrote. */
export interface Prose {
  block: "prose";
  title: string | null;
  text: string;
  /** Who wrote it, when known. */
  by: string | null;
  /** Said when nothing was written. */
  empty: string;
}

/** One contested deal, what it came to and who said so. */
export interface Case {
  title: string;
  /** `Northwind Ltd · USD 120,000.00 · raised 2026-02-03`. */
  facts: Cell[];
  state: string;
  isOpen: boolean;
  lines: { name: string; text: string }[];
}

export interface CaseGroup {
  /** `Late record: Larkfield Foods`; of several `Late record: 201 cases`. */
  title: string;
  state: string;
  isOpen: boolean;
  /** What holds of them all. */
  lines: { name: string; text: string }[];
  /** Of each what it is about, a line each: `Larkfield Foods · D-0381 · USD 79,200.91`. */
  each: Cell[][];
}

export interface Cases {
  block: "cases";
  /** Heads of a case's `facts`, for a sheet's columns. */
  facts: string[];
  cases: Case[];
  /** The same for people to read: cases of one kind that came to the same for the same reasons, together. */
  groups: CaseGroup[];
  empty: string;
}

/** Headlines over eight quarters. */
export interface Trends {
  block: "trends";
  metrics: MetricReport[];
}

export type Block = Table | Chart | Numbers | Trends | Prose | Cases;

export interface Section {
  /** At most 31 letters and none of `[]:*?/\`: it names a sheet, too. */
  title: string;
  /** The question it answers. */
  lede: string;
  blocks: Block[];
}

/** The deals that one part of a number is made of. */
export interface DealsBehind {
  key: string;
  /** `Pipeline: Sourced, created`, short enough to tell sheets apart by. */
  name: string;
  /** `Partner-sourced pipeline: Sourced, created`. */
  title: string;
  deals: DealBehind[];
  /** Sum of their amounts, minor units of the reporting currency. */
  sum: number;
}

export interface DealBehind {
  id: string;
  account: string;
  owner: string;
  type: string;
  route: string;
  createdOn: Day;
  closedOn: Day | null;
  state: string;
  outcome: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  /** Minor units of the reporting currency, by the quarter's own rate. */
  reporting: number;
  days: number | null;
  activities: number | null;
}

/** What stands on the first page, whatever the format. */
export interface Cover {
  company: string;
  title: string;
  quarter: string;
  /** `1 Jan – 31 Mar 2026`. */
  days: string;
  /** In order: the quarter's state, the policy's, the day of the facts. */
  states: { name: string; text: string; loud: boolean }[];
  /** 64 hexadecimal digits of a frozen quarter. */
  digest: string | null;
  /** When it was made, ISO 8601: of a frozen quarter the freeze, so that a pack is the same whenever it is taken. */
  at: string;
  policyHash: string;
}

/** All of a pack, ready to be laid out. */
export interface PackDocument {
  cover: Cover;
  /** ISO 4217. */
  reporting: string;
  sections: Section[];
  behind: DealsBehind[];
}

/** How far a pack is: pages of a PDF, sections of slides or sheets of a workbook; `of` is null until it is known. */
export interface PackStep {
  done: number;
  of: number | null;
}
export type TellStep = (step: PackStep) => void;
