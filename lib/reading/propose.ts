import type { MenuEntry } from "@/lib/attribution/menu";
import type { Involvement } from "@/lib/attribution/vocabulary";
import { type Act, actsOf } from "./acts";
import { Addresses } from "./addresses";
import { type DayWords, daysIn } from "./day-words";
import { Deals } from "./deals";
import { type Heard, heardElsewhere, heardIn } from "./heard";
import type { Known, Proposal } from "./known";
import { Names } from "./names";
import { elsewhere } from "./other-languages";
import { sentencesOf } from "./sentences";
import type { Source } from "./source";
import {
  type Context,
  foundIn,
  lastNamed,
  mentioned,
  nearest,
  only,
  onlyOne,
  sure,
  type Told,
  toldIn,
} from "./told";
import { doerOf, hasAHand } from "./whose";

/** Reads sources against what a company knows. Rules over words and names; where they leave two, it says nothing. */
export class Reader {
  readonly #known: Known;
  readonly #names: Names;
  readonly #addresses: Addresses;
  readonly #acts: readonly Act[];
  readonly #menu: ReadonlyMap<string, MenuEntry>;
  readonly #deals: Deals;

  constructor(known: Known) {
    this.#known = known;
    this.#names = new Names(known);
    this.#addresses = new Addresses(known, this.#names);
    this.#acts = actsOf(known.menu);
    this.#menu = new Map(known.menu.map((entry) => [entry.type, entry]));
    this.#deals = new Deals(known.deals);
  }

