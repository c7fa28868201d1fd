import type { Grade } from "@/lib/attribution/vocabulary";

/**
 * The list of exactly the deals that parts of a number are made of, all or those of one evidence; a deal of
 * two parts stands in it once.
 */
export function dealsOfParts(
  quarter: string,
  number: string,
  parts: readonly string[],
  evidence?: Grade,
): string {
  const asked = { quarter, number, part: parts.join(","), scope: "all", ...(evidence && { evidence }) };
  return `/deals?${new URLSearchParams(asked)}`;
}
