/**
 * The queues of the house's jobs, and how each takes a turn that failed. They live in a schema of their own,
 * which the launcher makes beside the tables (db/server/install-queue.ts); the app only works in it.
 */

export const QUEUE_SCHEMA = "pgboss";

/** Turns of trailing work follow each other in seconds: the next one is the second try. */
const TRAILS = { retryLimit: 0, expireInSeconds: 3_600 } as const;
/** Due seldom: tried again after one, two, four and eight minutes before it waits for its next time. */
const SELDOM = { retryLimit: 4, retryDelay: 60, retryBackoff: true, expireInSeconds: 900 } as const;

export const QUEUES = {
  "grow-audit-log": TRAILS,
  "judge-new-policy": TRAILS,
  "fold-tallies": TRAILS,
  "keep-lenses": TRAILS,
  "tell-demo": TRAILS,
  "deliver-notices": TRAILS,
  "deliver-webhooks": TRAILS,
  "sync-connections": TRAILS,
  "read-by-model": TRAILS,
  // A log of many years takes its time.
  "verify-audit-log": { ...SELDOM, expireInSeconds: 7_200 },
  "witness-audit-head": SELDOM,
  "write-digests": SELDOM,
  "write-weekly-notes": SELDOM,
  "count-inbox": SELDOM,
  "forget-notices": SELDOM,
  "forget-keys": SELDOM,
  "forget-sign-ins": SELDOM,
  "forget-originals": SELDOM,
  "take-forecast": SELDOM,
} as const satisfies Record<string, object>;

export type QueueName = keyof typeof QUEUES;

export const QUEUE_NAMES = Object.keys(QUEUES) as QueueName[];
