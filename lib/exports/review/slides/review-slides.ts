import { fixedZip } from "../../fixed-zip";
import { ACCENT, INK, INK_2, INK_3, LINE, WARN } from "../../palette";
import type { Cover, PackDocument, Section, Table, TellStep } from "../section";
import { addCases, addNumbers, addProse, addTable, addTrends } from "./blocks";
import { addBars } from "./charts";
import { BODY, Deck, hex, MARGIN } from "./deck";

/** The review pack as slides: a section each, going on to a next one where it has more to say. */
export async function reviewSlides(
  { cover, sections, reporting }: PackDocument,
  tell: TellStep = () => {},
): Promise<Uint8Array> {
  const deck = new Deck(cover);
  addCover(deck, cover);
  for (const [at, section] of sections.entries()) {
    tell({ done: at, of: sections.length });
    addSection(deck, section, reporting);
  }
  const written = await deck.pptx.write({ outputType: "uint8array", compression: false });
  return fixedZip(written as Uint8Array, cover.at);
}

function addCover({ pptx }: Deck, cover: Cover): void {
  const slide = pptx.addSlide();
  slide.addShape("rect", { x: 0, y: 0, w: 0.18, h: 7.5, fill: { color: hex(ACCENT) } });
  const place = { x: MARGIN, w: BODY, margin: 0 };
  slide.addText(`${cover.title} ${cover.quarter}`, {
    ...place,
    y: 1.3,
    h: 0.8,
    fontSize: 40,
    bold: true,
    color: hex(INK),
  });
  slide.addText(`${cover.company}, ${cover.days}`, {
    ...place,
    y: 2.1,
    h: 0.45,
    fontSize: 18,
    color: hex(INK_2),
  });
  slide.addTable(
    cover.states.map(({ name, text, loud }) => [
      { text: name, options: { color: hex(INK_3) } },
      { text, options: { color: hex(loud ? WARN : INK), bold: loud } },
    ]),
    {
      x: MARGIN,
      y: 3.1,
      w: BODY,
      colW: [2.1, BODY - 2.1],
      rowH: 0.42,
      fontSize: 13,
      valign: "middle",
      margin: [0.02, 0.05, 0.02, 0],
      border: { type: "solid", pt: 0.75, color: hex(LINE) },
    },
  );
}

const CHART_WIDTH = 4.7;
const CHART_HEIGHT = 4.6;
const GAP = 0.3;

function addSection(deck: Deck, { title, lede, blocks }: Section, reporting: string): void {
  deck.begin(title, lede);
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at]!;
    switch (block.block) {
      case "chart": {
        const beside = blocks[at + 1];
        const place = { x: MARGIN, y: deck.y, w: CHART_WIDTH, h: CHART_HEIGHT };
        addBars(deck.now, block, reporting, place);
        if (beside?.block === "table") {
          addBeside(deck, beside, reporting);
          at++;
        }
        break;
      }
      case "table":
        addTable(deck, block, reporting);
        break;
      case "numbers":
        addNumbers(deck, block, reporting);
        break;
      case "trends":
        addTrends(deck, block, reporting);
        break;
      case "prose":
        addProse(deck, block);
        break;
      case "cases":
        addCases(deck, block, reporting);
    }
  }
}

/** The table of a chart's numbers, to its right. */
function addBeside(deck: Deck, table: Table, reporting: string): void {
  const x = MARGIN + CHART_WIDTH + GAP;
  addTable(deck, table, reporting, x, BODY - CHART_WIDTH - GAP);
}
