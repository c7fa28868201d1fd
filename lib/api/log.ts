import pino from "pino";

/** Drizzle's errors carry the values of their statement, and repeat them in their message. */
function errorWithoutValues(error: Error): Record<string, unknown> {
  const { params: _, ...said } = pino.stdSerializers.err(error) as unknown as Record<string, unknown>;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { params } = at as { params?: unknown };
    if (!Array.isArray(params)) continue;
    for (const [name, text] of Object.entries(said)) {
      if (typeof text === "string") said[name] = text.replaceAll(`\nparams: ${params}`, "");
    }
  }
  return said;
}

/** A log of JSON lines. Inputs are never in it, nor the values of a statement: they may be secrets. */
export function openLog(to?: pino.DestinationStream): pino.Logger {
  const level = process.env.LOG_LEVEL ?? "info";
  return pino({ name: "countersign", level, serializers: { err: errorWithoutValues } }, to);
}

/** The server's log, on standard output; `npm start` keeps it in a file (scripts/keep-log.ts). */
export const log = openLog();
