import type { Grade } from "@/lib/attribution/vocabulary";

/**
 * The list of exactly the deals that parts of a number are made of, all or those of one evidence; a deal of
 * two parts stands in it once. With `figure` the list writes that figure out.
 */
export function dealsOfParts(
  quarter: string,
  number: string,
  parts: readonly string[],
  { figure, evidence }: { figure?: string; evidence?: Grade } = {},
): string {
  const asked = {
    quarter,
    number,
    part: parts.join(","),
    scope: "all",
    ...(figure && { figure }),
    ...(parts.length > 1 && { sort: "set", dir: "asc" }),
    ...(evidence && { evidence }),
  };
  return `/deals?${new URLSearchParams(asked)}`;
}
