import { copyFileSync, statSync, truncateSync } from "node:fs";

const MOST_BYTES = 10 << 20;
const LOOKS_EVERY_MS = 10 * 60_000;

/**
 * Keeps a log short that another process appends to: what is more goes to one file beside it (`….log.1`),
 * and what that held is dropped. A disk that takes no more costs the log, never the server.
 */
export function shortenLog(log: string, most = MOST_BYTES): void {
  try {
    if (statSync(log).size <= most) return;
    copyFileSync(log, `${log}.1`);
    // Whoever appends goes on at the new end.
    truncateSync(log);
  } catch {
    // There is none, or no room for another.
  }
}

/** Looks after a log until it is told to stop. */
export function keepLogShort(log: string): () => void {
  shortenLog(log);
  const timer = setInterval(() => shortenLog(log), LOOKS_EVERY_MS).unref();
  return () => clearInterval(timer);
}
