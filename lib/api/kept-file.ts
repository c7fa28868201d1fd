import type { Actor } from "@/lib/auth/actor";
import { keptFile } from "@/lib/queries/deal/kept-file";
import { evidenceOriginal } from "@/lib/queries/evidence/evidence-original";
import { ask } from "./ask";
import { answerFile } from "./files";

/** A file kept as proof, to take away: never shown in a page of ours, never run, whatever is in it. */
export const answerKeptFile = (sha256: string, actorOf: () => Promise<Actor | null>) =>
  answerByHash(keptFile, sha256, actorOf);

/** A file that was handed in to be read, likewise. */
export const answerOriginal = (sha256: string, actorOf: () => Promise<Actor | null>) =>
  answerByHash(evidenceOriginal, sha256, actorOf);

function answerByHash(
  query: typeof keptFile | typeof evidenceOriginal,
  sha256: string,
  actorOf: () => Promise<Actor | null>,
): Promise<Response> {
  return answerFile({ sha256 }, actorOf, async (actor) => {
    const { name, type, content } = await ask(query, { sha256 }, actor);
    return {
      body: new Uint8Array(Buffer.from(content, "base64")),
      type: type === "text/plain" ? "text/plain; charset=utf-8" : type,
      disposition: `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${encoded(name)}`,
      headers: {
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
      },
    };
  });
}

/** For what does not read the other: letters, digits, and what can stand in a quoted name. */
const asciiName = (name: string) => name.replace(/[^A-Za-z0-9._ -]/g, "_");

const encoded = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
