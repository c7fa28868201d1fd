import type { Known } from "./known";

/** Whom or what a name in a text may mean. */
export interface Ref {
  kind: "partner" | "account" | "own";
  /** Of the partner or account; of one's own people, nothing. */
  id: string;
  /** The person of the partner that was named. */
  contact?: string;
  /** A first name or the like: it means them only where something else tells of them. */
  weak?: boolean;
}

/** A name at a place in a text; several refs where it is the name of several. */
export interface Mention {
  at: number;
  end: number;
  refs: readonly Ref[];
}

interface Word {
  text: string;
  at: number;
  end: number;
  capital: boolean;
}

interface Entry {
  words: readonly string[];
  refs: Ref[];
  /** Part of a name: it is one only with a capital letter. */
  short: boolean;
}

/** Of a name, what is not said every time. */
const LEGAL = new Set(
  "inc incorporated corp corporation co company ltd limited llc llp lp plc gmbh ag kg se sa sas sarl bv nv ab aps oy spa srl pty pte kk group holding holdings".split(
    " ",
  ),
);
/** First words of names that are words of every day, too: alone they name nobody. */
const EVERYDAY = new Set(
  "the a an all any best big black blue bright central city clear cloud common data deep digital direct east eastern energy fast first fresh general global gold golden good grand great green health high home house human international just key life light local main market media modern national new next north northern old one open our paper partner partners people pacific plain prime pro public pure quick rapid real red royal safe sales security service services silver simple smart social solid south southern standard star strong summit sun super system systems team tech total trade true trust united universal urban value west western white wide wise world young mark will may grace rose faith hope art bill".split(
    " ",
  ),
);
const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Small letters without their marks: `Håle` is `hale`. */
export function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/æ/g, "ae")
    .replace(/ł/g, "l")
    .replace(/đ/g, "d");
}

function wordsIn(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(({ 0: word, index }) => ({
    text: plain(word),
    at: index,
    end: index + word.length,
    // A script without capitals has none to ask for.
    capital: word[0] !== word[0]!.toLowerCase() || word[0] === word[0]!.toUpperCase(),
  }));
}

const wordsOf = (name: string) => wordsIn(name).map(({ text }) => text);

/** A name without "The" before and "GmbH" behind it. */
function coreOf(words: readonly string[]): readonly string[] {
  let core = words[0] === "the" && words.length > 1 ? words.slice(1) : words;
  while (core.length > 1 && LEGAL.has(core[core.length - 1]!)) core = core.slice(0, -1);
  return core;
}

/** The names that a company knows, to be found in texts and addresses. */
export class Names {
  readonly #entries = new Map<string, Map<string, Entry>>();
  readonly #unspaced: { name: string; ref: Ref }[] = [];

  constructor(known: Known) {
    for (const { id, name } of known.accounts) this.#company(name, { kind: "account", id });
    for (const { id, name, contacts } of known.partners) {
      this.#company(name, { kind: "partner", id });
      for (const contact of contacts)
        this.#person(contact.name, { kind: "partner", id, contact: contact.name });
    }
    for (const { name } of known.own) this.#person(name, { kind: "own", id: "" });
  }

  /** Whom a name of a company's own may mean, written as one word as in an address: `northgate`, `paper-lantern`. */
  squashed(label: string): readonly Ref[] {
    const wanted = plain(label).replace(/[^\p{L}\p{N}]+/gu, "");
    return (this.#squashed().get(wanted) ?? []).filter(({ contact, kind }) => !contact && kind !== "own");
  }

  #kept: Map<string, Ref[]> | undefined;
  #squashed(): Map<string, Ref[]> {
    if (this.#kept) return this.#kept;
    const all = [...this.#entries.values()].flatMap((entries) => [...entries.values()]);
    this.#kept = new Map(all.map(({ words, refs }) => [words.join(""), refs]));
    return this.#kept;
  }

  /** The names in a text, the longest at each place. */
  in(text: string): Mention[] {
    const found: Mention[] = [];
    const words = wordsIn(text);
    for (let at = 0; at < words.length; at++) {
      const entry = this.#longest(words, at);
      if (!entry) continue;
      const last = words[at + entry.words.length - 1]!;
      found.push({ at: words[at]!.at, end: last.end, refs: entry.refs });
      at += entry.words.length - 1;
    }
    for (const { name, ref } of this.#unspaced)
      for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
        found.push({ at, end: at + name.length, refs: [ref] });
    return found.sort((a, b) => a.at - b.at);
  }

  #longest(words: readonly Word[], at: number): Entry | null {
    let longest: Entry | null = null;
    for (const entry of this.#entries.get(words[at]!.text)?.values() ?? []) {
      if (longest && entry.words.length <= longest.words.length) continue;
      if (entry.words.some((word, off) => words[at + off]?.text !== word)) continue;
      if ((entry.short || entry.words.length === 1) && !words[at]!.capital) continue;
      longest = entry;
    }
    return longest;
  }

  #company(name: string, ref: Ref): void {
    if (NO_SPACES.test(name)) this.#unspaced.push({ name, ref });
    const whole = wordsOf(name);
    const core = coreOf(whole);
    this.#add(whole, ref, false);
    this.#add(core, ref, false);
    for (let length = core.length - 1; length > 0; length--) {
      const part = core.slice(0, length);
      if (length > 1 || (part[0]!.length >= 4 && !EVERYDAY.has(part[0]!))) this.#add(part, ref, true);
    }
  }

  #person(name: string, ref: Ref): void {
    const words = wordsOf(name);
    if (words.length > 1) this.#add(words, ref, false);
    if (words[0] && words[0].length > 1) this.#add(words.slice(0, 1), { ...ref, weak: true }, true);
    // "Hale, Sunniva", as directories write it.
    if (words.length === 2) this.#add([words[1]!, words[0]!], ref, false);
  }

  /** A whole name takes its words from those of whom they are a part. */
  #add(words: readonly string[], ref: Ref, short: boolean): void {
    const [first] = words;
    if (!first) return;
    const entries = this.#entries.get(first) ?? new Map<string, Entry>();
    this.#entries.set(first, entries);
    const key = words.join(" ");
    const known = entries.get(key);
    if (!known || (known.short && !short)) entries.set(key, { words, refs: [ref], short });
    else if (known.short === short && !known.refs.some((one) => one.id === ref.id && one.kind === ref.kind))
      known.refs.push(ref);
  }
}
