// Long: every column of a deal stands beside how it is filled and how it grows.
import { dayNumber } from "../calendar";
import type { Day, Facts, PartnerFacts, Ruling, Witness } from "./facts";
import { gradeOf } from "./grade";
import { activityOn, registrationOn, rowOn } from "./known";
import { stageOn } from "./stage";
import { DEAL_OUTCOMES, DEAL_TYPES, GRADES, MODELS, ORIGIN_ROLES, OUTCOMES, type Role } from "./vocabulary";

/**
 * Deals and what is known of them on their `asOf`, in columns of numbers: what the tests of domain.md §4 read, of one
 * deal or of thousands. A day is its number (`dayNumber`), a word its place in `words`. Everything here is a
 * fact; what a policy makes of it is in weighing.ts.
 */

/** Later than any day: of what has not happened. */
export const NEVER = 0x7fffffff;
/** No outcome. */
export const NONE = 0xff;

/** Kinds of fact, in the order in which a deal's facts lie: rows can be excused by an activity (§4 in time). */
export const ACTIVITY = 0;
export const ROLE = 1;
export const REGISTRATION = 2;

/** Bits of a fact. It is whole when proven, confirmed or approved, and open while that may still come. */
export const WHOLE = 1;
export const OPEN = 2;
export const CLAIMS_ORIGIN = 4;
export const DIRECT = 8;

/** Bits of a deal. */
export const RECREATED = 1;
export const MARKETPLACE = 2;
/** Changed after its close, by `asOf`. */
export const AMENDED = 4;
/** A partner and its parent are both on it (§6). */
export const FAMILY = 8;
/** A row names another stage than the deal was at on its day (§6). */
export const CONFLICT = 16;
/** Somebody worked on it at stage 6. */
export const AFTER_SALE = 32;

type Column = Int32Array | Float64Array | Uint8Array;

/** Words by number, and back. */
class Words {
  readonly list: string[] = [];
  private readonly places = new Map<string, number>();

  codeOf(word: string): number {
    const known = this.places.get(word);
    if (known !== undefined) return known;
    this.places.set(word, this.list.length);
    return this.list.push(word) - 1;
  }
}

export class FactsTable {
  /** Currencies, activity types and programs. */
  readonly words = new Words();

  deals = 0;
  readonly dealIds: string[] = [];
  asOf = new Int32Array(4);
  amount = new Float64Array(4);
  currency = new Int32Array(4);
  /** Place in `DEAL_TYPES`. */
  type = new Uint8Array(4);
  /** Place in `DEAL_OUTCOMES`. */
  state = new Uint8Array(4);
  createdOn = new Int32Array(4);
  /** `NEVER` while it is open. */
  closedOn = new Int32Array(4);
  firstEngagedOn = new Int32Array(4);
  dealBits = new Uint8Array(4);
  /** NaN when it is unknown. */
  medianCycleDays = new Float64Array(4);
  /** Where the partners and facts of a deal begin; those of the next one are their end. */
  firstPartner = new Int32Array(5);
  firstFact = new Int32Array(5);

  partners = 0;
  /** Those of a deal in order of id, by code unit. */
  readonly partnerIds: string[] = [];
  /** Of its roles, registrations and activities; `NEVER` where a ruling alone names it. */
  firstDay = new Int32Array(4);
  /** Of its latest ruling for each model (§5), four a partner: place in `OUTCOMES`, or `NONE`. */
  ruled = new Uint8Array(4 * MODELS.length);
  readonly rulingIds: string[] = [];
  /** Where its memberships begin. */
  firstMembership = new Int32Array(5);

  memberships = 0;
  program = new Int32Array(4);
  memberFrom = new Int32Array(4);
  memberTo = new Int32Array(4);

  facts = 0;
  readonly factIds: string[] = [];
  kind = new Uint8Array(8);
  partner = new Int32Array(8);
  /** Touched, submitted or occurred. */
  happenedOn = new Int32Array(8);
  recordedOn = new Int32Array(8);
  /** The row's touch stage, the activity's, or the deal's on the day of a registration. */
  stage = new Uint8Array(8);
  /** Of an activity: its type. */
  what = new Int32Array(8);
  factBits = new Uint8Array(8);
  /** Place in `GRADES`. */
  grade = new Uint8Array(8);

  /** Forgets the deals; words stay. */
  clear(): void {
    this.deals = 0;
    this.partners = 0;
    this.memberships = 0;
    this.facts = 0;
  }

