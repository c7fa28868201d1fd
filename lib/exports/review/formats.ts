import type { PackDocument, PackStep, TellStep } from "./section";

/** What a pack is written by, by the ending of its file; each is large, so it is loaded when somebody asks for it. */
const WRITERS = {
  pdf: async (pack: PackDocument, tell: TellStep): Promise<Uint8Array> =>
    (await import("./pdf/review-pdf")).reviewPdf(pack, tell),
  pptx: async (pack: PackDocument, tell: TellStep): Promise<Uint8Array> =>
    (await import("./slides/review-slides")).reviewSlides(pack, tell),
  xlsx: async (pack: PackDocument, tell: TellStep): Promise<Uint8Array> =>
    (await import("./sheet/review-sheet")).reviewSheet(pack, tell),
};

export type PackFormat = keyof typeof WRITERS;

/** What the thread that writes packs is asked, and what it answers: steps, then the file or why there is none. */
export interface PackAsked {
  id: number;
  format: PackFormat;
  pack: PackDocument;
}
export type PackAnswered =
  | { id: number; bytes: Uint8Array }
  | { id: number; fault: string }
  | { id: number; step: PackStep };

/** Often enough for an eye, and little beside the writing. */
const STEP_MS = 100;

/** Writes a pack: the whole file, in memory of its own. */
export async function writePack(
  { id, format, pack }: PackAsked,
  answer: (answered: PackAnswered) => void = () => {},
): Promise<PackAnswered> {
  let told = Number.NEGATIVE_INFINITY;
  const tell = (step: PackStep) => {
    const now = performance.now();
    if (now - told < STEP_MS) return;
    told = now;
    answer({ id, step });
  };
  try {
    return { id, bytes: Uint8Array.from(await WRITERS[format](pack, tell)) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
