import { Readable } from "node:stream";
import { Zip, ZipDeflate } from "fflate";
import type { Actor } from "@/lib/auth/actor";
import { auditFiles } from "@/lib/queries/audit/audit-files";
import { answerFile } from "./files";

type Files = ReturnType<typeof auditFiles>;

/** Lines go out in parts of about this size. */
const PART = 1 << 16;

/** The audit log and what stands on it as one zip, of which `npm run -s verify -- --export` reads the folder. */
export const answerAuditFiles = (actorOf: () => Promise<Actor | null>): Promise<Response> =>
  answerFile({ file: "audit-log.zip" }, actorOf, async (actor) => ({
    body: Readable.toWeb(Readable.from(zipped(auditFiles(actor)))) as ReadableStream<Uint8Array>,
    type: "application/zip",
    disposition: 'attachment; filename="audit-log.zip"',
  }));

/** Written as it is read: a log of years is in memory at no time. */
async function* zipped(files: Files): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
  });
  const written = () => {
    const out = parts;
    parts = [];
    return out;
  };
  for await (const { name, lines } of files) {
    const file = new ZipDeflate(`audit-log/${name}`, { level: 6 });
    zip.add(file);
    let text = "";
    for await (const line of lines) {
      text += `${line}\n`;
      if (text.length < PART) continue;
      file.push(Buffer.from(text));
      text = "";
      yield* written();
    }
    file.push(Buffer.from(text), true);
    yield* written();
  }
  zip.end();
  yield* written();
}
