import { AMOUNT_BOUNDS, type AmountBand } from "../attribution/cohort";
import { type FactsTable, NEVER, NONE } from "../attribution/columns";
import { CREDITED } from "../attribution/compiled";
import type { Outcomes } from "../attribution/outcomes";
import {
  DEAL_OUTCOMES,
  DEAL_TYPES,
  type DealOutcome,
  type DealType,
  GRADES,
  type Grade,
  OUTCOMES,
  type Outcome,
} from "../attribution/vocabulary";
import { dayNumber, type Quarter } from "../calendar";
import { minorDigits } from "../money";

/**
 * Deals judged twice, in columns, counted by all that a backtest asks of them: few enough combinations that a million
 * deals are a few thousand groups, which backtest.ts then adds up as it adds deals.
 */

/** What the deals of a group have in common, and what they come to. */
export interface Group {
  before: Outcome;
  beforeEvidence: Grade | null;
  after: Outcome;
  afterEvidence: Grade | null;
  state: DealOutcome;
  hasCycle: boolean;
  type: DealType;
  currency: string;
  band: AmountBand;
  /** Where among the quarters' days they were created and closed (`Spans`). */
  created: number;
  closed: number;
  deals: number;
  amount: number;
  squares: bigint;
  /** How many took how many days; of closed ones that have a cycle. */
  cycles: Map<number, number>;
}

/** A group under way: squares are gathered as a number while they are exact. */
interface Gathering extends Group {
  gathered: number;
}

/** A partner's lines: deals and amounts by outcome, of either side, in one currency. */
export interface PartnerLines {
  partnerId: string;
  currency: string;
  before: Line[];
  after: Line[];
}

export interface Line {
  outcome: Outcome;
  deals: number;
  amount: number;
}

/** The days of some quarters as stretches between their bounds, by number; a deal that is open lies after all of them. */
export class Spans {
  private readonly bounds: number[];
  private readonly first: number;
  private readonly places: Uint8Array;
  readonly after: number;

  constructor(quarters: readonly Quarter[]) {
    const bounds = quarters.flatMap(({ from, to }) => [dayNumber(from), dayNumber(to) + 1]);
    this.bounds = [...new Set(bounds)].sort((one, other) => one - other);
    this.first = this.bounds[0] ?? 0;
    const last = this.bounds.at(-1) ?? 0;
    this.places = new Uint8Array(last - this.first);
    for (let day = this.first; day < last; day++)
      this.places[day - this.first] = this.bounds.filter((bound) => bound <= day).length;
    this.after = this.bounds.length + 1;
  }

  /** The stretch that a day lies in: 0 before all quarters. */
  of(day: number): number {
    if (day === NEVER) return this.after;
    if (day < this.first) return 0;
    return this.places[day - this.first] ?? this.bounds.length;
  }

  /** The stretch that a quarter is. */
  ofQuarter({ from }: Quarter): number {
    return this.of(dayNumber(from));
  }
}

const CREDIT_LINES = 2 * OUTCOMES.length;

/** Adds up deals of tables; what it keeps grows with partners and groups, never with deals. */
export class ColumnSums {
  readonly spans: Spans;
  /** Closed deals that the backtest is about, and how many are gray on either side. */
  closed = 0;
  grayBefore = 0;
  grayAfter = 0;
  private readonly isQuarter: boolean[] = [];
  private readonly groups = new Map<string, Map<number, Gathering>>();
  private readonly partners = new Map<string, Float64Array>();
  private readonly steps = new Map<string, { gains: number; loses: number }>();
  private readonly bounds = new Map<string, readonly number[]>();

  constructor(private readonly quarters: readonly Quarter[]) {
    this.spans = new Spans(quarters);
    for (const quarter of quarters) this.isQuarter[this.spans.ofQuarter(quarter)] = true;
  }

  /** Whether a group's deals, or a deal of these stretches, were created or closed in a quarter; all are without any. */
  isAbout(created: number, closed: number): boolean {
    return this.quarters.length === 0 || this.isQuarter[created] === true || this.isQuarter[closed] === true;
  }

  /** Adds the deal at a place of a table, as either side has judged it there. */
  add(table: FactsTable, deal: number, before: Outcomes, after: Outcomes): void {
    const created = this.spans.of(table.createdOn[deal]!);
    const closed = this.spans.of(table.closedOn[deal]!);
    this.addToGroup(table, deal, before, after, created, closed);
    if (!this.isAbout(created, closed)) return;
    if (table.closedOn[deal] !== NEVER) {
      this.closed += 1;
      if (before.gray[deal] !== 0) this.grayBefore += 1;
      if (after.gray[deal] !== 0) this.grayAfter += 1;
    }
    const currency = table.words.list[table.currency[deal]!]!;
    const end = table.firstPartner[deal + 1]!;
    for (let partner = table.firstPartner[deal]!; partner < end; partner++)
      this.addPartner(table.partnerIds[partner]!, currency, partner, before, after);
  }

