import { createHmac, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { passwordTries } from "@/db/schema/people";
import { authSecret } from "./secret";

/** Wrong passwords that one address, one known browser of a person, or one person signing may have in a window. */
export const TRIES = 8;
/** Wrong passwords from one place: an office may share an address of the network. */
export const TRIES_FROM_ONE_PLACE = 60;
export const WINDOW_MINUTES = 10;

/** Something that tries are counted by. */
export interface Counted {
  key: string;
  most: number;
}

/** What tries are counted by; an address without saying which, as people type passwords into the wrong field. */
export function counted(what: "address" | "browser" | "origin" | "person", name: string): Counted {
  const kept =
    what === "address" ? createHmac("sha256", authSecret()).update(name).digest("base64url") : name;
  return { key: `${what}:${kept}`, most: what === "origin" ? TRIES_FROM_ONE_PLACE : TRIES };
}

/** What became of counting a try. */
export interface Turn {
  /** Seconds to wait before the next try; 0 when this one may go on. */
  seconds: number;
  /** Whether it is the first that has to wait. */
  isFirst: boolean;
}

/**
 * Counts a try before its password is looked at, in the database: of a burst of any width, over any number of
 * processes, no more than the allowed number get as far as the hash.
 */
export async function countTry(client: Client, by: readonly Counted[]): Promise<Turn> {
  const keys = by.map(({ key }) => key).sort();
  const window = sql`make_interval(mins => ${WINDOW_MINUTES})`;
  const isOver = sql`${passwordTries.since} < now() - ${window}`;
  const rows = await write(client, (tx) =>
    tx
      .insert(passwordTries)
      .values(keys.map((key) => ({ key, tries: 1 })))
      .onConflictDoUpdate({
        target: passwordTries.key,
        set: {
          tries: sql`case when ${isOver} then 1 else ${passwordTries.tries} + 1 end`,
          since: sql`case when ${isOver} then now() else ${passwordTries.since} end`,
        },
      })
      .returning({
        key: passwordTries.key,
        tries: passwordTries.tries,
        wait: sql<number>`ceil(extract(epoch from ${passwordTries.since} + ${window} - now()))::int`,
      }),
  );
  const most = new Map(by.map((one) => [one.key, one.most]));
  const over = rows.filter(({ key, tries }) => tries > (most.get(key) ?? 0));
  return {
    seconds: Math.max(0, ...over.map(({ wait }) => Math.max(1, wait))),
    isFirst: over.some(({ key, tries }) => tries === (most.get(key) ?? 0) + 1),
  };
}

/** A right password: what was counted of its owner is forgotten, and its own try where others share the count. */
export async function forgiveTries(client: Client, by: readonly Counted[]): Promise<void> {
  const own = by.filter(({ most }) => most === TRIES).map(({ key }) => key);
  const shared = by.filter(({ most }) => most !== TRIES).map(({ key }) => key);
  await write(client, async (tx) => {
    await tx.execute(sql`delete from ${passwordTries} where key = any(${sql.param(own)}::text[])`);
    await tx.execute(sql`
      update ${passwordTries} set tries = greatest(tries - 1, 0) where key = any(${sql.param(shared)}::text[])`);
  });
}

const write = <T>(client: Client, work: Parameters<typeof guardedTransaction<T>>[2]): Promise<T> =>
  guardedTransaction(client, { actor: "system:sign-in", request: randomUUID(), retry: true }, work);
