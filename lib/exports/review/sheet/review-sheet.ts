import { type WriteSheet, writeXlsx } from "hucre/xlsx";
import { fixedZip } from "../../fixed-zip";
import type { DealsBehind, PackDocument, TellStep } from "../section";
import { dealsSheet } from "./deals-sheet";
import { Grid } from "./grid";
import { sectionSheet } from "./section-sheet";

/** The review pack as a workbook: a sheet a section, and one for the deals behind each part of a number. */
export async function reviewSheet(pack: PackDocument, tell: TellStep = () => {}): Promise<Uint8Array> {
  const behind = pack.behind.filter(({ deals }) => deals.length > 0);
  const taken = ["Contents", ...pack.sections.map(({ title }) => title)];
  const names = new Map<string, string>();
  for (const { key, name } of behind) {
    const sheet = sheetName(name, taken);
    taken.push(sheet);
    names.set(key, sheet);
  }
  const { cover, reporting, sections } = pack;
  const of = sections.length + behind.length;
  const told = <T>(at: number, sheet: T): T => {
    tell({ done: at, of });
    return sheet;
  };
  const written = await writeXlsx({
    properties: { title: `${cover.title} ${cover.quarter}`, creator: cover.company },
    sheets: [
      contentsSheet(pack, names),
      ...sections.map((section, at) =>
        told(
          at,
          sectionSheet(section, reporting, (opens) => names.get(opens)),
        ),
      ),
      ...behind.map((part, at) =>
        told(sections.length + at, dealsSheet(names.get(part.key) as string, part, reporting)),
      ),
    ],
  });
  return fixedZip(written, cover.at);
}

function contentsSheet(
  { cover, sections, behind, reporting }: PackDocument,
  names: Map<string, string>,
): WriteSheet {
  const grid = new Grid("Contents", reporting, [34, 64, 12, 22]);
  const line = (put: () => void) => {
    put();
    grid.row++;
  };
  line(() => grid.text(0, `${cover.title} ${cover.quarter}`, "title"));
  line(() => grid.text(0, `${cover.company}, ${cover.days}`, "quiet"));
  grid.row++;
  for (const { name, text, loud } of cover.states) {
    line(() => {
      grid.text(0, name, "quiet");
      grid.text(1, text, loud ? "bold" : "plain");
    });
  }
  grid.row++;
  line(() => grid.text(0, "Sections", "head"));
  for (const { title } of sections) line(() => grid.link(0, title, title));
  grid.row++;
  line(() => {
    ["Deals behind the numbers", "Of", "Deals", `Sum in ${reporting}`].forEach((head, column) => {
      grid.text(column, head, column < 2 ? "head" : "headRight");
    });
  });
  for (const part of behind) line(() => putPart(grid, part, names.get(part.key), reporting));
  return grid.sheet();
}

function putPart(
  grid: Grid,
  { title, deals, sum }: DealsBehind,
  sheet: string | undefined,
  reporting: string,
): void {
  // A part without a deal has no sheet to go to.
  if (sheet === undefined) grid.text(0, "No deals", "faint");
  else grid.link(0, sheet, sheet);
  grid.text(1, title);
  grid.put(2, { is: "value", value: deals.length, unit: "deals" });
  grid.put(3, { is: "money", amount: sum, currency: reporting });
}

const LONGEST_NAME = 31;

/**
 * A name that a workbook allows and no sheet has: 31 letters, none of `[]:*?/\`, told apart by a number. One that is
 * cut ends with a whole word, and says that it is cut.
 */
export function sheetName(title: string, taken: readonly string[]): string {
  const known = new Set(taken.map((name) => name.toLowerCase()));
  const plain = title
    .replace(/[[\]:*?/\\]+/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[' ]+|[' ]+$/g, "");
  for (let nth = 1; ; nth++) {
    const mark = nth === 1 ? "" : ` ${nth}`;
    const name = cut(plain, LONGEST_NAME - mark.length) + mark;
    if (!known.has(name.toLowerCase())) return name;
  }
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const short = text.slice(0, most - 1);
  const end = text[most - 1] === " " ? short.length : short.lastIndexOf(" ");
  return `${(end > 0 ? short.slice(0, end) : short).replace(/[ ,;-]+$/, "")}…`;
}
