import type { Day } from "../attribution/facts";
import { type FiscalYear, quarterOf } from "../calendar";
import type { DealStatus } from "./deal-status";
import type { ProjectedDeal } from "./projected-deal";
import { type ReconciledDeal, reconciledCell } from "./reconciled";

/**
 * How a deal is written into the stored tallies: a handful of lines, each "one more of this kind". Lines are kept by
 * month, and a month in which a fiscal quarter begins is kept in two parts: both months and quarters are sums of lines.
 */
export const TALLY_KINDS = [
  "created", // by month of creation
  "closed", // by month of close
  "open", // +1 in the month of creation, −1 in that of the close: their sum up to a month is what is open at its end
  "days", // closed, with `at` the cycle in days
  "cells", // the same by cell of the matched comparison
  "sizes", // closed, with `at` the bucket of the amount
  "engaged", // activities by month, with the months from and until which the deal is open
  "standing", // how deals stand now: what lists count
  "owners", // by AE
  "partners", // by partner, with its outcome on the deal
  "cohorts", // by month of close and cohort, with `at` the cycle in days: what the deals lend to their cohorts
  "reconciled", // by month of close and how far they are decided (§8.5), with how they closed and what is found
  "cases", // of the log, by how they stand, quarter and kind; not of deals, and kept by the database itself
] as const;
export type TallyKind = (typeof TALLY_KINDS)[number];

/** What tells one line from another. */
export interface TallyKey {
  kind: TallyKind;
  /** First day of the month, or of the quarter that began in it (`monthOf`); `NO_MONTH` for kinds that know none. */
  month: Day;
  countsAs: string;
  cell: string;
  currency: string;
  /** Of `days`, `cells` and `cohorts` a number of days, of `sizes` a bucket; else null. */
  at: number | null;
}

export interface TallyLine extends TallyKey {
  deals: number;
  /** Minor units of `currency`, and their squares: exact, however many. */
  amount: bigint;
  squares: bigint;
}

export const NO_MONTH: Day = "0001-01-01";

/** The day that lines of `day` are kept under: the later of its month's first and its fiscal quarter's first. */
function monthOf(day: Day, year: FiscalYear): Day {
  const month = `${day.slice(0, 8)}01`;
  return year.endsOn === "month_end" ? month : later(month, quarterOf(day, year).from);
}

const later = (one: Day, other: Day): Day => (one > other ? one : other);

/** How a deal stands, as lists filter by it: stage, whether it is disputed, its status. */
export function standingOf({ stage, disputed, status }: Standing): string {
  return `${stage}/${disputed ? "disputed" : "agreed"}/${status}`;
}

export interface Standing {
  stage: number;
  disputed: boolean;
  status: DealStatus;
}

/** The inverse of `standingOf`. */
export function readStanding(cell: string): Standing {
  const [stage, disputed, status] = cell.split("/");
  return { stage: Number(stage), disputed: disputed === "disputed", status: status as DealStatus };
}

/** The months between which activities of a month count: from the deal's creation until its close. */
export const spanOf = (from: Day | "", until: Day | "") => `${from}..${until}`;

export function readSpan(cell: string): { from: Day | ""; until: Day | "" } {
  const [from = "", until = ""] = cell.split("..");
  return { from, until };
}

/**
 * The bucket of an amount: its two leading digits and its length, in the order of amounts. A median is found by
 * counting buckets and looking only at the amounts of one or two.
 */
export function sizeBucket(amount: number): number {
  if (amount < 10) return amount * 10;
  const text = String(amount);
  return (text.length - 1) * 100 + Number(text.slice(0, 2));
}

/** The least and the greatest amount of a bucket. */
export function bucketRange(bucket: number): [least: number, greatest: number] {
  const length = Math.floor(bucket / 100);
  if (length === 0) return [bucket / 10, bucket / 10];
  const unit = 10 ** (length - 1);
  const leading = bucket - length * 100;
  return [leading * unit, (leading + 1) * unit - 1];
}

/** A deal as tallies count it. */
export interface TalliedDeal extends ProjectedDeal {
  /** What it lends to its cohort (domain.md §2), and the day of it; null when it lends nothing. */
  cohort: string | null;
  cohortOn: Day | null;
  /** How its month counts it; null while it is open. */
  reconciled: ReconciledDeal | null;
}

/** Takes a line: of a deal, `amount` and `squares` where the kind keeps them. */
type Emit = (key: TallyKey, deals: number, amount: bigint, squares: bigint) => void;

