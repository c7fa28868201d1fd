// Long: what a backtest says, and the two ways in which deals come to it.
import { type FactsTable, NEVER, NONE } from "../attribution/columns";
import { isCredited } from "../attribution/models";
import type { Outcomes } from "../attribution/outcomes";
import type { PartnerResult, Result } from "../attribution/result";
import {
  DEAL_OUTCOMES,
  DEAL_TYPES,
  GRADES,
  type Grade,
  OUTCOMES,
  type Outcome,
} from "../attribution/vocabulary";
import { dayFromNumber, type Quarter } from "../calendar";
import { sumMinor } from "../money";
import { ColumnSums, type Group, type Line } from "./backtest-columns";
import { classKey } from "./deal-class";
import type { JudgedDeal, NumbersPolicy } from "./judged-deal";
import type { QuarterInput } from "./quarter-input";
import { numbersOrReason, type QuarterNumbers } from "./quarter-numbers";
import { cellKeyOf, QuarterTally } from "./tally";
import type { Undefined } from "./value";

/** Minor units of a currency. Amounts of several currencies stand side by side: no one quarter's rate is theirs. */
export interface Amount {
  amount: number;
  currency: string;
}

/** One cell of the matrix: the deals that go from one outcome to another, or stay. */
export interface Move {
  from: Outcome;
  to: Outcome;
  deals: number;
  amounts: Amount[];
}

/** A partner's credit under one outcome (§5): never added to another outcome's. */
export interface CreditLine {
  outcome: Outcome;
  deals: number;
  amounts: Amount[];
}

export interface PartnerChange {
  partnerId: string;
  before: CreditLine[];
  after: CreditLine[];
  /** Deals on which its own outcome gets better, or worse, in the order of the vocabulary's outcomes. */
  gains: number;
  loses: number;
}

/** Closed deals and how many of them are gray (§8.6). */
export interface GrayShare {
  closed: number;
  gray: number;
}

export interface QuarterComparison {
  /** `YYYY-Qn`. */
  quarter: string;
  /** Deals created or closed in it whose outcome differs. */
  moved: number;
  before: QuarterNumbers | Undefined;
  after: QuarterNumbers | Undefined;
}

/** What a policy would have done, held against another. Source: domain.md §8.8. */
export interface BacktestSummary {
  deals: number;
  moved: number;
  /** Every cell that holds a deal, the unmoved as well, best outcomes first. */
  moves: Move[];
  gray: { before: GrayShare; after: GrayShare };
  /** In order of id; those with credit or a change. */
  partners: PartnerChange[];
  quarters: QuarterComparison[];
}

/** A deal judged twice: its own facts, and what each side made of them. */
export interface Comparison {
  deal: Omit<JudgedDeal, "attribution" | "evidence">;
  before: Result;
  after: Result;
}

/** What a quarter is counted with, apart from its deals; each side has its own policy. */
export interface BacktestQuarter {
  quarter: Quarter;
  costs: QuarterInput["costs"];
  rates: QuarterInput["rates"];
}

export const movedOutcome = ({ before, after }: Comparison) => before.outcome !== after.outcome;

/** Whether a backtest over these quarters is about the deal: created or closed in one of them; all with none. */
export function isAbout(
  { createdOn, closedOn }: Pick<JudgedDeal, "createdOn" | "closedOn">,
  quarters: readonly Quarter[],
): boolean {
  return quarters.length === 0 || quarters.some((quarter) => isIn(quarter, createdOn, closedOn));
}

function isIn({ from, to }: Quarter, createdOn: string, closedOn: string | null): boolean {
  return (createdOn >= from && createdOn <= to) || (closedOn !== null && closedOn >= from && closedOn <= to);
}

/**
 * Adds up deals judged under two policies, one by one; what it keeps grows with partners, outcomes and
 * quarters, never with deals. Deals of no chosen quarter count where their open pipeline does, and nowhere else.
 */
export class Backtest {
  private deals = 0;
  private moved = 0;
  private readonly cells = new Map<string, { from: Outcome; to: Outcome; sums: Sums }>();
  private readonly gray = { before: { closed: 0, gray: 0 }, after: { closed: 0, gray: 0 } };
  private readonly partners = new Map<string, PartnerSums>();
  private columns: ColumnSums;
  /** The currency of all quarters' numbers; undefined without quarters. */
  private readonly reporting: string | undefined;
  private readonly quarters: {
    counting: BacktestQuarter;
    moved: number;
    before: QuarterTally;
    after: QuarterTally;
  }[];

