import { z } from "zod";

/** What a signed head of the audit log says. */
export const logHeadShape = z.object({
  /** How many entries it covers. */
  size: z.int(),
  /** The root of the tree over them, 64 hexadecimal digits. */
  root: z.string(),
  /** When it was signed, ISO 8601. */
  at: z.string(),
  /** The thumbprint of the key that signed it. */
  kid: z.string(),
});

/** A key that heads were signed with. */
export const logKeyShape = z.object({
  kid: z.string(),
  /** The public half, as in a JSON Web Key. */
  x: z.string(),
  /** The former key's signature over it; null of the first. */
  endorsed: z.string().nullable(),
});
