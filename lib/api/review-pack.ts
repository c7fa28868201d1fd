import type { Actor } from "@/lib/auth/actor";
import { Refusal } from "@/lib/errors";
import type { PackFormat } from "@/lib/exports/review/formats";
import { packDocument } from "@/lib/exports/review/sections";
import { reviewPack } from "@/lib/queries/review/review-pack";
import { ask } from "./ask";
import { answerFile } from "./files";
import { PACK_EVENTS } from "./pack-event";
import { packEvents } from "./pack-events";
import { renderPack } from "./pack-thread";

/** What a review can be taken away as, by the name of the file that is asked for. */
const FORMATS: Readonly<Record<string, { format: PackFormat; type: string }>> = {
  "pack.pdf": { format: "pdf", type: "application/pdf" },
  "pack.pptx": {
    format: "pptx",
    type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  },
  "pack.xlsx": {
    format: "xlsx",
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  },
};

/**
 * A quarter's review as a file: `pack.pdf`, `pack.pptx` or `pack.xlsx`, all three laid out from one answer
 * of one query. Who asks for `text/event-stream` is told how far it is and has the file as the last event.
 *
 * @param asked the request: who goes away has no pack written
 */
export function answerPack(
  { quarter, file }: { quarter: string; file: string },
  actorOf: () => Promise<Actor | null>,
  asked?: Request,
): Promise<Response> {
  return answerFile({ quarter, file }, actorOf, async (actor) => {
    if (!Object.hasOwn(FORMATS, file)) {
      const rule = `a review is taken away as ${Object.keys(FORMATS).join(", ")}`;
      throw new Refusal({ code: "not_found", field: "file", value: file, rule });
    }
    const { format, type } = FORMATS[file]!;
    const pack = packDocument(await ask(reviewPack, { quarter }, actor));
    if (asked?.headers.get("accept") === PACK_EVENTS) {
      const body = packEvents((taking) => renderPack(format, pack, taking), { quarter, file });
      return { body, type: PACK_EVENTS, disposition: "inline" };
    }
    const body = await renderPack(format, pack, asked && { signal: asked.signal });
    const name = `review-${quarter}${file.slice(file.lastIndexOf("."))}`;
    return { body, type, disposition: `attachment; filename="${name}"` };
  });
}
