import { MASKS } from "./acts";
import type { Mention, Ref } from "./names";
import type { Elsewhere } from "./other-languages";
import type { Sentence } from "./sentences";
import type { Passage } from "./source";

/** A sentence with the names in it that are known to mean somebody. */
export interface Told extends Sentence {
  passage: Passage;
  partners: Found;
  accounts: Found;
  masked: string;
}

/** Of whom a text speaks. `unsure` holds names that may be several. */
export interface Found {
  ids: ReadonlySet<string>;
  contacts: ReadonlyMap<string, string>;
  unsure: readonly (readonly string[])[];
}

export interface Context {
  title: { partners: Found; accounts: Found };
  around: ReturnType<typeof foundIn>;
  told: readonly Told[];
  text: string;
  /** In which it is written, where that is not English. */
  language: Elsewhere | null;
}

/** A sentence with who is named in it; whoever is named is present from then on. */
export function toldIn(
  sentence: Sentence,
  passage: Passage,
  mentions: readonly Mention[],
  present: Set<string>,
): Told {
  const found = mentioned(mentions, present);
  for (const id of found.partners.ids) present.add(id);
  return { ...sentence, passage, ...found, masked: masked(sentence.text, mentions, present) };
}

/** Whom mentions mean, partners and customers apart. */
export function mentioned(mentions: readonly Mention[], present: ReadonlySet<string> | null) {
  const of = (kind: Ref["kind"]): Found => {
    const ids = new Set<string>();
    const contacts = new Map<string, string>();
    const unsure: string[][] = [];
    for (const { refs } of mentions) {
      const meant = refs.filter((ref) => ref.kind === kind && isMeant(ref, refs, present));
      const several = [...new Set(meant.map(({ id }) => id))];
      if (several.length > 1) unsure.push(several);
      for (const { id, contact } of several.length === 1 ? meant : []) {
        ids.add(id);
        if (contact && !contacts.has(id)) contacts.set(id, contact);
      }
    }
    return { ids, contacts, unsure };
  };
  return { partners: of("partner"), accounts: of("account") };
}

/** A name is meant unless it is a first name of somebody of whom nothing else tells, or of one's own. */
function isMeant(ref: Ref, refs: readonly Ref[], present: ReadonlySet<string> | null): boolean {
  if (!ref.weak) return true;
  if (refs.some(({ kind }) => kind !== ref.kind)) return false;
  return ref.kind === "own" || (present?.has(ref.id) ?? false);
}

/** A sentence with its names blotted out, place for place, and its apostrophes made one. */
function masked(text: string, mentions: readonly Mention[], present: ReadonlySet<string>): string {
  let blotted = text.replace(/’/g, "'");
  for (const { at, end, refs } of mentions) {
    const kind = refs.find((ref) => isMeant(ref, refs, present))?.kind;
    if (kind) blotted = blotted.slice(0, at) + MASKS[kind].repeat(end - at) + blotted.slice(end);
  }
  return blotted;
}

export function foundIn(refs: readonly Ref[]) {
  const ids = { partner: new Set<string>(), account: new Set<string>(), own: new Set<string>() };
  const contacts = new Map<string, string>();
  for (const { kind, id, contact, weak } of refs) {
    if (weak) continue;
    ids[kind].add(id);
    if (contact && !contacts.has(id)) contacts.set(id, contact);
  }
  return { ids, contacts };
}

export const onlyOne = (ids: ReadonlySet<string>) => (ids.size === 1 ? [...ids][0]! : null);

export function only(found: Found, context: Context): string | null {
  const ids = new Set([
    ...found.ids,
    ...found.unsure.flatMap((some) => some.filter((id) => context.around.ids.partner.has(id))),
  ]);
  return onlyOne(ids);
}

/** The partners that a sentence names; of a shared name the one that the rest tells of. */
export function sure({ ids, unsure }: Found, { title, around, told }: Context): string[] {
  const elsewhere = new Set([
    ...title.partners.ids,
    ...around.ids.partner,
    ...told.flatMap(({ partners }) => [...partners.ids]),
  ]);
  const settled = unsure.flatMap((some) => onlyOne(new Set(some.filter((id) => elsewhere.has(id)))) ?? some);
  return [...new Set([...ids, ...settled])];
}

/** Who was named last in the sentences of a passage before this one. */
export function nearest(
  before: readonly Told[],
  { passage }: Told,
  of: "partners" | "accounts",
): string | null {
  const last = before.filter((one) => one.passage === passage && one[of].ids.size > 0).at(-1);
  return last ? onlyOne(last[of].ids) : null;
}

/** Of which kind the last name before a sentence was. */
export function lastNamed(before: readonly Told[]): "partner" | "account" | null {
  const last = before.filter(({ partners, accounts }) => partners.ids.size + accounts.ids.size > 0).at(-1);
  if (!last) return null;
  return last.partners.ids.size > 0 ? "partner" : "account";
}
