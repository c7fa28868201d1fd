import { randomUUID } from "node:crypto";
import { inArray, sql } from "drizzle-orm";
import type { z } from "zod";
import { type Client, database } from "@/db/connection/client";
import { readDatabase } from "@/db/connection/replica";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import { auditLog } from "@/db/schema/audit";
import { deals } from "@/db/schema/deals";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { judgeDeals } from "@/lib/judging/judge";
import { type PolicyBook, policyBook } from "@/lib/judging/policy-book";
import { refusalOf } from "./database-problem";
import { lacks } from "./guard";
import { answeredBefore, rememberAnswer } from "./idempotency";
import { mustMay, refusalBy } from "./must-may";
import { parseInput } from "./parse";
import { type AuditEntry, bodyOf, type Verb, type WriteContext } from "./verb";
import type { Action } from "./verbs";

/** How a call comes to the door. `today`, `client` and `demo` are for scripts, the demo story and tests. */
export interface Call {
  actor: Actor;
  client?: Client;
  today?: Day;
  /** The request's id; one is made when absent. Undo names a write by it. */
  request?: string;
  idempotencyKey?: string;
  demo?: boolean;
  /** Milliseconds that the whole write may take; the verb's own limit unless told, else 30 seconds. */
  timeoutMs?: number;
}

export interface Answer<O> {
  request: string;
  answer: O;
}

/** The server's calendar day in UTC; the only clock that writes know. */
export function serverDay(): Day {
  return new Date().toISOString().slice(0, 10);
}

/**
 * The door: every write comes through here. Asks the permission table, parses strictly, prepares what takes
 * long, opens the guarded transaction, locks and loads what the verb is about and asks its guard, runs the verb, writes the audit
 * entries, raises the version of the touched deals, judges them, commits. Refuses with a `Refusal`;
 * nothing is half done.
 */
export async function perform<I extends z.ZodType, O extends z.ZodType>(
  verb: Verb<I, O, Action>,
  input: unknown,
  call: Call,
): Promise<Answer<z.output<O>>> {
  const spec = bodyOf(verb);
  // Before the input is looked at: who may not do this at all learns nothing of its rules.
  const lacking = lacks(spec.guard, call.actor);
  if (lacking) throw refusalBy(lacking, call.actor);
  const parsed = parseInput(spec.input, input);
  const request = call.request ?? randomUUID();
  const today = call.today ?? serverDay();
  const prepared = await spec.prepare?.(
    { db: call.client?.db ?? (await readDatabase(call.actor.id)), actor: call.actor, today },
    parsed,
  );
  const keyed = call.idempotencyKey
    ? { actorId: call.actor.id, key: call.idempotencyKey, action: spec.name, input: parsed }
    : null;
  const work = async (tx: Tx): Promise<Answer<z.output<O>>> => {
    const repeated = keyed && (await answeredBefore(tx, keyed));
    if (repeated) return repeated as Answer<z.output<O>>;
    const entries: AuditEntry[] = [];
    const touched = new Set<string>();
    let book: Promise<PolicyBook> | undefined;
    const policies = () => (book ??= policyBook(tx));
    const context: WriteContext = {
      tx,
      actor: call.actor,
      today,
      request,
      demo: call.demo ?? false,
      policies,
      audit: (entry) => void entries.push(entry),
      touch: (dealId) => void touched.add(dealId),
    };
    const subject = await spec.subject?.(context, parsed);
    mustMay(spec.guard, call.actor, subject);
    const answer = { request, answer: await spec.run(context, parsed, subject, prepared) };
    await appendAudit(tx, spec.name, context, entries);
    await settle(context, [...touched], spec.mirrors ?? false);
    if (keyed) await rememberAnswer(tx, keyed, answer);
    return answer;
  };
  const timeoutMs = call.timeoutMs ?? spec.timeoutMs;
  try {
    return await guardedTransaction(
      call.client ?? database(),
      { actor: call.actor.id, request, retry: true, timeoutMs },
      work,
    );
  } catch (error) {
    throw refusalOf(error);
  }
}

/** One statement whatever the number: an import audits thousands of rows at a time. */
async function appendAudit(
  tx: Tx,
  action: Action,
  context: WriteContext,
  entries: AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const { actor, request } = context;
  await tx.execute(sql`
    insert into ${auditLog} (actor, action, request, deal_id, subject_kind, subject_id, before, after)
    select ${actor.id}, ${action}, ${request}, e."dealId", e."subjectKind", e."subjectId", e.before, e.after
    from json_to_recordset(${JSON.stringify(entries)}::text::json)
      as e ("dealId" text, "subjectKind" text, "subjectId" text, before jsonb, after jsonb)`);
}

/** Raises the versions of the touched deals and judges them again, before anybody can see them. */
async function settle(
  { tx, today, policies }: WriteContext,
  touched: string[],
  mirrors: boolean,
): Promise<void> {
  if (touched.length === 0) return;
  await tx
    .update(deals)
    .set({ version: sql`${deals.version} + 1` })
    .where(inArray(deals.id, touched));
  await judgeDeals(tx, touched, today, { mirrors, policies: await policies() });
}
