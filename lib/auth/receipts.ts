import { z } from "zod";
import { compactReader, type ReadCompact, signCompact, signingKeys } from "./signing-keys";

/** How long a CRM may close a deal on one answer of the gate. */
export const RECEIPT_MINUTES = 15;
/** What a receipt calls itself, so that no other signed text of this installation passes for one. */
const TYPE = "gate-receipt+jwt";
/** Longer than any receipt: each partner is about a hundred characters. */
export const RECEIPT_MOST = 20_000;

/** What the AE answered: these partners, none, or (of a lost deal) nothing yet. */
export const INVOLVED = ["partners", "none", "unanswered"] as const;
export type Involved = (typeof INVOLVED)[number];

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What the gate said of a deal that was about to close (domain.md §8.3): names as in a JSON Web Token. */
const claimsShape = z.object({
  /** The deal's id, as the CRM knows it. */
  sub: z.string(),
  /** Seconds since 1970: when it was issued, and until when a CRM may close on it. */
  iat: z.int(),
  exp: z.int(),
  /** As what it may close, and on which day. */
  closing: z.object({ as: z.enum(["won", "lost"]), on: day }),
  involved: z.enum(INVOLVED),
  /** What it comes to, closed so, under the policy of that day. */
  outcome: z.string(),
  evidence: z.string().nullable(),
  partners: z.array(z.object({ id: z.string(), outcome: z.string(), evidence: z.string().nullable() })),
  /** SHA-256 of the policy's canonical JSON. */
  policy: z.string(),
  /** SHA-256 of the canonical JSON of the facts that were judged, as of `asOf`. */
  facts: z.string(),
  asOf: day,
  /** The head of the audit log that stood then (§9), a compact JWS; none in a log that has none yet. */
  log: z.string().optional(),
});
export type Receipt = z.output<typeof claimsShape>;

/** A receipt, signed: a compact JWS (RFC 7515) with EdDSA, valid from `now` (milliseconds) for a quarter of an hour. */
export function signReceipt(said: Omit<Receipt, "iat" | "exp">, now: number): Promise<string> {
  const iat = Math.floor(now / 1000);
  return signCompact(TYPE, { ...said, iat, exp: iat + RECEIPT_MINUTES * 60 });
}

let known: { given: string | undefined; read: ReadCompact } | null = null;

/** By the public keys, read once while they are the same: a month has many receipts. */
function reader(): ReadCompact {
  const given = process.env.SIGNING_KEYS;
  if (known?.given !== given) known = { given, read: compactReader(signingKeys()) };
  return known!.read;
}

/** What a receipt says, or null when it is none of this installation's. Whether it still holds is not asked. */
export async function readReceipt(text: string): Promise<Receipt | null> {
  const said = await reader()(TYPE, text);
  return claimsShape.safeParse(said?.payload).data ?? null;
}
