/** How much of a value a refusal gives back: enough to know it again. */
const LONGEST = 300;
const DEEPEST = 8;
/** Characters in all, so that a list of 200 deals with their reasons still comes through. */
const BUDGET = 60_000;

/** A value as an answer may show it: long texts cut, what lies too deep or is too much left out. */
export function brief(value: unknown): unknown {
  return shortened(value, 0, { left: BUDGET });
}

/** A text of somebody else's, as far as an answer repeats it. */
export function briefText(text: string, most = LONGEST): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function shortened(value: unknown, depth: number, budget: { left: number }): unknown {
  if (typeof value === "string") {
    const text = briefText(value, Math.max(0, Math.min(LONGEST, budget.left)));
    budget.left -= text.length;
    return text;
  }
  budget.left -= 8;
  if (typeof value !== "object" || value === null) return value;
  if ("toJSON" in value && typeof value.toJSON === "function") return value;
  if (depth >= DEEPEST) return "…";
  if (Array.isArray(value)) {
    const kept: unknown[] = [];
    for (const one of value) {
      if (budget.left <= 0) break;
      kept.push(shortened(one, depth + 1, budget));
    }
    return kept;
  }
  const kept: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    if (budget.left <= 0) break;
    budget.left -= name.length;
    kept[briefText(name)] = shortened(one, depth + 1, budget);
  }
  return kept;
}