  /** Adds the deal of a document. Both ways of adding leave the same columns (packed.ts). */
  add(facts: Facts): void {
    const { asOf, deal, cohort } = facts;
    const at = this.openDeal(deal.id);
    this.asOf[at] = dayNumber(asOf);
    this.amount[at] = deal.amount;
    this.currency[at] = this.words.codeOf(deal.currency);
    this.type[at] = DEAL_TYPES.indexOf(deal.type);
    this.state[at] = DEAL_OUTCOMES.indexOf(deal.outcome);
    this.createdOn[at] = dayNumber(deal.createdOn);
    this.closedOn[at] = dayOrNever(deal.closedOn);
    this.firstEngagedOn[at] = dayOrNever(deal.firstEngagedOn);
    this.medianCycleDays[at] = cohort.medianCycleDays ?? Number.NaN;
    let bits = 0;
    if (deal.recreatedFrom !== null) bits |= RECREATED;
    if (deal.route === "marketplace") bits |= MARKETPLACE;
    if (deal.amendedOn !== null && deal.amendedOn <= asOf) bits |= AMENDED;
    bits |= this.addFacts(facts);
    const { rulings } = facts;
    for (const one of rulings) if (one.decidedOn <= asOf) this.partnerAt(one.partnerId);
    const first = this.firstPartner[at]!;
    if (this.partners - first > 1) this.sortPartners(at);
    if (rulings.length > 0) this.addRulings(rulings, asOf, first);
    if (this.partners > first && this.addPartners(facts.partners, first)) bits |= FAMILY;
    this.dealBits[at] = bits;
    this.closeDeal();
  }

  openDeal(id: string): number {
    const at = this.deals;
    if (at === this.amount.length) this.growDeals();
    this.dealIds[at] = id;
    this.firstPartner[at] = this.partners;
    this.firstFact[at] = this.facts;
    return at;
  }

  closeDeal(): void {
    this.deals += 1;
    this.firstPartner[this.deals] = this.partners;
    this.firstFact[this.deals] = this.facts;
    this.firstMembership[this.partners] = this.memberships;
  }

  openPartner(id: string): number {
    const at = this.partners++;
    if (at === this.firstDay.length) this.growPartners();
    this.partnerIds[at] = id;
    this.firstDay[at] = NEVER;
    this.ruled.fill(NONE, at * MODELS.length, (at + 1) * MODELS.length);
    this.firstMembership[at] = this.memberships;
    return at;
  }

  addMembership(program: number, from: number, to: number): void {
    const at = this.memberships++;
    if (at === this.program.length) this.growMemberships();
    this.program[at] = program;
    this.memberFrom[at] = from;
    this.memberTo[at] = to;
  }

  addFact(kind: number, partner: number, happenedOn: number, recordedOn: number, bits: number): number {
    const at = this.facts++;
    if (at === this.kind.length) this.growFacts();
    this.kind[at] = kind;
    this.partner[at] = partner;
    this.happenedOn[at] = happenedOn;
    this.recordedOn[at] = recordedOn;
    this.factBits[at] = bits;
    if (happenedOn < this.firstDay[partner]!) this.firstDay[partner] = happenedOn;
    return at;
  }

  /** What is known on `asOf` (§4); gives the bits of the deal that it shows. */
  private addFacts({ asOf, stages, activities, roles, registrations }: Facts): number {
    let bits = 0;
    for (const one of activities) {
      const known = activityOn(one, asOf);
      if (known === null) continue;
      const has = (known.proof === null ? OPEN : WHOLE) | (known.involvement === "direct" ? DIRECT : 0);
      const at = this.addDated(ACTIVITY, known, known.occurredOn, has);
      this.stage[at] = known.stage;
      this.what[at] = this.words.codeOf(known.type);
      if (known.stage === 6) bits |= AFTER_SALE;
    }
    for (const one of roles) {
      const known = rowOn(one, asOf);
      if (known === null) continue;
      const has =
        (known.confirmedOn === null ? OPEN : WHOLE) | (claimsOrigin(known.role) ? CLAIMS_ORIGIN : 0);
      const at = this.addDated(ROLE, known, known.touchedOn, has);
      this.stage[at] = known.touchStage;
      if (known.touchStage !== stageOn(stages, known.touchedOn)) bits |= CONFLICT;
    }
    for (const one of registrations) {
      const known = registrationOn(one, asOf);
      if (known === null) continue;
      const has = known.status === "approved" ? WHOLE : known.status === "pending" ? OPEN : 0;
      const at = this.addDated(REGISTRATION, known, known.submittedOn, has | CLAIMS_ORIGIN);
      this.stage[at] = stageOn(stages, known.submittedOn);
    }
    return bits;
  }

  private addDated(
    kind: number,
    { id, partnerId, recordedOn, source, secondHandOn }: Dated,
    happenedOn: Day,
    bits: number,
  ): number {
    const happened = dayNumber(happenedOn);
    const recorded = recordedOn === happenedOn ? happened : dayNumber(recordedOn);
    const at = this.addFact(kind, this.partnerAt(partnerId), happened, recorded, bits);
    this.factIds[at] = id;
    this.grade[at] = GRADES.indexOf(gradeOf({ source, secondHandOn }));
    return at;
  }

