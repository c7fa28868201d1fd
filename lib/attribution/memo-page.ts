import { count, list } from "../text/words";
import { type Memo, memoOf } from "./memo";
import type { Policy } from "./policy";

/**
 * Whether a memo fits the one page that people sign (domain.md §3), reckoned from its text as lib/exports/memo-pdf.tsx
 * lays it out, in points, and rather too long than too short: what fits here fits there (memo-pdf.test.ts).
 */
export const SCALES = [1, 0.94, 0.88, 0.82, 0.76, 0.7] as const;
const SMALLEST = 0.7;
const PAGE = { width: 595.28 - 2 * 36, height: 841.89 - 2 * 28 };
const sizeAt = (scale: number) => 7 * scale;
const lineAt = (scale: number) => sizeAt(scale) * 1.28;
const COLUMN = (PAGE.width - 14) / 2;
const CLAUSE = { name: 92 - 6, text: PAGE.width - 92 };
/** Head, section titles, columns of the role table, seats and hash: what every memo has. */
const furnitureAt = (scale: number) => 4 * lineAt(scale) + 27 + 5 * 23 + 13 + 15 + 18 + 16;

/** Widths in hundredths of the letter size, of the letters from space to tilde; others count as wide as they are high. */
const WIDTHS =
  "28 29 47 63 64 98 64 30 36 36 50 66 29 46 29 36 63 41 61 62 65 59 62 57 62 62 29 30 66 66 66 51 97 69 65 73 72 60 59 75 74 27 57 67 57 90 75 76 64 76 64 64 65 74 69 99 68 68 63 36 36 36 47 46 32 56 61 57 61 58 37 61 59 24 24 55 24 88 59 60 61 61 38 53 33 59 56 82 55 56 55 43 33 43 66"
    .split(" ")
    .map(Number);
/** Bold letters are a little wider, and a line is not always filled to its end. */
const LOOSE = 1.06;

function widthOf(word: string, scale: number): number {
  let hundredths = 0;
  for (const letter of word) hundredths += WIDTHS[letter.charCodeAt(0) - 0x20] ?? 100;
  return (hundredths / 100) * sizeAt(scale) * LOOSE;
}

/** The lines that a text takes in a width; Japanese breaks anywhere, other words between spaces. */
function linesOf(text: string, width: number, scale: number): number {
  let lines = 1;
  let filled = 0;
  for (const word of text.split(/(?<= )|(?<=[\u3000-\u9fff])/u)) {
    const needed = widthOf(word, scale);
    if (filled + needed <= width) filled += needed;
    else {
      lines += filled > 0 ? 1 : 0;
      lines += Math.ceil(needed / width) - 1;
      filled = needed % width;
    }
  }
  return lines;
}

type Definition = { label: string; definition: string };

/** Two columns of definitions, as high as the higher one. */
function definitionsHeight(entries: readonly Definition[], scale: number): number {
  const half = Math.ceil(entries.length / 2);
  const heights = [entries.slice(0, half), entries.slice(half)].map((column) =>
    column.reduce(
      (sum, one) => sum + linesOf(`${one.label}. ${one.definition}`, COLUMN, scale) * lineAt(scale) + 0.8,
      0,
    ),
  );
  return Math.max(...heights);
}

function clauseHeight({ name, text }: { name: string; text: string }, scale: number): number {
  const lines = Math.max(linesOf(name, CLAUSE.name, scale), linesOf(text, CLAUSE.text, scale));
  return lines * lineAt(scale) + 1.2;
}

/** Heights of what the company wrote, by the field of the policy, and of all the rest. */
function heightsOf({ sections, activities, programs, roleTable, picture }: Memo, scale: number) {
  const line = lineAt(scale);
  const { motions, others } = activities;
  return {
    menu: definitionsHeight(motions, scale) + definitionsHeight(others, scale) + 2 * (line + 2),
    programDefinitions: programs.length === 0 ? 0 : definitionsHeight(programs, scale) + line + 2,
    rest:
      furnitureAt(scale) +
      sections
        .flatMap((section) => section.clauses)
        .reduce((sum, clause) => sum + clauseHeight(clause, scale), 0) +
      definitionsHeight(roleTable.roles, scale) +
      (picture.rows.length * 10 + 3 + line + 2 * 8.5),
  };
}

/** The largest print in which a memo fits its page; the smallest when none does. */
export function scaleOf(memo: Memo): (typeof SCALES)[number] {
  const fits = (scale: number) => {
    const { menu, programDefinitions, rest } = heightsOf(memo, scale);
    return menu + programDefinitions + rest <= PAGE.height;
  };
  return SCALES.find(fits) ?? SMALLEST;
}

/** How long a memo is beside its page; `over` is 0 when it fits. All in lines of the smallest print. */
export function memoLength(policy: Policy): { over: number; menu: number; programDefinitions: number } {
  const { menu, programDefinitions, rest } = heightsOf(memoOf(policy), SMALLEST);
  const lines = (height: number) => Math.ceil(height / lineAt(SMALLEST));
  return {
    over: Math.max(0, lines(menu + programDefinitions + rest - PAGE.height)),
    menu: lines(menu),
    programDefinitions: lines(programDefinitions),
  };
}

/** Why a text cannot be signed on one page, by the field that takes most of it; null when it can. */
export function whyNotOnePage(policy: Policy): { field: string; value: string; rule: string } | null {
  const { over, menu, programDefinitions } = memoLength(policy);
  if (over === 0) return null;
  const parts = [
    `the activities take ${count(menu, "line")}`,
    ...(programDefinitions > 0 ? [`the programs ${programDefinitions}`] : []),
  ];
  const field = programDefinitions > menu ? "programDefinitions" : "menu";
  const rule = `the memo is ${count(over, "line")} too long for its one page: ${list(parts)}; shorten or take away some`;
  return { field, value: count(over, "line"), rule };
}
