import { createHash, randomBytes } from "node:crypto";

/** How long a link for setting one's password works. */
export const LINK_HOURS = 24;

/** A link's token: 256 random bits. It is told once and kept nowhere. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is kept of a token. It is random enough that no slow hash is needed. */
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("hex");
