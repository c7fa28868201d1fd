import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { type Client, database } from "@/db/connection/client";
import { perProcess } from "@/db/connection/per-process";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Problem } from "@/lib/errors";

/** So many requests may be made by one key in a window, by however many processes they are served. */
export const REQUESTS = 600;
const WINDOW_S = 60;
/** A process draws so many of them at a time: one write for as many requests, and no more than these are ever lost. */
const DRAWN = 30;

/** What this process knows of a key's window. */
interface Hand {
  /** Drawn and not yet used. */
  drawn: number;
  /** Those that nobody has drawn yet, when this process drew last. */
  beyond: number;
  /** When the window ends, in milliseconds since 1970. */
  until: number;
}

/** A hand for each key in use, and those that are being drawn. */
interface Hands {
  known: Map<string, Hand>;
  drawing: Map<string, Promise<void>>;
}

const ofClients = () => perProcess("key-windows", () => new WeakMap<Client, Hands>());

/** One request counted. */
export interface Turn {
  /** Null when it may go on. */
  problem: Problem | null;
  /** RateLimit fields (draft-ietf-httpapi-ratelimit-headers), and when to come again after too many. */
  headers: Record<string, string>;
}

/**
 * Counts a request by a key, in the database that all processes share: of their requests together no more are let
 * through in a window than one process would let through.
 */
export async function takeTurn(keyId: string, client: Client = database()): Promise<Turn> {
  const hands = ofClients().get(client) ?? { known: new Map(), drawing: new Map() };
  ofClients().set(client, hands);
  for (;;) {
    const hand = hands.known.get(keyId);
    if (hand && hand.until > Date.now() && (hand.drawn > 0 || hand.beyond === 0)) return turnOf(hand);
    let drawing = hands.drawing.get(keyId);
    if (!drawing) {
      drawing = draw(client, keyId, hands).finally(() => hands.drawing.delete(keyId));
      hands.drawing.set(keyId, drawing);
    }
    await drawing;
  }
}

function turnOf(hand: Hand): Turn {
  const isOver = hand.drawn === 0;
  if (!isOver) hand.drawn--;
  const seconds = Math.max(1, Math.ceil((hand.until - Date.now()) / 1_000));
  const headers: Record<string, string> = {
    "ratelimit-policy": `"key";q=${REQUESTS};w=${WINDOW_S}`,
    ratelimit: `"key";r=${hand.drawn + hand.beyond};t=${seconds}`,
  };
  if (!isOver) return { problem: null, headers };
  headers["retry-after"] = String(seconds);
  const rule = `a key makes ${REQUESTS} requests in ${WINDOW_S} seconds at most; try again in ${seconds}`;
  return { problem: { code: "too_many", field: "", value: null, rule }, headers };
}

/** Draws from the window that all processes share, or begins the next one. By the database's clock, which is one. */
async function draw(client: Client, keyId: string, { known }: Hands): Promise<void> {
  for (const [key, { until }] of known) if (until <= Date.now()) known.delete(key);
  const context = { actor: `key:${keyId}`, request: randomUUID(), retry: true };
  const [row] = await guardedTransaction(client, context, (tx) =>
    tx.execute<{ used: number; ms: number }>(sql`
      insert into key_turns as t (key, used, until)
      values (${keyId}, ${DRAWN}, now() + make_interval(secs => ${WINDOW_S}))
      on conflict (key) do update set used = case when t.until <= now() then 0 else t.used end + excluded.used,
        until = case when t.until <= now() then excluded.until else t.until end
      returning used, ceil(1000 * extract(epoch from until - now()))::integer as ms`),
  );
  const { used, ms } = row!;
  const left = Math.max(0, REQUESTS - (used - DRAWN));
  const drawn = Math.min(DRAWN, left);
  known.set(keyId, { drawn, beyond: left - drawn, until: Date.now() + Math.max(1, ms) });
}
