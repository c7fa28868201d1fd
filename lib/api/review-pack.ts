import type { Actor } from "@/lib/auth/actor";
import { Refusal } from "@/lib/errors";
import type { PackDocument } from "@/lib/exports/review/section";
import { packDocument } from "@/lib/exports/review/sections";
import { reviewPack } from "@/lib/queries/review/review-pack";
import { ask } from "./ask";
import { answerFile } from "./files";

interface Format {
  type: string;
  /** Its writers are large, so each is loaded when somebody first asks for it. */
  render: (pack: PackDocument) => Promise<Uint8Array>;
}

/** What a review can be taken away as, by the name of the file that is asked for. */
const FORMATS: Readonly<Record<string, Format>> = {
  "pack.pdf": {
    type: "application/pdf",
    render: async (pack) => (await import("@/lib/exports/review/pdf/review-pdf")).reviewPdf(pack),
  },
  "pack.pptx": {
    type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    render: async (pack) => (await import("@/lib/exports/review/slides/review-slides")).reviewSlides(pack),
  },
  "pack.xlsx": {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    render: async (pack) => (await import("@/lib/exports/review/sheet/review-sheet")).reviewSheet(pack),
  },
};

/**
 * A quarter's review as a file: `pack.pdf`, `pack.pptx` or `pack.xlsx`, all three laid out from one answer
 * of one query.
 */
export function answerPack(
  { quarter, file }: { quarter: string; file: string },
  actorOf: () => Promise<Actor | null>,
): Promise<Response> {
  return answerFile({ quarter, file }, actorOf, async (actor) => {
    if (!Object.hasOwn(FORMATS, file)) {
      const rule = `a review is taken away as ${Object.keys(FORMATS).join(", ")}`;
      throw new Refusal({ code: "not_found", field: "file", value: file, rule });
    }
    const { type, render } = FORMATS[file] as Format;
    const body = await render(packDocument(await ask(reviewPack, { quarter }, actor)));
    const name = `review-${quarter}${file.slice(file.lastIndexOf("."))}`;
    return { body, type, disposition: `attachment; filename="${name}"` };
  });
}