  /** The partner of the deal that is being added. */
  private partnerAt(id: string): number {
    for (let at = this.firstPartner[this.deals]!; at < this.partners; at++)
      if (this.partnerIds[at] === id) return at;
    return this.openPartner(id);
  }

  private sortPartners(deal: number): void {
    const first = this.firstPartner[deal]!;
    const ids = this.partnerIds.slice(first, this.partners);
    const sorted = ids.toSorted((one, other) => (one < other ? -1 : 1));
    if (ids.every((id, place) => id === sorted[place])) return;
    const days = this.firstDay.slice(first, this.partners);
    for (const [place, id] of sorted.entries()) {
      this.partnerIds[first + place] = id;
      this.firstDay[first + place] = days[ids.indexOf(id)]!;
    }
    for (let at = this.firstFact[deal]!; at < this.facts; at++)
      this.partner[at] = first + sorted.indexOf(ids[this.partner[at]! - first]!);
  }

  /** Of a partner's rulings for a model the latest, by day, then by id (§5). */
  private addRulings(rulings: readonly Ruling[], asOf: Day, first: number): void {
    const latest = new Map<number, Ruling>();
    for (const one of rulings) {
      if (one.decidedOn > asOf) continue;
      const partner = this.partnerIds.indexOf(one.partnerId, first);
      const place = partner * MODELS.length + MODELS.indexOf(one.model);
      const known = latest.get(place);
      const isLater =
        known === undefined ||
        one.decidedOn > known.decidedOn ||
        (one.decidedOn === known.decidedOn && one.id > known.id);
      if (!isLater) continue;
      latest.set(place, one);
      this.ruled[place] = OUTCOMES.indexOf(one.outcome);
      this.rulingIds[place] = one.id;
    }
  }

  /** The programs of the partners on the deal; whether one of them is another's parent. */
  private addPartners(partners: readonly PartnerFacts[], first: number): boolean {
    let family = false;
    for (let at = first; at < this.partners; at++) {
      this.firstMembership[at] = this.memberships;
      const id = this.partnerIds[at];
      for (const known of partners) {
        if (known.id !== id) continue;
        for (const { name, from, to } of known.programs)
          this.addMembership(this.words.codeOf(name), from === null ? -1 : dayNumber(from), dayOrNever(to));
        if (known.parentId !== null && this.isOnDeal(known.parentId, first)) family = true;
        break;
      }
    }
    return family;
  }

  private isOnDeal(id: string, first: number): boolean {
    for (let at = first; at < this.partners; at++) if (this.partnerIds[at] === id) return true;
    return false;
  }

  private growDeals(): void {
    this.asOf = grown(this.asOf);
    this.amount = grown(this.amount);
    this.currency = grown(this.currency);
    this.type = grown(this.type);
    this.state = grown(this.state);
    this.createdOn = grown(this.createdOn);
    this.closedOn = grown(this.closedOn);
    this.firstEngagedOn = grown(this.firstEngagedOn);
    this.dealBits = grown(this.dealBits);
    this.medianCycleDays = grown(this.medianCycleDays);
    this.firstPartner = grown(this.firstPartner);
    this.firstFact = grown(this.firstFact);
  }

  private growPartners(): void {
    this.firstDay = grown(this.firstDay);
    this.ruled = grown(this.ruled);
    this.firstMembership = grown(this.firstMembership);
  }

  private growMemberships(): void {
    this.program = grown(this.program);
    this.memberFrom = grown(this.memberFrom);
    this.memberTo = grown(this.memberTo);
  }

  private growFacts(): void {
    this.kind = grown(this.kind);
    this.partner = grown(this.partner);
    this.happenedOn = grown(this.happenedOn);
    this.recordedOn = grown(this.recordedOn);
    this.stage = grown(this.stage);
    this.what = grown(this.what);
    this.factBits = grown(this.factBits);
    this.grade = grown(this.grade);
  }
}

interface Dated extends Witness {
  id: string;
  partnerId: string;
  recordedOn: Day;
}

/** Whether a row of that role claims the deal's origin (§4). */
function claimsOrigin(role: Role): boolean {
  return (ORIGIN_ROLES as readonly Role[]).includes(role);
}

function dayOrNever(day: Day | null): number {
  return day === null ? NEVER : dayNumber(day);
}

function grown<C extends Column>(column: C): C {
  const larger = new (column.constructor as new (length: number) => C)(column.length * 2);
  larger.set(column);
  return larger;
}