  constructor(
    quarters: readonly BacktestQuarter[],
    private readonly policies: { before: NumbersPolicy; after: NumbersPolicy },
  ) {
    this.quarters = quarters.map((counting) => ({
      counting,
      moved: 0,
      before: new QuarterTally(counting.quarter, counting.rates, false),
      after: new QuarterTally(counting.quarter, counting.rates, false),
    }));
    this.columns = new ColumnSums(quarters.map(({ quarter }) => quarter));
    this.reporting = quarters[0]?.rates.reporting;
  }

  add(comparison: Comparison): void {
    const { deal, before, after } = comparison;
    const moved = movedOutcome(comparison);
    for (const one of this.quarters) {
      one.before.add({ ...deal, attribution: before.outcome, evidence: before.evidence });
      one.after.add({ ...deal, attribution: after.outcome, evidence: after.evidence });
      if (moved && isIn(one.counting.quarter, deal.createdOn, deal.closedOn)) one.moved += 1;
    }
    const chosen = this.quarters.map(({ counting }) => counting.quarter);
    if (!isAbout(deal, chosen)) return;
    this.deals += 1;
    if (moved) this.moved += 1;
    const key = `${before.outcome} ${after.outcome}`;
    const cell = this.cells.get(key) ?? { from: before.outcome, to: after.outcome, sums: new Sums() };
    this.cells.set(key, cell);
    cell.sums.add(deal.amount, deal.currency);
    for (const [side, { gray }] of [["before", before] as const, ["after", after] as const]) {
      if (deal.closedOn === null) continue;
      this.gray[side].closed += 1;
      if (gray.length > 0) this.gray[side].gray += 1;
    }
    this.addPartners(comparison);
  }

  /** Adds the deal at a place of a table, as either side has judged it there: the same as `add`, many times faster. */
  addColumns(table: FactsTable, deal: number, before: Outcomes, after: Outcomes): void {
    this.columns.add(table, deal, before, after);
    const currency = table.words.list[table.currency[deal]!]!;
    if (this.isReporting(currency)) return;
    // Each deal is converted by itself, at the rate of every quarter that counts it (§7).
    const was = dealAt(table, deal, before, currency);
    const is = dealAt(table, deal, after, currency);
    for (const one of this.quarters) {
      one.before.add(was);
      one.after.add(is);
    }
  }

  private isReporting(currency: string): boolean {
    return this.reporting === undefined || this.reporting === currency;
  }

  /** Adds what was gathered by columns to the rest. */
  private settle(): void {
    for (const group of this.columns.list()) this.addGroup(group);
    for (const [partnerId, { gains, loses }] of this.columns.partnerSteps()) {
      const sums = this.partnerSums(partnerId);
      sums.gains += gains;
      sums.loses += loses;
    }
    for (const { partnerId, currency, before, after } of this.columns.partnerLines()) {
      const sums = this.partnerSums(partnerId);
      addLines(sums.before, before, currency);
      addLines(sums.after, after, currency);
    }
    const { closed, grayBefore, grayAfter } = this.columns;
    this.gray.before.closed += closed;
    this.gray.before.gray += grayBefore;
    this.gray.after.closed += closed;
    this.gray.after.gray += grayAfter;
    this.columns = new ColumnSums(this.quarters.map(({ counting }) => counting.quarter));
  }

  private addGroup(group: Group): void {
    const { before: from, after: to, deals, created, closed, currency } = group;
    const moved = from !== to;
    for (const one of this.quarters) {
      const span = this.columns.spans.ofQuarter(one.counting.quarter);
      if (moved && (created === span || closed === span)) one.moved += deals;
      if (!this.isReporting(currency)) continue;
      addGroupTo(one.before, span, group, from, group.beforeEvidence);
      addGroupTo(one.after, span, group, to, group.afterEvidence);
    }
    if (!this.columns.isAbout(created, closed)) return;
    this.deals += deals;
    if (moved) this.moved += deals;
    const key = `${from} ${to}`;
    const cell = this.cells.get(key) ?? { from, to, sums: new Sums() };
    this.cells.set(key, cell);
    cell.sums.add(group.amount, currency, deals);
  }

  summary(): BacktestSummary {
    this.settle();
    const moves = [...this.cells.values()].map(({ from, to, sums }) => ({ from, to, ...sums.read() }));
    moves.sort((one, other) => rank(one.from) - rank(other.from) || rank(one.to) - rank(other.to));
    const partners = [...this.partners].sort(([one], [other]) => (one < other ? -1 : 1));
    return {
      deals: this.deals,
      moved: this.moved,
      moves,
      gray: this.gray,
      partners: partners
        .map(([partnerId, { before, after, gains, loses }]) => ({
          partnerId,
          before: readLines(before),
          after: readLines(after),
          gains,
          loses,
        }))
        .filter(({ before, after, gains, loses }) => before.length + after.length > 0 || gains + loses > 0),
      quarters: this.quarters.map(({ counting, moved, before, after }) => ({
        quarter: counting.quarter.label,
        moved,
        before: numbersOrReason(
          { ...counting, tally: before, policy: this.policies.before },
          counting.quarter,
        ),
        after: numbersOrReason({ ...counting, tally: after, policy: this.policies.after }, counting.quarter),
      })),
    };
  }

