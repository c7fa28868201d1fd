import type { z } from "zod";
import type { Tx } from "@/db/connection/transaction";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import type { Permission } from "@/lib/auth/permissions";
import type { Action } from "./actions";

/** What a verb writes down about one thing it wrote. */
export interface AuditEntry {
  subjectKind: "deal" | "stage_entry" | "role_row" | "activity" | "registration" | (string & {});
  subjectId: string;
  dealId: string | null;
  before: unknown;
  after: unknown;
}

/** What a verb may use: the open transaction, who acts, the day, and the two notes it owes the door. */
export interface WriteContext {
  tx: Tx;
  actor: Actor;
  /** The day of the write; the door's clock, never the verb's. */
  today: Day;
  request: string;
  /** True while the demo story is told: what is made then is marked, and removed with it. */
  demo: boolean;
  /** Who, when and what before and after (§9); flushed with the write's own commit. */
  audit(entry: AuditEntry): void;
  /** Names a deal whose facts changed: its version rises and it is judged before the commit. */
  touch(dealId: string): void;
}

/** Whether the actor owns what the verb is about, and the sentence that says why not. */
export interface Ownership {
  owns: boolean;
  because: string;
}

export interface VerbSpec<I extends z.ZodType, O extends z.ZodType> {
  name: Action;
  summary: string;
  input: I;
  output: O;
  may: Permission;
  /** Its facts mirror what another system recorded, each with its day, and are no edit of today. */
  mirrors?: true;
  /** For a verb over more than a person's handful of rows; the transaction's default otherwise. */
  timeoutMs?: number;
  /** Asked only of roles that hold the permission for their own alone. */
  own?(context: WriteContext, input: z.output<I>): Promise<Ownership>;
  run(context: WriteContext, input: z.output<I>): Promise<z.output<O>>;
}

/** A verb as the rest of the house sees it: everything but the way to run it. */
export type Verb<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = Omit<
  VerbSpec<I, O>,
  "run" | "own"
>;

const specs = new WeakMap<object, VerbSpec<z.ZodType, z.ZodType>>();

/** Declares a verb. What comes back cannot be run: only the door can (`perform`). */
export function defineVerb<I extends z.ZodType, O extends z.ZodType>(spec: VerbSpec<I, O>): Verb<I, O> {
  const { run: _run, own: _own, ...face } = spec;
  specs.set(face, spec as unknown as VerbSpec<z.ZodType, z.ZodType>);
  return Object.freeze(face);
}

/** The door's way to a verb's body. */
export function bodyOf<I extends z.ZodType, O extends z.ZodType>(verb: Verb<I, O>): VerbSpec<I, O> {
  const spec = specs.get(verb);
  if (!spec) throw new TypeError(`${verb.name} was not declared with defineVerb`);
  return spec as unknown as VerbSpec<I, O>;
}
