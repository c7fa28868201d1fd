import { desc, sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { auditHeads, auditKeys } from "@/db/schema/audit";
import { compactReader, type ReadCompact, signCompact } from "@/lib/auth/signing-keys";

/** What a head calls itself. */
const TYPE = "audit-head+jwt";

/** What this installation has signed of its log: that it had so many entries, and which. */
export interface Head {
  /** How many entries. */
  size: number;
  /** The root of the tree over them, 64 hexadecimal digits. */
  root: string;
  /** ISO 8601 in UTC. */
  at: string;
}

/** A head, signed: a compact JWS (RFC 7515) with EdDSA. */
export const signHead = ({ size, root, at }: Head): Promise<string> => signCompact(TYPE, { size, root, at });

/** What a signed head says, and by which key; null when none of the reader's keys signed it as a head. */
export async function readHead(read: ReadCompact, text: string): Promise<(Head & { kid: string }) | null> {
  const said = await read(TYPE, text);
  return said && { ...(said.payload as Head), kid: said.kid };
}

/** What a head says, whoever signed it; null when it is none. */
export function claimedHead(text: string): Head | null {
  try {
    return JSON.parse(Buffer.from(text.split(".")[1] ?? "", "base64url").toString()) as Head;
  } catch {
    return null;
  }
}

/** The newest head as it was signed; null in a log that has none yet. */
export async function newestHead(db: Db): Promise<string | null> {
  const [last] = await db
    .select({ head: auditHeads.head })
    .from(auditHeads)
    .orderBy(desc(auditHeads.size))
    .limit(1);
  return last?.head ?? null;
}

/** A public key that heads were signed with. */
export interface LogKey {
  kid: string;
  x: string;
  /** The former key's signature over it; null of the first. */
  endorsed: string | null;
}

/** The keys that the log's heads were signed with, oldest first. */
export function logKeys(db: Db): Promise<LogKey[]> {
  const { kid, x, endorsed } = auditKeys;
  return db
    .select({ kid, x, endorsed })
    .from(auditKeys)
    .orderBy(auditKeys.at, sql`endorsed nulls first`, kid);
}

/** Reads heads by the keys that the log itself names. */
export async function headReader(db: Db): Promise<ReadCompact> {
  const keys = await logKeys(db);
  if (keys.length === 0) return async () => null;
  return compactReader(keys.map(({ kid, x }) => ({ kty: "OKP", crv: "Ed25519", kid, x })));
}
