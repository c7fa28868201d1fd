import pptxgen from "pptxgenjs";
import { INK, INK_2, INK_3, LINE_STRONG } from "../../palette";
import type { Cover } from "../section";

/** Inches of a 16:9 slide. */
export const WIDTH = 13.33;
const HEIGHT = 7.5;
export const MARGIN = 0.6;
export const BODY = WIDTH - 2 * MARGIN;
const TOP = 1.45;
const BOTTOM = HEIGHT - 0.65;

export const hex = (colour: string): string => colour.slice(1).toUpperCase();

/** A deck that goes on to a next slide of the same title when one is full. */
export class Deck {
  readonly pptx = new pptxgen();
  private slide: pptxgen.Slide | null = null;
  private head = { title: "", lede: "" };
  /** Where the next thing goes, from the top. */
  y = TOP;

  constructor(private readonly cover: Cover) {
    this.pptx.layout = "LAYOUT_WIDE";
    this.pptx.title = `${cover.title} ${cover.quarter}`;
    this.pptx.company = cover.company;
    this.pptx.author = cover.company;
    this.pptx.theme = { headFontFace: "Calibri", bodyFontFace: "Calibri" };
  }

  /** The slide that things are put on now. */
  get now(): pptxgen.Slide {
    if (!this.slide) throw new Error("a deck is begun with a section");
    return this.slide;
  }

  /** Inches that a slide has below its title. */
  readonly whole = BOTTOM - TOP;

  /** Inches left on the slide. */
  get left(): number {
    return BOTTOM - this.y;
  }

  begin(title: string, lede: string): void {
    this.head = { title, lede };
    this.add(title);
  }

  /** Makes room of so many inches, on a next slide when this one has less and is not empty. */
  room(height: number): void {
    if (this.left < height && this.y > TOP) this.add(`${this.head.title} (continued)`);
  }

  private add(title: string): void {
    const slide = this.pptx.addSlide();
    const { cover } = this;
    slide.addText(title, {
      x: MARGIN,
      y: 0.35,
      w: BODY,
      h: 0.55,
      fontSize: 26,
      bold: true,
      color: hex(INK),
      margin: 0,
    });
    slide.addText(this.head.lede, {
      x: MARGIN,
      y: 0.88,
      w: BODY,
      h: 0.35,
      fontSize: 13,
      color: hex(INK_2),
      margin: 0,
    });
    slide.addShape("line", {
      x: MARGIN,
      y: HEIGHT - 0.52,
      w: BODY,
      h: 0,
      line: { color: hex(LINE_STRONG), width: 0.75 },
    });
    const state = cover.digest
      ? `Frozen, digest ${cover.digest}`
      : "Not frozen: these numbers may still change";
    const foot = { y: HEIGHT - 0.46, h: 0.28, fontSize: 9, color: hex(INK_3), margin: 0 };
    slide.addText(`${cover.company}, ${cover.quarter}. ${state}`, { ...foot, x: MARGIN, w: BODY - 1 });
    slide.slideNumber = {
      x: WIDTH - MARGIN - 0.6,
      y: HEIGHT - 0.46,
      w: 0.6,
      h: 0.28,
      fontSize: 9,
      color: hex(INK_3),
      align: "right",
      margin: 0,
    };
    this.slide = slide;
    this.y = TOP;
  }
}
