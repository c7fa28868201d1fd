import { z } from "zod";
import { compactReader, signCompact, signingKeys } from "./signing-keys";

/** How long a link to a deal's panel opens it. */
export const PANEL_MINUTES = 15;
/** What a link calls itself, so that no other signed text of this installation passes for one. */
const TYPE = "deal-panel+jwt";

const claimsShape = z.object({ sub: z.string(), exp: z.int() });

/** A link's word for one deal: a compact JWS (RFC 7515, EdDSA), good from `now` (milliseconds) for a quarter of an hour. */
export async function signPanelLink(dealId: string, now: number): Promise<{ word: string; until: number }> {
  const exp = Math.floor(now / 1000) + PANEL_MINUTES * 60;
  return { word: await signCompact(TYPE, { sub: dealId, exp }), until: exp * 1000 };
}

/** Whether a word opens the panel of this deal at `now`: of another deal, run out or changed it opens none. */
export async function opensPanel(word: string, dealId: string, now: number): Promise<boolean> {
  const said = await compactReader(signingKeys())(TYPE, word);
  const claims = claimsShape.safeParse(said?.payload).data;
  return claims !== undefined && claims.sub === dealId && claims.exp * 1000 > now;
}