  private addPartners({ deal, before, after }: Comparison): void {
    const was = new Map(before.partners.map((partner) => [partner.partnerId, partner]));
    for (const is of after.partners) {
      const sums = this.partnerSums(is.partnerId);
      const step = standing(is.outcome) - standing(was.get(is.partnerId)?.outcome ?? "none");
      if (step < 0) sums.gains += 1;
      else if (step > 0) sums.loses += 1;
      addCredit(sums.after, is, deal.currency);
    }
    for (const partner of before.partners) {
      addCredit(this.partnerSums(partner.partnerId).before, partner, deal.currency);
    }
  }

  private partnerSums(partnerId: string): PartnerSums {
    const known = this.partners.get(partnerId);
    if (known) return known;
    const sums = { before: new Map(), after: new Map(), gains: 0, loses: 0 };
    this.partners.set(partnerId, sums);
    return sums;
  }
}

interface PartnerSums {
  before: Map<Outcome, Sums>;
  after: Map<Outcome, Sums>;
  gains: number;
  loses: number;
}

/** A count and a sum for each currency. */
class Sums {
  private deals = 0;
  private readonly amounts = new Map<string, number>();

  add(amount: number, currency: string, deals = 1): void {
    this.deals += deals;
    this.amounts.set(currency, sumMinor([this.amounts.get(currency) ?? 0, amount]));
  }

  read(): { deals: number; amounts: Amount[] } {
    const amounts = [...this.amounts].map(([currency, amount]) => ({ amount, currency }));
    amounts.sort((one, other) => (one.currency < other.currency ? -1 : 1));
    return { deals: this.deals, amounts };
  }
}

function addCredit(lines: Map<Outcome, Sums>, { credit }: PartnerResult, currency: string): void {
  for (const [outcome, amount] of Object.entries(credit) as [Outcome, number][]) {
    const sums = lines.get(outcome) ?? new Sums();
    lines.set(outcome, sums);
    sums.add(amount, currency);
  }
}

function addLines(sums: Map<Outcome, Sums>, lines: readonly Line[], currency: string): void {
  for (const { outcome, deals, amount } of lines) {
    const known = sums.get(outcome) ?? new Sums();
    sums.set(outcome, known);
    known.add(amount, currency, deals);
  }
}

/** Adds a group to a quarter's tally as one side judged it; `span` is the quarter's. */
function addGroupTo(
  tally: QuarterTally,
  span: number,
  { created, closed, state, hasCycle, type, currency, band, deals, amount, squares, cycles }: Group,
  attribution: Outcome,
  evidence: Grade | null,
): void {
  const key = classKey({ attribution, outcome: state, confirmedBeforeClose: false, hasCycle, evidence });
  if (created === span) tally.count("created", key, deals, amount, squares);
  if (created <= span && closed > span) tally.count("openAtEnd", key, deals, amount, squares);
  if (closed !== span) return;
  tally.count("closed", key, deals, amount, squares);
  for (const [days, times] of cycles) tally.addCycle(cellKeyOf(type, currency, band), key, days, times);
}

/** A deal of a table as numbers know it; who owns it and when it was confirmed is no part of a backtest's. */
function dealAt(table: FactsTable, deal: number, judged: Outcomes, currency: string): JudgedDeal {
  const closedOn = table.closedOn[deal]!;
  const evidence = judged.evidence[deal]!;
  return {
    id: table.dealIds[deal]!,
    amount: table.amount[deal]!,
    currency,
    type: DEAL_TYPES[table.type[deal]!]!,
    route: "direct",
    createdOn: dayFromNumber(table.createdOn[deal]!),
    closedOn: closedOn === NEVER ? null : dayFromNumber(closedOn),
    outcome: DEAL_OUTCOMES[table.state[deal]!]!,
    owner: "",
    confirmedBeforeClose: false,
    attribution: OUTCOMES[judged.outcome[deal]!]!,
    evidence: evidence === NONE ? null : GRADES[evidence]!,
  };
}

function readLines(lines: ReadonlyMap<Outcome, Sums>): CreditLine[] {
  return [...lines]
    .map(([outcome, sums]) => ({ outcome, ...sums.read() }))
    .sort((one, other) => rank(one.outcome) - rank(other.outcome));
}

const rank = (outcome: Outcome) => OUTCOMES.indexOf(outcome);

/** Smaller is better; everything without credit stands alike, whatever a model calls it. */
const standing = (outcome: Outcome) => (isCredited(outcome) ? rank(outcome) : OUTCOMES.length);
