/** The list of exactly the deals that parts of a number are made of; a deal of two parts stands in it once. */
export function dealsOfParts(quarter: string, number: string, parts: readonly string[]): string {
  return `/deals?${new URLSearchParams({ quarter, number, part: parts.join(","), scope: "all" })}`;
}
