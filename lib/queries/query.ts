import type { z } from "zod";
import { type Db, database } from "@/db/connection/client";
import { readDatabase } from "@/db/connection/replica";
import type { Day } from "@/lib/attribution/facts";
import type { Actor } from "@/lib/auth/actor";
import type { KeyScope } from "@/lib/auth/key-scopes";
import { USER_ROLE_NAMES, type UserRole } from "@/lib/auth/roles";
import { Refusal } from "@/lib/errors";

/** What a query may know: where to read, who asks, and the day it is. */
export interface ReadContext {
  db: Db;
  actor: Actor;
  today: Day;
}

/** A read, said in one literal: its API route, its documentation and its browser hook come from here. */
export interface Query<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  N extends string = string,
> {
  name: N;
  summary: string;
  input: I;
  output: O;
  /** The roles that may ask; absent when everybody may, as §9 has it for nearly all. */
  only?: readonly UserRole[];
  /** A key's scope that opens it without `read`. */
  scope?: KeyScope;
  /** It reads what is kept of the lenses, which are brought up to today first. */
  lenses?: true;
  /** It tells what stands now, whoever wrote it: read from the primary, never from a replica. */
  fresh?: true;
  /** The input is a document, so it travels in a request's body (POST) and not in the address. */
  inBody?: boolean;
  run(context: ReadContext, input: z.output<I>): Promise<z.output<O>>;
}

/** The context of a read for `actor` from the process's database; of a `fresh` one, from the primary. */
export async function readContext(
  actor: Actor,
  today: Day,
  { fresh }: Pick<Query, "fresh"> = {},
): Promise<ReadContext> {
  return { db: fresh ? database().db : await readDatabase(actor.id), actor, today };
}

/** Refuses a key that was not made for reading, nor for the one read that `scope` opens. */
export function mustOpen({ key }: Actor, scope: KeyScope = "read"): void {
  if (!key || key.scopes.includes("read") || key.scopes.includes(scope)) return;
  const rule = `The key ${key.name} may not read this: it was not made for read`;
  throw new Refusal({ code: "forbidden", field: "", value: key.name, rule });
}

/** Declares a query; the types of its input and answer follow from its schemas. */
export function defineQuery<I extends z.ZodType, O extends z.ZodType, N extends string>(
  query: Query<I, O, N>,
): Query<I, O, N> {
  return Object.freeze(query);
}

/** Refuses a key or a role that may not ask, whatever it asks. */
export function mustAsk({ scope, only }: Pick<Query, "scope" | "only">, actor: Actor): void {
  mustOpen(actor, scope);
  if (!only || only.includes(actor.role)) return;
  const rule = `only ${only.map((may) => USER_ROLE_NAMES[may]).join(" and ")} may see this`;
  throw new Refusal({ code: "forbidden", field: "", value: actor.role, rule });
}

/** Answers a query whose input was parsed already; refuses a role that may not ask. */
export async function answer<I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  input: z.output<I>,
  context: ReadContext,
): Promise<z.output<O>> {
  mustAsk(query, context.actor);
  return query.run(context, input);
}
