/** One thing that a field can find by its name. */
export interface Found {
  id: string;
  name: string;
  /** What tells it from others of its name: an account, a kind, a day. */
  detail?: string;
  /** What else it answers to: the id of a deal, a currency's code. */
  also?: readonly string[];
  /** Found by its name alone, and never among those that are shown unasked. */
  unlisted?: boolean;
}

/** As names are compared: case, accents and blanks around or doubled say nothing. */
const plain = (text: string) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

/** How well a thing answers to a plain text: 0 by its whole name, up to 3 anywhere in it; null when not at all. */
function rankOf({ name, also = [] }: Found, wanted: string): number | null {
  const names = [name, ...also].map(plain);
  if (names.includes(wanted)) return 0;
  if (names.some((one) => one.startsWith(wanted))) return 1;
  if (names.some((one) => one.includes(` ${wanted}`))) return 2;
  return names.some((one) => one.includes(wanted)) ? 3 : null;
}

/** Those that answer to a text, the nearest first and otherwise in the order given; all that are listed to a blank one. */
export function matching<One extends Found>(items: readonly One[], text: string): readonly One[] {
  const wanted = plain(text);
  if (wanted === "") return items.filter(({ unlisted }) => !unlisted);
  return items
    .map((item) => ({ item, rank: rankOf(item, wanted) }))
    .filter((one): one is { item: One; rank: number } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

/** Those whose whole name it is: one, unless names are shared. */
export function exactly<One extends Found>(items: readonly One[], text: string): readonly One[] {
  const wanted = plain(text);
  return wanted === "" ? [] : items.filter((item) => rankOf(item, wanted) === 0);
}

/** The one that a text says: by its whole name, or because no other answers to it; null when it says none. */
export function saidBy<One extends Found>(items: readonly One[], text: string): One | null {
  if (plain(text) === "") return null;
  const [one, another] = exactly(items, text);
  if (one) return another ? null : one;
  const [only, more] = matching(items, text);
  return only && !more ? only : null;
}