  private addToGroup(
    table: FactsTable,
    deal: number,
    before: Outcomes,
    after: Outcomes,
    created: number,
    closed: number,
  ): void {
    const amount = table.amount[deal]!;
    const currency = table.words.list[table.currency[deal]!]!;
    const band = this.bandOf(amount, currency);
    const days = table.closedOn[deal] === NEVER ? -1 : table.closedOn[deal]! - table.createdOn[deal]!;
    const key =
      (((created * (this.spans.after + 1) + closed) * 4096 + codes(before, after, deal)) * 8 +
        (table.state[deal]! * 2 + (days >= 0 ? 1 : 0))) *
        16 +
      (table.type[deal]! * 4 + band);
    let known = this.groups.get(currency);
    if (known === undefined) {
      known = new Map();
      this.groups.set(currency, known);
    }
    let group = known.get(key);
    if (group === undefined) {
      group = groupOf(table, deal, before, after);
      Object.assign(group, { currency, band, created, closed, hasCycle: days >= 0 });
      known.set(key, group);
    }
    group.deals += 1;
    group.amount += amount;
    addSquare(group, amount);
    if (days >= 0) group.cycles.set(days, (group.cycles.get(days) ?? 0) + 1);
  }

  private bandOf(amount: number, currency: string): AmountBand {
    let bounds = this.bounds.get(currency);
    if (bounds === undefined) {
      bounds = AMOUNT_BOUNDS.map((bound) => bound * 10 ** minorDigits(currency));
      this.bounds.set(currency, bounds);
    }
    let band = 0;
    while (band < bounds.length && amount >= bounds[band]!) band += 1;
    return band as AmountBand;
  }

  private addPartner(id: string, currency: string, partner: number, before: Outcomes, after: Outcomes): void {
    const was = before.outcomeOf[partner]!;
    const is = after.outcomeOf[partner]!;
    const key = `${currency}${id}`;
    let lines = this.partners.get(key);
    if (lines === undefined) {
      lines = new Float64Array(2 * CREDIT_LINES);
      this.partners.set(key, lines);
    }
    if (CREDITED[was]) {
      lines[was]! += 1;
      lines[CREDIT_LINES + was]! += before.creditOf[partner]!;
    }
    if (CREDITED[is]) {
      lines[OUTCOMES.length + is]! += 1;
      lines[CREDIT_LINES + OUTCOMES.length + is]! += after.creditOf[partner]!;
    }
    const step = standing(is) - standing(was);
    if (step === 0) return;
    const steps = this.steps.get(id) ?? { gains: 0, loses: 0 };
    this.steps.set(id, steps);
    if (step < 0) steps.gains += 1;
    else steps.loses += 1;
  }

  /** Every group with a deal in it. */
  *list(): Generator<Group> {
    for (const groups of this.groups.values()) {
      for (const group of groups.values()) {
        settleSquares(group);
        yield group;
      }
    }
  }

  *partnerLines(): Generator<PartnerLines> {
    for (const [key, lines] of this.partners) {
      const read = (side: number): Line[] =>
        OUTCOMES.flatMap((outcome, place) => {
          const deals = lines[side + place]!;
          return deals === 0 ? [] : [{ outcome, deals, amount: lines[CREDIT_LINES + side + place]! }];
        });
      yield {
        ...{ partnerId: key.slice(3), currency: key.slice(0, 3) },
        ...{ before: read(0), after: read(OUTCOMES.length) },
      };
    }
  }

  partnerSteps(): ReadonlyMap<string, { gains: number; loses: number }> {
    return this.steps;
  }
}

/** Smaller is better; everything without credit stands alike, whatever a model calls it. */
const standing = (outcome: number) => (CREDITED[outcome] ? outcome : OUTCOMES.length);

/** Outcome and evidence of either side: twelve bits. */
function codes(before: Outcomes, after: Outcomes, deal: number): number {
  const was = before.outcome[deal]! * 4 + (before.evidence[deal]! & 3);
  return was * 64 + after.outcome[deal]! * 4 + (after.evidence[deal]! & 3);
}

function groupOf(table: FactsTable, deal: number, before: Outcomes, after: Outcomes): Gathering {
  const gradeAt = (place: number) => (place === NONE ? null : GRADES[place]!);
  return {
    before: OUTCOMES[before.outcome[deal]!]!,
    beforeEvidence: gradeAt(before.evidence[deal]!),
    after: OUTCOMES[after.outcome[deal]!]!,
    afterEvidence: gradeAt(after.evidence[deal]!),
    state: DEAL_OUTCOMES[table.state[deal]!]!,
    hasCycle: false,
    type: DEAL_TYPES[table.type[deal]!]!,
    ...{ currency: "", band: 0, created: 0, closed: 0, deals: 0, amount: 0, squares: 0n, gathered: 0 },
    cycles: new Map(),
  };
}

/** The largest amount whose square a number holds exactly. */
const EXACT = 94_906_265;

function addSquare(group: Gathering, amount: number): void {
  if (amount > EXACT) {
    group.squares += BigInt(amount) ** 2n;
    return;
  }
  const sum = group.gathered + amount * amount;
  if (Number.isSafeInteger(sum)) {
    group.gathered = sum;
    return;
  }
  settleSquares(group);
  group.gathered = amount * amount;
}

function settleSquares(group: Gathering): void {
  group.squares += BigInt(group.gathered);
  group.gathered = 0;
}
