import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Actor } from "@/lib/auth/actor";
import { type ProofBundle, proofBundle } from "@/lib/queries/audit/proof-bundle";
import { answerFile } from "./files";

/** The verifier is not of the app and shares nothing with it: it is read from its folder when a page is asked for. */
const VERIFIER = ["scripts", "verifier"];

interface Verifier {
  makePage(folder: string, bundle: ProofBundle): string;
}

/** A frozen quarter's proof bundle, as a page to take away that verifies itself without a network. */
export function answerProofBundle(
  quarter: string,
  asked: URLSearchParams,
  actorOf: () => Promise<Actor | null>,
): Promise<Response> {
  return answerFile({ quarter }, actorOf, async (actor) => {
    const bundle = await proofBundle(actor, {
      quarter,
      number: asked.get("number"),
      since: asked.get("since"),
    });
    const folder = join(/* turbopackIgnore: true */ process.cwd(), ...VERIFIER);
    const address = pathToFileURL(join(folder, "make-page.mjs")).href;
    const { makePage } = (await import(/* turbopackIgnore: true */ /* @vite-ignore */ address)) as Verifier;
    return {
      body: new TextEncoder().encode(makePage(folder, bundle)),
      type: "text/html; charset=utf-8",
      disposition: `attachment; filename="bundle-${quarter}.html"`,
    };
  });
}
