import type { Day } from "../attribution/facts";
import { CLOSING_STAGES, type ProjectedDeal } from "./projected-deal";

/**
 * How a deal is written into the stored tallies: a handful of lines, each "one more of this kind". A fiscal
 * quarter is three calendar months, so lines are kept by month and hold under any fiscal year.
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
] as const;
export type TallyKind = (typeof TALLY_KINDS)[number];

/** What tells one line from another. */
export interface TallyKey {
  kind: TallyKind;
  /** First day of the month; `NO_MONTH` for kinds that know none. */
  month: Day;
  countsAs: string;
  cell: string;
  currency: string;
  /** Of `days` and `cells` a number of days, of `sizes` a bucket; else null. */
  at: number | null;
}

export interface TallyLine extends TallyKey {
  deals: number;
  /** Minor units of `currency`, and their squares: exact, however many. */
  amount: bigint;
  squares: bigint;
}

export const NO_MONTH: Day = "0001-01-01";

const monthOf = (day: Day): Day => `${day.slice(0, 8)}01`;
const later = (one: Day, other: Day): Day => (one > other ? one : other);

/** How a deal stands, as lists filter by it: stage, whether it is disputed, whether it is confirmed. */
export function standingOf({ stage, disputed, confirmed }: Omit<Standing, "deals">): string {
  return `${stage}/${disputed ? "disputed" : "agreed"}/${confirmed ? "confirmed" : "unconfirmed"}`;
}

export interface Standing {
  stage: number;
  disputed: boolean;
  confirmed: boolean;
}

/** The inverse of `standingOf`. */
export function readStanding(cell: string): Standing {
  const [stage, disputed, confirmed] = cell.split("/");
  return { stage: Number(stage), disputed: disputed === "disputed", confirmed: confirmed === "confirmed" };
}

export const isClosingSoon = (state: ProjectedDeal["outcome"], stage: number) =>
  state === "open" && (CLOSING_STAGES as readonly number[]).includes(stage);

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

/** The lines of one deal. */
export function linesOf(deal: ProjectedDeal): TallyLine[] {
  const { countsAs, currency, amount, createdOn, closedOn } = deal;
  const sums = { deals: 1, amount: BigInt(amount), squares: BigInt(amount) ** 2n };
  const line = (kind: TallyKind, month: Day, more: Partial<TallyLine> = {}): TallyLine => ({
    ...{ kind, month, countsAs, cell: "", currency, at: null },
    ...sums,
    ...more,
  });
  const count = { amount: 0n, squares: 0n };
  const created = monthOf(createdOn);
  const closed = closedOn === null ? null : monthOf(closedOn);
  const left = closed === null ? null : later(created, closed);
  const lines = [
    line("created", created),
    line("standing", NO_MONTH, { cell: standingOf(deal) }),
    line("owners", NO_MONTH, { cell: deal.owner, countsAs: "", currency: "", ...count }),
  ];
  if (left !== created) lines.push(line("open", created));
  if (left !== null && left !== created)
    lines.push(line("open", left, { deals: -1, amount: -sums.amount, squares: -sums.squares }));
  if (closed !== null) {
    lines.push(line("closed", closed), line("sizes", closed, { at: sizeBucket(amount), ...count }));
    if (deal.cycleDays !== null) {
      lines.push(line("days", closed, { currency: "", at: deal.cycleDays, ...count }));
      lines.push(line("cells", closed, { currency: "", cell: deal.cell, at: deal.cycleDays, ...count }));
    }
  }
  for (const day of deal.engagedOn) {
    const month = monthOf(day);
    const cell = spanOf(created > month ? created : "", left ?? "");
    lines.push(line("engaged", month, { currency: "", cell, ...count }));
  }
  const named = new Map(deal.partners.map((partner) => [partner.id, partner]));
  for (const { id, outcome, disputed } of named.values()) {
    const countsAs = disputed === null ? outcome : `${outcome}/disputed`;
    lines.push(line("partners", NO_MONTH, { cell: id, countsAs, currency: "", ...count }));
  }
  return lines;
}

/** Adds up what deals bring and take away; lines that come to nothing are not there. */
export class TallyChange {
  private readonly sums = new Map<string, TallyLine>();

  add(deal: ProjectedDeal): void {
    for (const line of linesOf(deal)) this.move(line, 1);
  }

  take(deal: ProjectedDeal): void {
    for (const line of linesOf(deal)) this.move(line, -1);
  }

  lines(): TallyLine[] {
    return [...this.sums.values()].filter(
      ({ deals, amount, squares }) => deals !== 0 || amount !== 0n || squares !== 0n,
    );
  }

  /** Adds a line, or takes it away. */
  move(line: TallyLine, sign: 1 | -1): void {
    const { kind, month, countsAs, cell, currency, at } = line;
    const key = `${kind}|${month}|${countsAs}|${currency}|${at ?? ""}|${cell}`;
    const known = this.sums.get(key);
    const by = {
      deals: sign * line.deals,
      amount: BigInt(sign) * line.amount,
      squares: BigInt(sign) * line.squares,
    };
    if (!known) this.sums.set(key, { ...line, ...by });
    else {
      known.deals += by.deals;
      known.amount += by.amount;
      known.squares += by.squares;
    }
  }
}