  /** What the sources propose, in order of telling; the same act told twice once. */
  propose(sources: readonly Source[]): Proposal[] {
    const all = sources.flatMap((source) => this.#read(source));
    return all
      .filter(
        (one, at) => !all.some((other, before) => before !== at && isToldBetter(other, before, one, at)),
      )
      .map(({ proposal }) => proposal);
  }

  #read(source: Source): Candidate[] {
    const people = source.people.map((person) => this.#addresses.of(person));
    const title = mentioned(this.#names.in(source.title), null);
    const around = foundIn(people.flat());
    const present = new Set([...around.ids.partner, ...title.partners.ids]);
    const told = source.passages.flatMap((passage) =>
      sentencesOf(passage.text).map((sentence) =>
        toldIn(sentence, passage, this.#names.in(sentence.text), present),
      ),
    );
    const text = [source.title, ...told.map((sentence) => sentence.text)].join("\n");
    const context = { title, around, told, text, language: elsewhere(text) };
    const candidates: Candidate[] = [];
    for (const [index, sentence] of told.entries()) {
      const candidate = this.#sentence(sentence, index, context);
      if (candidate) candidates.push(candidate);
      // What was held is said by its title; the lines below it are of the same hour.
      if (candidate && sentence.passage.kind === "event") break;
    }
    return candidates;
  }

  #sentence(told: Told, index: number, context: Context): Candidate | null {
    const heard = heardIn(told, this.#acts) ?? heardElsewhere(told, this.#acts, context.language);
    if (!heard) return null;
    // There "we" and "they" are not read: whoever did it is named.
    if (heard.elsewhere && told.passage.kind !== "event" && sure(told.partners, context).length === 0)
      return null;
    const { passage, masked: text } = told;
    const speaker = passage.by ? foundIn(this.#addresses.of(passage.by)) : null;
    const speaks = speaker && speaker.ids.partner.size === 1 ? [...speaker.ids.partner][0]! : null;
    const doer = passage.kind === "event" ? null : doerOf(text, heard.doing, speaks !== null);
    const partnerId = this.#partner(told, index, context, heard, doer, speaks);
    if (!partnerId) return null;
    const accountId = this.#account(told, index, context, partnerId);
    if (!accountId) return null;
    const said = this.#day(told, heard, context, index);
    if (said === "to come") return null;
    const deal = this.#deals.of(accountId, partnerId, said.day, context.text);
    const contact =
      told.partners.contacts.get(partnerId) ??
      (speaks === partnerId ? speaker?.contacts.get(partnerId) : undefined) ??
      context.around.contacts.get(partnerId) ??
      null;
    const type = heard.act.type;
    const involvement = involvementOf(this.#menu.get(type)!, text);
    const proposal = {
      dealId: deal,
      accountId,
      partnerId,
      contact,
      type,
      occurredOn: said.day,
      involvement,
      quote: told.text,
    };
    return { proposal, dated: said.named, weight: heard.weight };
  }

  #partner(
    told: Told,
    index: number,
    context: Context,
    { at, end, doing, byItself, act: { directed } }: Heard,
    doer: ReturnType<typeof doerOf>,
    speaks: string | null,
  ): string | null {
    const { partners, masked: text, passage } = told;
    const named = sure(partners, context);
    if (named.length > 1) return null;
    if (passage.kind === "event")
      return named[0] ?? only(context.title.partners, context) ?? onlyOne(context.around.ids.partner);
    if (named[0]) {
      // "We did it with Northgate", a partner writes: two did.
      if (doer === "speaker" && speaks !== named[0]) return null;
      return hasAHand(text, { at: Math.min(at, doing), end }, doer, directed) ? named[0] : null;
    }
    if (doer === "partner" || doer === "speaker") return speaks;
    const near = nearest(context.told.slice(0, index), told, "partners");
    if (doer === "they") {
      const last = lastNamed(context.told.slice(0, index));
      return last === "partner" ? near : last === null ? this.#somebody(context) : null;
    }
    // Nobody does it: "let us know" is asked of somebody.
    if (doer === "customer" || (doer === null && directed && byItself && !THANKS.test(text))) return null;
    const together = /\b(?:joint|jointly|together|both teams|co-\w+|with you|you(?:r team)?)\b/iu.test(text);
    if (doer === "own" && !together) return null;
    return near ?? this.#somebody(context);
  }

  /** The one partner that a whole text is about. */
  #somebody({ title, around, told }: Context): string | null {
    const all = new Set([
      ...title.partners.ids,
      ...around.ids.partner,
      ...told.flatMap(({ partners }) => [...partners.ids]),
    ]);
    return onlyOne(all);
  }

  #account(told: Told, index: number, context: Context, partnerId: string): string | null {
    const levels = [
      told.accounts,
      ...context.told
        .slice(0, index)
        .reverse()
        .map(({ accounts }) => accounts),
      context.title.accounts,
      { ids: context.around.ids.account, contacts: new Map(), unsure: [] },
      ...context.told.slice(index + 1).map(({ accounts }) => accounts),
    ];
    for (const level of levels) {
      if (level.ids.size === 1 && (level.unsure.length === 0 || level === told.accounts))
        return onlyOne(level.ids);
      if (level.ids.size > 1) return this.#ofPartner([...level.ids], partnerId);
      if (level.unsure.length > 0) {
        const meant = level.unsure.map((ids) => this.#settled(ids, context, partnerId));
        return onlyOne(new Set(meant.filter((id) => id !== null)));
      }
    }
    return null;
  }

  /** Which of several customers a shared name means: the one that the rest tells of, or on whose deal the partner is. */
  #settled(ids: readonly string[], { title, around, told }: Context, partnerId: string): string | null {
    const elsewhere = new Set([
      ...title.accounts.ids,
      ...around.ids.account,
      ...told.flatMap(({ accounts }) => [...accounts.ids]),
    ]);
    return onlyOne(new Set(ids.filter((id) => elsewhere.has(id)))) ?? this.#ofPartner(ids, partnerId);
  }

  #ofPartner(ids: readonly string[], partnerId: string): string | null {
    return onlyOne(new Set(ids.filter((id) => this.#deals.have(id, partnerId))));
  }

  #day(told: Told, { doing }: Heard, { told: all, language }: Context, index: number) {
    const { passage, text, masked: blotted } = told;
    const { today } = this.#known;
    if (passage.kind === "event")
      return passage.day && passage.day > today ? ("to come" as const) : { day: passage.day, named: true };
    const near = (days: readonly DayWords[], at: number) =>
      [...days].sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
    const latest = passage.day ?? today;
    // Without its names: of "27 Amara" a clock would read the morning.
    const named = daysIn(blotted, passage.day, language);
    const past = named.filter(({ day }) => day === null || (day <= latest && day <= today));
    const words = near(past, doing);
    if (words) return { day: words.day, named: words.day !== null };
    if (named.length > 0) return "to come" as const;
    const before = all[index - 1];
    if (
      before?.paragraph === told.paragraph &&
      before.passage === passage &&
      /\b(?:there|then|in it|that (?:day|meeting|call|session)|same (?:day|meeting|call))\b/i.test(text)
    ) {
      const carried = daysIn(before.masked, passage.day, language).filter(
        ({ day }) => day !== null && day <= latest,
      );
      if (carried.length === 1) return { day: carried[0]!.day, named: true };
    }
    return { day: passage.day && passage.day <= today ? passage.day : null, named: false };
  }
}

interface Candidate {
  proposal: Proposal;
  /** Whether its words name the day. */
  dated: boolean;
  weight: number;
}

/** Whether `one` is told by `other` already: the same act, of the same day, or without a day of its own. */
function isToldBetter(other: Candidate, before: number, one: Candidate, at: number): boolean {
  const [a, b] = [other.proposal, one.proposal];
  if (a.accountId !== b.accountId || a.partnerId !== b.partnerId || a.type !== b.type) return false;
  if (other.dated !== one.dated) return other.dated;
  return a.occurredOn === b.occurredOn && before < at;
}

const THANKS = /\b(?:thanks?|thank you|grateful|appreciated?)\b|\b(?:was|were|got|been)\b/iu;

/** What the type usually is, unless the words say how. */
function involvementOf({ involvement }: MenuEntry, text: string): Involvement {
  if (/\b(?:behind the scenes|in the background|from the sidelines)\b/i.test(text)) return "supportive";
  return /\b(?:in the room|on[- ]site|side by side)\b/i.test(text) ? "direct" : involvement;
}
