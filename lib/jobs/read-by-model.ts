import { createHash, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import { MODEL_READER } from "@/lib/auth/actor";
import { perform } from "@/lib/commands/door";
import { keepModelReading } from "@/lib/commands/evidence/keep-model-reading";
import { knownCompany } from "@/lib/commands/evidence/known-company";
import { keyOf } from "@/lib/commands/evidence/set-evidence-model";
import { askModel, bodyFor, type ModelPlace } from "@/lib/connectors/model/ask-model";
import type { PostOptions } from "@/lib/connectors/webhooks/post";
import { isRefusal } from "@/lib/errors";
import { answeredBy, askedOf } from "@/lib/reading/model";
import { readFile } from "@/lib/reading/read-file";
import type { Job } from "./job";

/** How long who takes a file holds it: longer than any model is waited for. */
const HELD_MS = 300_000;
const TRIES = 4;
const FIRST_PAUSE_MS = 30_000;

interface Taken extends Record<string, unknown> {
  evidenceId: string;
  name: string;
  file: Uint8Array;
  droppedOn: Day;
  attempts: number;
  address: string;
  model: string;
  sealed: string | null;
}

/** Has files that wait for it read by the model that the company named; where none is named, none waits (§8.2). */
export const readByModel: Job = {
  name: "read-by-model",
  everyMs: 3_000,
  work: (client, today) =>
    readWaiting(client, today, { toPrivate: process.env.MODEL_TO_PRIVATE === "allow" }),
};

/** One file after the other, each by one process. */
export async function readWaiting(
  client: Client,
  today: Day,
  options: PostOptions & { wholeMs?: number },
): Promise<void> {
  for (;;) {
    const one = await take(client);
    if (!one) return;
    await read(client, one, today, options);
  }
}

const who = () => ({ actor: MODEL_READER.id, request: randomUUID(), retry: true });

async function take(client: Client): Promise<Taken | null> {
  return guardedTransaction(client, who(), async (tx) => {
    const [one] = await tx.execute<Taken>(sql`
      update model_readings r set attempts = r.attempts + 1, due_at = now() + ${HELD_MS} * interval '1 millisecond'
      from evidence_files f, evidence_models m
      where f.id = r.evidence_id and r.evidence_id = (
        select evidence_id from model_readings where state = 'waiting' and due_at <= now()
        order by due_at, evidence_id limit 1 for update skip locked)
      returning f.id as "evidenceId", f.name, f.file, f.dropped_on::text as "droppedOn", r.attempts, m.address, m.model,
        m.sealed`);
    return one ?? null;
  });
}

async function read(
  client: Client,
  one: Taken,
  today: Day,
  options: PostOptions & { wholeMs?: number },
): Promise<void> {
  const known = await knownCompany(client.db, today);
  const { evidenceId, model } = one;
  const asked = askedOf(known, await readFile({ name: one.name, bytes: one.file }, known, one.droppedOn));
  const place = placeOf(one);
  if (asked === null) return give(client, one, "It names no partner and customer of ours any more", null);
  if (place === null)
    return give(
      client,
      one,
      "The model's key was sealed under a key that is not here any more: set it anew",
      null,
    );
  const body = bodyFor(place, asked.messages);
  const sentSha256 = sha256(body);
  const said = await askModel(place, body, options);
  if ("problem" in said)
    return said.isFinal
      ? give(client, one, said.problem, sentSha256)
      : later(client, one, said.problem, sentSha256);
  const answer = answeredBy(said.said, asked, known);
  if (answer === null)
    return later(
      client,
      one,
      "The model answered with no JSON of the shape that it was asked for",
      sentSha256,
    );
  try {
    await perform(
      keepModelReading,
      { evidenceId, model, sentSha256, answeredSha256: sha256(said.said), ...answer },
      { actor: MODEL_READER, client, today },
    );
  } catch (error) {
    // Somebody else has kept it, or the deal is gone since.
    if (!isRefusal(error)) throw error;
    if (error.code !== "conflict") await later(client, one, error.rule, sentSha256);
  }
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function placeOf(one: Taken): ModelPlace | null {
  try {
    return { address: one.address, model: one.model, key: keyOf(one) };
  } catch {
    return null;
  }
}

/** Tried again after half a minute, one, two; then given up. */
async function later(client: Client, one: Taken, problem: string, sent: string): Promise<void> {
  if (one.attempts >= TRIES) return give(client, one, problem, sent);
  const pause = FIRST_PAUSE_MS * 2 ** (one.attempts - 1);
  await guardedTransaction(client, who(), (tx) =>
    tx.execute(sql`
      update model_readings set problem = ${problem}, model = ${one.model}, sent_sha256 = ${sent},
        due_at = now() + ${pause} * interval '1 millisecond'
      where evidence_id = ${one.evidenceId} and state = 'waiting'`),
  );
}

/** What the rules have read stands as it does; a file of which they read nothing is not kept. */
async function give(client: Client, one: Taken, problem: string, sent: string | null): Promise<void> {
  await guardedTransaction(client, who(), async (tx) => {
    await tx.execute(sql`
      update model_readings set state = 'failed', problem = ${problem}, model = ${one.model},
        sent_sha256 = coalesce(${sent}, sent_sha256)
      where evidence_id = ${one.evidenceId} and state = 'waiting'`);
    await tx.execute(sql`
      delete from evidence_files f where f.id = ${one.evidenceId}
        and not exists (select from evidence_proposals p where p.evidence_id = f.id)`);
  });
}
