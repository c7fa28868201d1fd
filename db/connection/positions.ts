import { perProcess } from "./per-process";

/**
 * A place in the primary's write-ahead log, in bytes from its beginning: what was committed by then lies
 * before it. Positions of one server and its replicas compare; they only grow.
 */
export type Position = bigint;

/** In SQL, the primary's own. What `commit` answered lies before it. */
export const OWN_POSITION = "pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text";

/** Written for every reader: judging that a day's first reads asked for. */
export const EVERYBODY = "everybody";

/** Longer than a replica may ever be behind (db/connection/replica.ts); whoever wrote before that needs no more care. */
export const REMEMBERED_MS = 60_000;

interface Written {
  position: Position;
  at: number;
}

const written = () => perProcess("positions", () => new Map<string, Written>());

/** Remembers for a minute that `who` has written up to `position`, as an actor's id names them. */
export function notePosition(who: string, position: Position): void {
  const now = Date.now();
  const known = written().get(who);
  // The eldest stand first, so the forgotten are those that a walk from there meets.
  written().delete(who);
  written().set(who, { position: known && known.position > position ? known.position : position, at: now });
  for (const [elder, { at }] of written()) {
    if (at > now - REMEMBERED_MS) return;
    written().delete(elder);
  }
}

/** Up to where `who` has written lately; null when they have not. */
export function positionOf(who: string): Position | null {
  const known = written().get(who);
  return known && known.at > Date.now() - REMEMBERED_MS ? known.position : null;
}
