import type { PackDocument } from "./section";

/** What a pack is written by, by the ending of its file; each is large, so it is loaded when somebody asks for it. */
const WRITERS = {
  pdf: async (pack: PackDocument): Promise<Uint8Array> => (await import("./pdf/review-pdf")).reviewPdf(pack),
  pptx: async (pack: PackDocument): Promise<Uint8Array> =>
    (await import("./slides/review-slides")).reviewSlides(pack),
  xlsx: async (pack: PackDocument): Promise<Uint8Array> =>
    (await import("./sheet/review-sheet")).reviewSheet(pack),
};

export type PackFormat = keyof typeof WRITERS;

/** What the thread that writes packs is asked, and what it answers. */
export interface PackAsked {
  id: number;
  format: PackFormat;
  pack: PackDocument;
}
export type PackAnswered = { id: number; bytes: Uint8Array } | { id: number; fault: string };

/** Writes a pack: the whole file, in memory of its own. */
export async function writePack({ id, format, pack }: PackAsked): Promise<PackAnswered> {
  try {
    return { id, bytes: Uint8Array.from(await WRITERS[format](pack)) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