/** Says the lines of one deal. Called for every deal of every judging, so it makes no more than it must. */
function sayLines(deal: TalliedDeal, year: FiscalYear, emit: Emit): void {
  const { countsAs, currency, createdOn, closedOn, cell, cycleDays } = deal;
  const amount = BigInt(deal.amount);
  const squares = amount * amount;
  const created = monthOf(createdOn, year);
  const closed = closedOn === null ? null : monthOf(closedOn, year);
  const left = closed === null ? null : later(created, closed);
  emit({ kind: "created", month: created, countsAs, cell: "", currency, at: null }, 1, amount, squares);
  const standing = standingOf(deal);
  emit(
    { kind: "standing", month: NO_MONTH, countsAs, cell: standing, currency, at: null },
    1,
    amount,
    squares,
  );
  emit(
    { kind: "owners", month: NO_MONTH, countsAs: "", cell: deal.owner, currency: "", at: null },
    1,
    0n,
    0n,
  );
  if (left !== created)
    emit({ kind: "open", month: created, countsAs, cell: "", currency, at: null }, 1, amount, squares);
  if (left !== null && left !== created)
    emit({ kind: "open", month: left, countsAs, cell: "", currency, at: null }, -1, -amount, -squares);
  if (closed !== null) {
    emit({ kind: "closed", month: closed, countsAs, cell: "", currency, at: null }, 1, amount, squares);
    emit(
      { kind: "sizes", month: closed, countsAs, cell: "", currency, at: sizeBucket(deal.amount) },
      1,
      0n,
      0n,
    );
    if (cycleDays !== null) {
      emit({ kind: "days", month: closed, countsAs, cell: "", currency: "", at: cycleDays }, 1, 0n, 0n);
      emit({ kind: "cells", month: closed, countsAs, cell, currency: "", at: cycleDays }, 1, 0n, 0n);
    }
  }
  if (deal.cohort !== null && deal.cohortOn !== null && cycleDays !== null)
    lendToCohort(deal.cohort, monthOf(deal.cohortOn, year), cycleDays, emit);
  if (deal.reconciled !== null) sayReconciled(deal.reconciled, year, emit);
  for (const day of deal.engagedOn) {
    const month = monthOf(day, year);
    const span = spanOf(created > month ? created : "", left ?? "");
    emit({ kind: "engaged", month, countsAs, cell: span, currency: "", at: null }, 1, 0n, 0n);
  }
  const named = new Set<string>();
  for (const { id, outcome, disputed } of deal.partners) {
    if (named.has(id)) continue;
    named.add(id);
    const as = disputed === null ? outcome : `${outcome}/disputed`;
    emit({ kind: "partners", month: NO_MONTH, countsAs: as, cell: id, currency: "", at: null }, 1, 0n, 0n);
  }
}

function lendToCohort(cell: string, month: Day, at: number, emit: Emit): void {
  emit({ kind: "cohorts", month, countsAs: "", cell, currency: "", at }, 1, 0n, 0n);
}

function sayReconciled(deal: ReconciledDeal, year: FiscalYear, emit: Emit): void {
  const key = { countsAs: deal.decided, cell: reconciledCell(deal), currency: "", at: null };
  emit({ kind: "reconciled", month: monthOf(deal.endedOn, year), ...key }, 1, 0n, 0n);
}

/** The lines of one deal. */
export function linesOf(deal: TalliedDeal, year: FiscalYear): TallyLine[] {
  const lines: TallyLine[] = [];
  sayLines(deal, year, (key, deals, amount, squares) => lines.push({ ...key, deals, amount, squares }));
  return lines;
}

/** Whether two states of a deal have the same lines, so that nothing has to be taken away and added again. */
function countsAlike(one: TalliedDeal, other: TalliedDeal): boolean {
  return (
    one.countsAs === other.countsAs &&
    one.amount === other.amount &&
    one.currency === other.currency &&
    one.createdOn === other.createdOn &&
    one.closedOn === other.closedOn &&
    one.owner === other.owner &&
    one.cell === other.cell &&
    one.cycleDays === other.cycleDays &&
    one.cohort === other.cohort &&
    one.cohortOn === other.cohortOn &&
    reconciledAs(one) === reconciledAs(other) &&
    standingOf(one) === standingOf(other) &&
    one.engagedOn.join() === other.engagedOn.join() &&
    partnersOf(one) === partnersOf(other)
  );
}

const reconciledAs = ({ reconciled }: TalliedDeal) =>
  reconciled && `${reconciled.endedOn}/${reconciled.decided}/${reconciledCell(reconciled)}`;

const partnersOf = ({ partners }: ProjectedDeal) =>
  partners.map(({ id, outcome, disputed }) => `${id}/${outcome}/${disputed}`).join();

/** Adds up what deals bring and take away; lines that come to nothing are not there. */
export class TallyChange {
  private readonly sums = new Map<string, TallyLine>();
  private readonly bring: Emit = (key, deals, amount, squares) => this.move(key, deals, amount, squares);
  private readonly remove: Emit = (key, deals, amount, squares) => this.move(key, -deals, -amount, -squares);

  constructor(private readonly year: FiscalYear) {}

  add(deal: TalliedDeal): void {
    sayLines(deal, this.year, this.bring);
  }

  take(deal: TalliedDeal, year = this.year): void {
    sayLines(deal, year, this.remove);
  }

  /** A deal that was counted one way, or not at all, is counted another. */
  replace(before: TalliedDeal | null, after: TalliedDeal): void {
    if (before && countsAlike(before, after)) return;
    if (before) this.take(before);
    this.add(after);
  }

  lines(): TallyLine[] {
    return [...this.sums.values()].filter(
      ({ deals, amount, squares }) => deals !== 0 || amount !== 0n || squares !== 0n,
    );
  }

  /** Adds to a line, or takes from it. */
  move(key: TallyKey, deals: number, amount: bigint, squares: bigint): void {
    const name = `${key.kind}|${key.month}|${key.countsAs}|${key.currency}|${key.at}|${key.cell}`;
    const known = this.sums.get(name);
    if (!known) {
      this.sums.set(name, { ...key, deals, amount, squares });
      return;
    }
    known.deals += deals;
    if (amount !== 0n) known.amount += amount;
    if (squares !== 0n) known.squares += squares;
  }
}
