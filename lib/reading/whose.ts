import { MASKS } from "./acts";
import { type Part, partAround } from "./happened";

const { partner: P, account: C, own: U } = MASKS;

/** Who is said to have done what is told at a place: the nearest before it; the `speaker` is a partner's "we". */
export type Doer = "partner" | "speaker" | "own" | "customer" | "they" | null;

const ACTORS = new RegExp(
  `(?<partner>${P}+)|(?<customer>${C}+)|(?<own>${U}+|\\b(?:we|i|our (?:team|own|people|side|ae|rep)\\S*|my (?:team|colleague)\\S*)(?![\\p{L}]))|(?<they>\\b(?:they|he|she|the partner|the (?:si|integrator|reseller|agency)|their (?:team|people|architect|consultants?|folks|lead|crew|experts?|engineers?|trainers?|guys))(?![\\p{L}]))`,
  "giu",
);
const GIVEN_TO = new RegExp(
  `\\b(?:told|sent|showed|gave|updated|informed|e-?mailed|mailed|asked|invited|paid|owed?|cc['’]?d|copied|forwarded|briefed|introduced|trained|pitched|referred|recommended|met|onboarded|called|for|about|to) (?:it |this |that |the \\w+ )?(?:to )?${P}`,
  "iu",
);

/** `byPartner`: they are a partner's own words. */
export function doerOf(sentence: string, at: number, byPartner: boolean): Doer {
  const before = [...sentence.slice(0, at).matchAll(ACTORS)].at(-1);
  const groups = before?.groups ?? {};
  if (groups.partner) return "partner";
  if (groups.own) {
    // "Sunniva and Maren": both did.
    const both = new RegExp(`${P}+(?:['’]s \\w+)?\\s*(?:,|and|&|together with|along with|with)\\s*$`, "iu");
    if (byPartner && !new RegExp(U, "u").test(groups.own)) return "speaker";
    return both.test(sentence.slice(0, before!.index)) ? "partner" : "own";
  }
  if (groups.customer) {
    // "The CFO of Larkfield" and "at Larkfield" are no doers; "Larkfield's CFO" is.
    const place =
      /(?<![\p{L}])(?:of|at|for|with|to|in|from|on|about|behind|into|inside|@|bei|beim|für|von|mit|aus|chez|pour|à|auprès de|de|en|para|con)\s+(?:the\s+)?$/iu;
    if (!place.test(sentence.slice(0, before!.index))) return "customer";
    const earlier = doerOf(sentence, before!.index, byPartner);
    return earlier;
  }
  if (groups.they) return "they";
  return null;
}

const WITH = new RegExp(
  `\\b(?:thanks to|courtesy of|together with|alongside|joined by|with|by|from|via|through)\\s+(?:[^\\s,;]+\\s+){0,3}${P}`,
  "iu",
);
const FROM = new RegExp(
  `\\b(?:by|from|via|through|thanks to|courtesy of)\\s+(?:\\w+\\s+){0,3}${P}|${P}+['’]s\\b`,
  "iu",
);

/** Whether a sentence that names a partner says that it had a hand in what is told from `at` to `end`. */
export function hasAHand(sentence: string, { at, end }: Part, doer: Doer, directed: boolean): boolean {
  if (doer === "partner" || doer === "speaker") return true;
  if (directed) return FROM.test(sentence);
  const part = partAround(sentence, at);
  // What is told beside it, of somebody who was not there: "Maren demoed it; Northgate got the deck".
  const near = sentence.slice(0, Math.max(part.end, end));
  if (!near.includes(P)) return false;
  if (WITH.test(near)) return true;
  return !GIVEN_TO.test(near) && doer !== "customer";
}
