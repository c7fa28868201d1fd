import type { Actor } from "@/lib/auth/actor";
import { Refusal } from "@/lib/errors";
import type { PackDocument } from "@/lib/exports/review/section";
import { packDocument } from "@/lib/exports/review/sections";
import { reviewPack } from "@/lib/queries/review/review-pack";
import { ask } from "./ask";
import { log } from "./log";
import { problemIn, problemResponse } from "./problems";

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
 * of one query. Every failure is a `Problem` in JSON with the status that fits it.
 */
export async function answerPack(
  { quarter, file }: { quarter: string; file: string },
  actorOf: () => Promise<Actor | null>,
): Promise<Response> {
  const id = crypto.randomUUID();
  try {
    const actor = await actorOf();
    if (!actor) {
      return problemResponse({ code: "unauthenticated", field: "", value: null, rule: "sign in first" }, id);
    }
    if (!Object.hasOwn(FORMATS, file)) {
      const rule = `a review is taken away as ${Object.keys(FORMATS).join(", ")}`;
      throw new Refusal({ code: "not_found", field: "file", value: file, rule });
    }
    const { type, render } = FORMATS[file] as Format;
    const pack = await ask(reviewPack, { quarter }, actor);
    const body = await render(packDocument(pack));
    return new Response(body as Uint8Array<ArrayBuffer>, {
      headers: {
        "content-type": type,
        "content-length": String(body.byteLength),
        "content-disposition": `attachment; filename="review-${quarter}${file.slice(file.lastIndexOf("."))}"`,
        "cache-control": "no-store",
        "x-request-id": id,
      },
    });
  } catch (error) {
    const { status, problem } = problemIn(error);
    if (status >= 500) log.error({ request: id, quarter, file, status, err: error }, problem.rule);
    return problemResponse(problem, id, status);
  }
}
