import type { PgTable } from "drizzle-orm/pg-core";
import type { z } from "zod";
import type { Client, Db } from "@/db/connection/client";
import type { Tx } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import type { PolicyBook } from "@/lib/judging/policy-book";
import type { Guard } from "./guard";
import type { AuditEntry, DealChanges } from "./notes";
import type { Telling } from "./telling";

/** What a verb may use: the open transaction, who acts, the day, and the notes it owes the door. */
export interface WriteContext {
  tx: Tx;
  actor: Actor;
  /** The day of the write; the door's clock, never the verb's. */
  today: Day;
  request: string;
  /** True while the demo story is told: what is made then is marked, and removed with it. */
  demo: boolean;
  /** True on trial: what waits for somebody's answer shows what it will be once that is yes. */
  rehearsal: boolean;
  /** The policies of all time, read once a transaction; judging uses the same. */
  policies(): Promise<PolicyBook>;
  /** Who, when and what before and after (§9); flushed with the write's own commit. */
  audit(entry: AuditEntry): void;
  /** A row to add, written with the write's other notes, after `run`: what `run` itself reads does not hold it. */
  add<T extends PgTable>(table: T, row: T["$inferInsert"]): void;
  /**
   * Names a deal whose facts changed: its version rises and it is judged before the commit. `changes` are
   * those of its own columns, written with the version.
   */
  touch(dealId: string, changes?: DealChanges): void;
  /** Names a deal that this write enters: it is judged before the commit, and its version begins with it. */
  enter(dealId: string): void;
  /**
   * Names a deal about which something was written that is no fact of it, as a case that is raised: it is judged
   * again, its version stays. The caller holds its row locked.
   */
  again(dealId: string): void;
  /** Tells people of it once it is committed, never whoever acts; written with the write's other notes (§8.9). */
  tell(telling: Telling): void;
}

/** What a verb may know before its transaction: what stands committed, who asks, the day. */
export interface PrepareContext {
  db: Db;
  /** For what must be written down whatever becomes of the write, as a try with a password. */
  client: Client;
  actor: Actor;
  today: Day;
}

/**
 * A verb, said in one literal.
 *
 * @template N its name, which is the audited action
 * @template S what it is about, as it is loaded; the guard may ask for less
 * @template P what it prepares
 */
export interface VerbSpec<N extends string, I extends z.ZodType, O extends z.ZodType, S, P = undefined> {
  name: N;
  summary: string;
  input: I;
  /** The input where it is plainly right, null where the schema has to look: for what is large. */
  fits?: (input: unknown) => z.output<I> | null;
  output: O;
  /** Who may do it to what, and when; the pages ask the same one. */
  guard: Guard<S>;
  /** Its facts mirror what another system recorded, each with its day, and are no edit of today. */
  mirrors?: true;
  /** It may change the company's time zone: the door asks for it anew after the commit. */
  setsZone?: true;
  /** Its answer is a secret, told once: no first answer is kept for a repeat under the same key. */
  tellsOnce?: true;
  /** For a verb over more than a person's handful of rows; the transaction's default otherwise. */
  timeoutMs?: number;
  /** Locks and loads what the verb is about, once: the guard is asked about it, and `run` is handed it. */
  subject?: (context: WriteContext, input: z.output<I>) => Promise<S>;
  /** Of an edit, what stands of that which it would change, by the same names: one that says no more is refused. */
  stands?: (subject: S) => Readonly<Record<string, unknown>>;
  /**
   * Reads and computes what takes long, before the transaction and its locks; `run` is handed it, and sees to
   * it that it still holds.
   */
  prepare?: (context: PrepareContext, input: z.output<I>) => Promise<P>;
  run(context: WriteContext, input: z.output<I>, subject: S, prepared: P): Promise<z.output<O>>;
}

/** A verb as the rest of the house sees it: everything but the way to run it. */
export type Verb<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  N extends string = string,
> = Omit<VerbSpec<N, I, O, never>, "run" | "subject" | "stands" | "prepare" | "guard" | "fits"> & {
  guard: Guard<never>;
};

type AnySpec = VerbSpec<string, z.ZodType, z.ZodType, unknown, unknown>;

/** What a verb that is handed something must say how to come by. */
type Needs<T, Name extends string, Spec> = undefined extends T
  ? unknown
  : Required<Pick<Spec, Name & keyof Spec>>;

const specs = new WeakMap<object, AnySpec>();

/** Declares a verb. What comes back cannot be run: only the door can (`perform`). */
export function defineVerb<
  const N extends string,
  I extends z.ZodType,
  O extends z.ZodType,
  S = undefined,
  P = undefined,
>(
  spec: VerbSpec<N, I, O, S, P> &
    Needs<S, "subject", VerbSpec<N, I, O, S, P>> &
    Needs<P, "prepare", VerbSpec<N, I, O, S, P>>,
): Verb<I, O, N> {
  const { run: _run, subject: _subject, stands: _stands, prepare: _prepare, fits: _fits, ...face } = spec;
  specs.set(face, spec as unknown as AnySpec);
  return Object.freeze(face) as unknown as Verb<I, O, N>;
}

/** The door's way to a verb's body. */
export function bodyOf<I extends z.ZodType, O extends z.ZodType, N extends string>(
  verb: Verb<I, O, N>,
): VerbSpec<N, I, O, unknown, unknown> {
  const spec = specs.get(verb);
  if (!spec) throw new TypeError(`${verb.name} was not declared with defineVerb`);
  return spec as unknown as VerbSpec<N, I, O, unknown, unknown>;
}
