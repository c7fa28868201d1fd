import pino from "pino";

/** The server's log, JSON lines on standard output. Inputs are never logged: they may hold passwords. */
export const log = pino({ name: "countersign", level: process.env.LOG_LEVEL ?? "info" });
