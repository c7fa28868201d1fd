import { ACTIVITY, type FactsTable, NEVER, NONE } from "./columns";
import { ACTIVITY_TYPES, MODELS } from "./vocabulary";

/**
 * A deal of a table as a line of text: all that judging reads of it, and no more, so that a million of them are read
 * and judged faster than their facts can be copied. Ids of facts and names are left out: nothing depends on them. The
 * cohort's median is no fact of the deal; whoever unpacks sets it.
 *
 * Whole numbers stand in base 32, the least digit first, each digit one character from `0` on, all but the last 32
 * higher. A day is counted from the deal's creation; a word stands with its length before it.
 */

/** How lines are written; of another form they are of another version of the product, and are not read. */
export const PACKED_FORM = 1;

const ZERO = 48;

function digits(value: number): string {
  let text = "";
  let rest = value;
  while (rest >= 32) {
    text += String.fromCharCode(ZERO + 32 + (rest % 32));
    rest = Math.floor(rest / 32);
  }
  return text + String.fromCharCode(ZERO + rest);
}

/** A difference, which may be below zero. */
const signed = (value: number) => digits(unsigned(value));
const unsigned = (value: number) => (value < 0 ? -2 * value - 1 : 2 * value);
const word = (text: string) => digits(text.length) + text;
/** A day as counted from another; 0 is never. */
const dayFrom = (day: number, from: number) => (day === NEVER ? "0" : digits(unsigned(day - from) + 1));

const TYPE_PLACES = new Map<string, number>(ACTIVITY_TYPES.map((type, place) => [type, place + 1]));

/** The deal at that place of a table. */
export function pack(table: FactsTable, deal: number): string {
  const { list } = table.words;
  const created = table.createdOn[deal]!;
  const first = table.firstPartner[deal]!;
  const end = table.firstPartner[deal + 1]!;
  const parts = [
    digits(created),
    dayFrom(table.closedOn[deal]!, created),
    dayFrom(table.firstEngagedOn[deal]!, created),
    digits(table.amount[deal]!),
    word(list[table.currency[deal]!]!),
    digits(table.type[deal]!),
    digits(table.state[deal]!),
    digits(table.dealBits[deal]!),
    digits(end - first),
  ];
  for (let partner = first; partner < end; partner++) packPartner(table, partner, created, parts);
  const facts = table.firstFact[deal + 1]! - table.firstFact[deal]!;
  parts.push(digits(facts));
  for (let at = table.firstFact[deal]!; at < table.firstFact[deal + 1]!; at++) {
    const happened = table.happenedOn[at]!;
    const kinds =
      table.kind[at]! | (table.grade[at]! << 2) | (table.factBits[at]! << 4) | (table.stage[at]! << 8);
    parts.push(
      digits(kinds),
      digits(table.partner[at]! - first),
      signed(happened - created),
      signed(table.recordedOn[at]! - happened),
    );
    if (table.kind[at] === ACTIVITY) parts.push(packType(list[table.what[at]!]!));
  }
  return parts.join("");
}

function packPartner(table: FactsTable, partner: number, created: number, parts: string[]): void {
  parts.push(word(table.partnerIds[partner]!));
  let ruled = 0;
  for (let model = MODELS.length - 1; model >= 0; model--) {
    const outcome = table.ruled[partner * MODELS.length + model]!;
    ruled = ruled * 16 + (outcome === NONE ? 15 : outcome);
  }
  parts.push(digits(NOT_RULED - ruled));
  const end = table.firstMembership[partner + 1]!;
  parts.push(digits(end - table.firstMembership[partner]!));
  for (let at = table.firstMembership[partner]!; at < end; at++) {
    parts.push(word(table.words.list[table.program[at]!]!));
    const from = table.memberFrom[at]!;
    parts.push(from < 0 ? "0" : dayFrom(from, created), dayFrom(table.memberTo[at]!, created));
  }
}

/** No ruling of any model, four bits each. */
const NOT_RULED = 16 ** MODELS.length - 1;

/** A type of the standard menu by its place there, any other as it is written. */
function packType(type: string): string {
  const place = TYPE_PLACES.get(type);
  return place === undefined ? `0${word(type)}` : digits(place);
}

/** Reads packed deals into a table, which thereby has what `FactsTable.add` would have put there. */
export class Unpacking {
  private text = "";
  private at = 0;
  private types: number[] = [];

  constructor(private readonly table: FactsTable) {
    this.types = ACTIVITY_TYPES.map((type) => table.words.codeOf(type));
  }

  /** Adds the deal whose line begins at `from` of a text; gives where it ends. */
  read(id: string, asOf: number, text: string, from: number): number {
    const { table } = this;
    this.text = text;
    this.at = from;
    const deal = table.openDeal(id);
    const created = this.number();
    table.asOf[deal] = asOf;
    table.createdOn[deal] = created;
    table.closedOn[deal] = this.day(created, NEVER);
    table.firstEngagedOn[deal] = this.day(created, NEVER);
    table.amount[deal] = this.number();
    table.currency[deal] = table.words.codeOf(this.word());
    table.type[deal] = this.number();
    table.state[deal] = this.number();
    table.dealBits[deal] = this.number();
    table.medianCycleDays[deal] = Number.NaN;
    const partners = this.number();
    for (let count = 0; count < partners; count++) this.partner(created);
    const first = table.firstPartner[deal]!;
    const facts = this.number();
    for (let count = 0; count < facts; count++) this.fact(first, created);
    table.closeDeal();
    return this.at;
  }

  private partner(created: number): void {
    const { table } = this;
    const partner = table.openPartner(this.word());
    let ruled = NOT_RULED - this.number();
    for (let model = 0; ruled !== NOT_RULED && model < MODELS.length; model++) {
      const outcome = ruled % 16;
      ruled = Math.floor(ruled / 16);
      if (outcome !== 15) table.ruled[partner * MODELS.length + model] = outcome;
    }
    const memberships = this.number();
    for (let count = 0; count < memberships; count++) {
      const program = table.words.codeOf(this.word());
      const from = this.day(created, -1);
      table.addMembership(program, from, this.day(created, NEVER));
    }
  }

  private fact(firstPartner: number, created: number): void {
    const { table } = this;
    const kinds = this.number();
    const kind = kinds & 3;
    const partner = firstPartner + this.number();
    const happened = created + this.signed();
    const recorded = happened + this.signed();
    const at = table.addFact(kind, partner, happened, recorded, (kinds >> 4) & 15);
    table.grade[at] = (kinds >> 2) & 3;
    table.stage[at] = kinds >> 8;
    if (kind !== ACTIVITY) return;
    const type = this.number();
    table.what[at] = type === 0 ? table.words.codeOf(this.word()) : this.types[type - 1]!;
  }

  private number(): number {
    const { text } = this;
    let at = this.at;
    let digit = text.charCodeAt(at++) - ZERO;
    let value = digit & 31;
    for (let weight = 32; digit >= 32; weight *= 32) {
      digit = text.charCodeAt(at++) - ZERO;
      value += (digit & 31) * weight;
    }
    this.at = at;
    return value;
  }

  private signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  private day(created: number, never: number): number {
    const value = this.number();
    if (value === 0) return never;
    const days = value - 1;
    return created + (days % 2 === 1 ? -(days + 1) / 2 : days / 2);
  }

  private word(): string {
    const length = this.number();
    const text = this.text.slice(this.at, this.at + length);
    this.at += length;
    return text;
  }
}
