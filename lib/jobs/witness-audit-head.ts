import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { auditHeads, witnessedHeads } from "@/db/schema/audit";
import { claimedHead, type LogKey, logKeys } from "@/lib/audit/head";
import type { Job } from "./job";

const PATIENCE_MS = 20_000;

/** Sends the newest head to a witness outside, `AUDIT_WITNESS_URL`, once an hour while the log grows (domain.md §9). */
export const witnessAuditHead: Job = {
  name: "witness-audit-head",
  everyMs: 60 * 60_000,
  async work(client) {
    const to = process.env.AUDIT_WITNESS_URL;
    if (to) await tellWitness(client, witnessAt(to));
  },
};

/** @throws Error when it is no address over https, or over http on this machine */
export function witnessAt(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHere = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isHere)) return url;
  throw new Error("AUDIT_WITNESS_URL is no https address");
}

/** What a witness is sent, as JSON: a mail gateway finds a subject and a text in it, a program the head and its keys. */
export function witnessBody(signed: string, keys: readonly LogKey[]) {
  const { size = 0, root = "", at = "" } = claimedHead(signed) ?? {};
  return {
    subject: `Audit log of Countersign: ${size} entries`,
    text: `The audit log had ${size} entries at ${at}, with the root ${root}. Keep this: with it anybody can verify later that none of them was changed or removed.`,
    head: signed,
    size,
    root,
    at,
    keys,
  };
}

/** Sends the newest head unless the witness has it; kept as told once it answered with success. */
export async function tellWitness(client: Client, to: URL): Promise<void> {
  const [newest] = await client.db
    .select({ size: auditHeads.size, head: auditHeads.head, witness: witnessedHeads.witness })
    .from(auditHeads)
    .leftJoin(witnessedHeads, eq(witnessedHeads.size, auditHeads.size))
    .orderBy(desc(auditHeads.size))
    .limit(1);
  if (!newest || newest.witness !== null) return;
  const { size, head } = newest;
  const answer = await fetch(to, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(witnessBody(head, await logKeys(client.db))),
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`the witness at ${to.host} answered ${answer.status}`);
  const context = { actor: "system:witness-audit-head", request: randomUUID(), retry: true };
  await guardedTransaction(client, context, (tx) =>
    tx.insert(witnessedHeads).values({ size, witness: to.host }).onConflictDoNothing(),
  );
}
