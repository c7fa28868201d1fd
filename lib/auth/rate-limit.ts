import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { type Client, database } from "@/db/connection/client";
import { perProcess } from "@/db/connection/per-process";
import { guardedTransaction } from "@/db/connection/transaction";
import type { Problem } from "@/lib/errors";

const WINDOW_S = 60;

/** How many requests may be made in a window, by however many processes they are served. */
interface Allowance {
  /** As the answer's header names it. */
  name: string;
  requests: number;
  /** A process draws so many of them at a time: one write for as many requests, and no more than these are ever lost. */
  drawn: number;
  /** Of what it is so many. */
  of: string;
}

/** A key's. */
export const REQUESTS = 600;
const OF_KEY: Allowance = { name: "key", requests: REQUESTS, drawn: 30, of: "a key makes" };

/** A person's, from all their browsers together: no hand comes near it, a script in a browser does. */
export const READS = 3_000;
export const WRITES = 600;
const OF_PERSON = {
  reads: { name: "reads", requests: READS, drawn: 150, of: "one person makes" },
  writes: { name: "writes", requests: WRITES, drawn: 30, of: "one person writes with" },
} as const satisfies Record<string, Allowance>;

/** What this process knows of a window. */
interface Hand {
  /** Drawn and not yet used. */
  drawn: number;
  /** Those that nobody has drawn yet, when this process drew last. */
  beyond: number;
  /** When the window ends, in milliseconds since 1970. */
  until: number;
}

/** A hand for each key and person in use, and those that are being drawn. */
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
export const takeTurn = (keyId: string, client: Client = database()): Promise<Turn> =>
  take(keyId, OF_KEY, client);

/** The same of a person who is signed in: what they read apart from what they write. */
export function takePersonsTurn(
  userId: string,
  what: keyof typeof OF_PERSON,
  client: Client = database(),
): Promise<Turn> {
  return take(`${what} of ${userId}`, OF_PERSON[what], client);
}

async function take(keyId: string, allowance: Allowance, client: Client): Promise<Turn> {
  const hands = ofClients().get(client) ?? { known: new Map(), drawing: new Map() };
  ofClients().set(client, hands);
  for (;;) {
    const hand = hands.known.get(keyId);
    if (hand && hand.until > Date.now() && (hand.drawn > 0 || hand.beyond === 0))
      return turnOf(hand, allowance);
    let drawing = hands.drawing.get(keyId);
    if (!drawing) {
      drawing = draw(client, keyId, { hands, allowance }).finally(() => hands.drawing.delete(keyId));
      hands.drawing.set(keyId, drawing);
    }
    await drawing;
  }
}

function turnOf(hand: Hand, { name, requests, of }: Allowance): Turn {
  const isOver = hand.drawn === 0;
  if (!isOver) hand.drawn--;
  const seconds = Math.max(1, Math.ceil((hand.until - Date.now()) / 1_000));
  const headers: Record<string, string> = {
    "ratelimit-policy": `"${name}";q=${requests};w=${WINDOW_S}`,
    ratelimit: `"${name}";r=${hand.drawn + hand.beyond};t=${seconds}`,
  };
  if (!isOver) return { problem: null, headers };
  headers["retry-after"] = String(seconds);
  const rule = `${of} ${requests} requests in ${WINDOW_S} seconds at most; try again in ${seconds}`;
  return { problem: { code: "too_many", field: "", value: null, rule }, headers };
}

/** Draws from the window that all processes share, or begins the next one. By the database's clock, which is one. */
async function draw(
  client: Client,
  keyId: string,
  { hands: { known }, allowance }: { hands: Hands; allowance: Allowance },
): Promise<void> {
  for (const [key, { until }] of known) if (until <= Date.now()) known.delete(key);
  const context = { actor: "system:rate-limit", request: randomUUID(), retry: true };
  const [row] = await guardedTransaction(client, context, (tx) =>
    tx.execute<{ used: number; ms: number }>(sql`
      insert into key_turns as t (key, used, until)
      values (${keyId}, ${allowance.drawn}, now() + make_interval(secs => ${WINDOW_S}))
      on conflict (key) do update set used = case when t.until <= now() then 0 else t.used end + excluded.used,
        until = case when t.until <= now() then excluded.until else t.until end
      returning used, ceil(1000 * extract(epoch from until - now()))::integer as ms`),
  );
  const { used, ms } = row!;
  const left = Math.max(0, allowance.requests - (used - allowance.drawn));
  const drawn = Math.min(allowance.drawn, left);
  known.set(keyId, { drawn, beyond: left - drawn, until: Date.now() + Math.max(1, ms) });
}
