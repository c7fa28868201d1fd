import { createHash, timingSafeEqual } from "node:crypto";
import { type Actor, EVIDENCE_SENDER } from "./actor";

/** What is shorter could be guessed: then nobody comes in by it. */
const SHORTEST = 32;

/**
 * The mailbox or recorder of calls that shows the installation's token (`EVIDENCE_TOKEN`): `Authorization: Bearer …`.
 * Asked by the one address that takes files in; without a token set, it is shut.
 */
export function evidenceSender({ headers }: Pick<Request, "headers">): Actor | null {
  const token = process.env.EVIDENCE_TOKEN ?? "";
  const [, given] = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (token.length < SHORTEST || !given) return null;
  return timingSafeEqual(digest(given), digest(token)) ? EVIDENCE_SENDER : null;
}

const digest = (text: string) => createHash("sha256").update(text).digest();
