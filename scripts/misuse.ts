import { isRefusal } from "@/lib/errors";

/** A call that names no such file, or is none of those that a command's usage tells. */
function isMisuse(error: unknown): boolean {
  if (isRefusal(error)) return error.field === "arguments";
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && (code.startsWith("ERR_PARSE_ARGS") || code === "ENOENT");
}

/**
 * Ends a command that was refused: exit status 2, the reason on standard error, and `usage` where it was called wrongly.
 *
 * @throws what is neither, as it came
 */
export function endRefused(error: unknown, usage: string): void {
  const misused = isMisuse(error);
  if (!isRefusal(error) && !misused) throw error;
  console.error((error as Error).message);
  if (misused) console.error(usage);
  process.exitCode = 2;
}
