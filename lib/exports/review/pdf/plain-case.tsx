import { Canvas } from "@react-pdf/renderer";
import { ACCENT, ACCENT_SOFT, INK, INK_2, INK_3, LINE, WARN, WARN_SOFT } from "../../palette";
import type { CaseGroup } from "../section";
import { BODY_WIDTH } from "./face";
import { drawPlain, isPlain, type Painter, type PlainText, setPlain, type TextLook } from "./plain-text";

/**
 * Cases are all of a pack that grows without bound, so they are laid out here and drawn as one thing each: as a dozen
 * boxes with text in them a case took the renderer twelve milliseconds. `styles` of face.ts has the same measures.
 */
const BODY: TextLook = { weight: 400, size: 8.5, leading: 11.9, color: INK };
const SMALL: TextLook = { weight: 400, size: 7.5, leading: 11.9, color: INK_2 };
const TITLE: TextLook = { ...BODY, weight: 600 };
const NAME: TextLook = { weight: 400, size: 7.5, leading: 11.625, color: INK_3 };
const CHIP: TextLook = { weight: 500, size: 7, leading: 9.45, color: ACCENT };

const PADDING = 7;
const RULE = 0.5;
const NAME_WIDTH = 78;
const CHIP_PADDING = { x: 5, y: 1 };
const CHIP_RADIUS = 3;
const TITLE_PADDING = 10;
const LINE_MARGIN = 2;

/** What a case comes to on paper: how high, and how it is drawn from its upper left corner. */
interface Drawing {
  height: number;
  draw(painter: Painter): void;
}

/** Whether all that a case says can be laid out here. */
export const isPlainCase = ({ title, state, lines }: CaseGroup): boolean =>
  [title, state, ...lines.flatMap(({ name, text }) => [name, text])].every(isPlain);

/** A case of its own, with what it is about under its title. */
export function PlainCase({ group, about }: { group: CaseGroup; about: string }) {
  return <Drawn {...caseDrawing(group, about)} />;
}

/** One case of several alike, as a line of small print. */
export function PlainLine({ text }: { text: string }) {
  const set = setPlain(text, SMALL, BODY_WIDTH);
  return <Drawn height={set.height} draw={(painter) => drawPlain(painter, set, 0, 0)} />;
}

const Drawn = ({ height, draw }: Drawing) => (
  <Canvas
    style={{ width: BODY_WIDTH, height }}
    paint={(painter: Painter) => {
      draw(painter);
      return null;
    }}
  />
);

function caseDrawing({ title, state, isOpen, lines }: CaseGroup, about: string): Drawing {
  const chip = setPlain(state, { ...CHIP, color: isOpen ? WARN : ACCENT }, BODY_WIDTH);
  const chipBox = { width: chip.width + 2 * CHIP_PADDING.x, height: chip.height + 2 * CHIP_PADDING.y };
  const chipAt = BODY_WIDTH - chipBox.width;
  const head = setPlain(title, TITLE, chipAt - TITLE_PADDING);
  const texts: { text: PlainText; x: number; y: number }[] = [{ text: head, x: 0, y: PADDING }];
  let y = PADDING + Math.max(head.height, chipBox.height);
  const facts = setPlain(about, SMALL, BODY_WIDTH);
  texts.push({ text: facts, x: 0, y });
  y += facts.height;
  for (const line of lines) {
    y += LINE_MARGIN;
    const name = setPlain(line.name, NAME, NAME_WIDTH);
    const said = setPlain(line.text, BODY, BODY_WIDTH - NAME_WIDTH);
    texts.push({ text: name, x: 0, y }, { text: said, x: NAME_WIDTH, y });
    y += Math.max(name.height, said.height);
  }
  const height = y + PADDING + RULE;
  return {
    height,
    draw(painter) {
      painter.rect(0, height - RULE, BODY_WIDTH, RULE).fill(LINE);
      painter
        .roundedRect(chipAt, PADDING, chipBox.width, chipBox.height, CHIP_RADIUS)
        .fill(isOpen ? WARN_SOFT : ACCENT_SOFT);
      drawPlain(painter, chip, chipAt + CHIP_PADDING.x, PADDING + CHIP_PADDING.y);
      for (const { text, x, y: top } of texts) drawPlain(painter, text, x, top);
    },
  };
}
