import type { Grade } from "@/lib/attribution/vocabulary";

/**
 * The list of exactly the deals that parts of a number are made of, all or those of one evidence; a deal of
 * two parts stands in it once. With `figure` the list writes that figure out; `look` is how the number is looked at.
 */
export function dealsOfParts(
  quarter: string,
  number: string,
  parts: readonly string[],
  {
    figure,
    evidence,
    look,
  }: { figure?: string; evidence?: Grade; look?: Readonly<Record<string, string>> } = {},
): string {
  const asked = {
    quarter,
    number,
    part: parts.join(","),
    scope: "all",
    ...(figure && { figure }),
    ...(parts.length > 1 && { sort: "set", dir: "asc" }),
    ...(evidence && { evidence }),
    ...look,
  };
  return `/deals?${new URLSearchParams(asked)}`;
}
