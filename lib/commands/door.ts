import { randomUUID } from "node:crypto";
import { tracingChannel } from "node:diagnostics_channel";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import { type Client, database } from "@/db/connection/client";
import { readDatabase } from "@/db/connection/replica";
import { guardedTransaction, type Tx } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import { judgeDeals } from "@/lib/judging/judge";
import { type PolicyBook, policyBook } from "@/lib/judging/policy-book";
import { type Stand, standOf } from "@/lib/judging/stand";
import { refusalOf } from "./database-problem";
import { lacks } from "./guard";
import { answeredBefore, rememberAnswer } from "./idempotency";
import { mustChange } from "./must-change";
import { mustMay, type RefusedDeal, refusalBy, refusedDeals } from "./must-may";
import { Notes } from "./notes";
import { parseInput } from "./parse";
import { companyToday, forgetZone } from "./today";
import { bodyOf, type Verb, type WriteContext } from "./verb";
import type { Action } from "./verbs";

/** For whoever measures: what of a write is judging. Nobody listening, it costs nothing. */
export const judging = tracingChannel<object, { deals: number }>("countersign:judging");

/** How a call comes to the door. `today`, `client` and `demo` are for scripts, the demo story and tests. */
export interface Call {
  actor: Actor;
  client?: Client;
  /** The day of the write; the company's today (lib/commands/today.ts) unless told. */
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
  const entered = await enter(verb, input, call);
  const { action, parsed, request } = entered;
  const keyed =
    call.idempotencyKey && !verb.tellsOnce
      ? { actorId: call.actor.id, key: call.idempotencyKey, action, input: parsed }
      : null;
  const done = await inside(entered, {}, async (tx) => {
    const repeated = keyed && (await answeredBefore(tx, keyed));
    if (repeated) return repeated as Answer<z.output<O>>;
    const answer = { request, answer: (await entered.write(tx, parsed)).answer };
    if (keyed) await rememberAnswer(tx, keyed, answer);
    return answer;
  });
  if (bodyOf(verb).setsZone) forgetZone(entered.client);
  return done;
}

/** What a write would do to one deal: how it stands without the write, and with it. */
export interface RehearsedDeal {
  dealId: string;
  /** Null while it is not there: a deal that would be entered. */
  before: Stand | null;
  /** Null when it is there no more. */
  after: Stand | null;
}

/** What a write would answer and do. */
export interface Rehearsal<O> {
  /** Null when none of several deals would take it. */
  answer: O | null;
  /** Those whose facts the write would touch, in order of id, as many as one looks over. */
  deals: RehearsedDeal[];
  /** How many deals it would touch in all. */
  touched: number;
  /** Of several deals those that do not take it, each with the rule that says so; the rest is rehearsed without them. */
  leftOut: RefusedDeal[];
}

/** Of how many deals a rehearsal tells how they would stand. */
const LOOKED_OVER = 200;

/**
 * The same door, on trial: whoever may not write may not rehearse, what would be refused is refused in the
 * same words, and everything is rolled back. Before and after are of one snapshot: what others write
 * meanwhile is in neither.
 */
export async function rehearse<I extends z.ZodType, O extends z.ZodType>(
  verb: Verb<I, O, Action>,
  input: unknown,
  call: Call,
): Promise<Rehearsal<z.output<O>>> {
  const entered = await enter(verb, input, call);
  return inside(entered, { rehearsal: true }, async (tx) => {
    const stand = async (dealIds: readonly string[]) =>
      standOf(tx, dealIds, entered.today, await policyBook(tx));
    await tx.execute(sql`savepoint rehearsal`);
    const leftOut: RefusedDeal[] = [];
    const tried = await tryOn(tx, entered, leftOut);
    const touched = [...(tried?.touched ?? [])].sort();
    const dealIds = touched.slice(0, LOOKED_OVER);
    const after = await stand(dealIds);
    await tx.execute(sql`rollback to savepoint rehearsal`);
    const before = await stand(dealIds);
    const deals = dealIds.map((dealId) => ({
      dealId,
      before: before.get(dealId) ?? null,
      after: after.get(dealId) ?? null,
    }));
    return { answer: tried?.answer ?? null, deals, touched: touched.length, leftOut };
  });
}

/** Writes, with those of several deals left out that do not take it; null when none is left. */
async function tryOn<O>(
  tx: Tx,
  { parsed, write }: Entered<O>,
  leftOut: RefusedDeal[],
): Promise<Written<O> | null> {
  for (let input = parsed; ; ) {
    try {
      const written = await write(tx, input, true);
      // What the database would say only at the commit, it says here.
      await tx.execute(sql`set constraints all immediate`);
      return written;
    } catch (error) {
      const refused = refusedDeals(error);
      if (!refused) throw error;
      leftOut.push(...refused);
      const { dealIds } = input as { dealIds: readonly string[] };
      const left = dealIds.filter((id) => leftOut.every(({ dealId }) => dealId !== id));
      await tx.execute(sql`rollback to savepoint rehearsal`);
      if (left.length === 0) return null;
      input = { ...(input as object), dealIds: left };
    }
  }
}

/** A write as far as the commit. */
interface Written<O> {
  answer: O;
  touched: ReadonlySet<string>;
}

/** A call that has passed everything which needs no transaction. */
interface Entered<O> {
  action: Action;
  call: Call;
  client: Client;
  parsed: unknown;
  request: string;
  today: Day;
  timeoutMs?: number;
  /** All that happens between begin and commit. */
  write(tx: Tx, input: unknown, rehearsal?: boolean): Promise<Written<O>>;
}

async function enter<I extends z.ZodType, O extends z.ZodType>(
  verb: Verb<I, O, Action>,
  input: unknown,
  call: Call,
): Promise<Entered<z.output<O>>> {
  const spec = bodyOf(verb);
  const { actor } = call;
  // Before the input is looked at: who may not do this at all learns nothing of its rules.
  const lacking = lacks(spec.guard, actor);
  if (lacking) throw refusalBy(lacking, actor);
  const parsed = spec.fits?.(input) ?? parseInput(spec.input, input, spec.mirrors && "rows");
  const request = call.request ?? randomUUID();
  const client = call.client ?? database();
  const today = call.today ?? (await companyToday(client));
  const prepared = await spec.prepare?.(
    {
      db: call.client?.db ?? (await readDatabase(actor.id)),
      client,
      actor,
      today,
    },
    parsed,
  );
  const timeoutMs = call.timeoutMs ?? spec.timeoutMs;
  const write = async (tx: Tx, given: unknown, rehearsal = false) => {
    const asked = given as z.output<I>;
    const notes = new Notes();
    let book: Promise<PolicyBook> | undefined;
    const context: WriteContext = {
      tx,
      actor,
      today,
      request,
      demo: call.demo ?? false,
      rehearsal,
      policies: () => (book ??= policyBook(tx)),
      audit: notes.audit,
      add: notes.add,
      touch: notes.touch,
      enter: notes.enter,
      again: notes.again,
      // What is told of a story, nobody waits for.
      tell: call.demo ? () => {} : notes.tell,
    };
    const subject = await spec.subject?.(context, asked);
    mustMay(spec.guard, actor, subject);
    if (spec.stands) mustChange(asked, spec.stands(subject));
    const answer = await spec.run(context, asked, subject, prepared);
    await notes.flush(tx, { actor, action: spec.name, request });
    const { touched, toJudge } = notes;
    // Raised, they are locked; judged again before anybody can see them.
    if (toJudge.length > 0) {
      const how = { mirrors: spec.mirrors ?? false, locked: true, policies: await context.policies() };
      await judging.tracePromise(() => judgeDeals(tx, toJudge, today, how), { deals: toJudge.length });
    }
    return { answer, touched };
  };
  return { action: spec.name, call, client, parsed, request, today, timeoutMs, write };
}

/** Runs `work` in the one kind of transaction that writes; what the database refuses is a refusal. */
async function inside<T>(
  { call, client, request, timeoutMs }: Entered<unknown>,
  how: { rehearsal?: true },
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const context = { actor: call.actor.id, request, retry: true, timeoutMs, ...how };
  try {
    return await guardedTransaction(client, context, work);
  } catch (error) {
    throw refusalOf(error);
  }
}
