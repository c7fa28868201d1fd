import type { Actor } from "@/lib/auth/actor";
import { isRefusal, Refusal } from "@/lib/errors";
import { type Guard, type Objection, objection } from "./guard";

/** An objection as the door refuses with it. It is about the write as a whole, so it names no field. */
export function refusalBy({ code, sentence, of }: Objection, actor: Actor): Refusal {
  if (of) return refusalOfSeveral(code, of);
  return new Refusal({ code, field: "", value: code === "forbidden" ? actor.name : null, rule: sentence });
}

/** One of several deals that does not take a write, and the rule that says so. */
export interface RefusedDeal {
  dealId: string;
  rule: string;
}

/** All or none: the refusal names every deal that does not take it, with its own reason, in `value`. */
export function refusalOfSeveral(code: Objection["code"], of: readonly RefusedDeal[]): Refusal {
  const [first] = of;
  const more = of.length > 1 ? `, and ${of.length - 1} more` : "";
  const rule = `${first?.dealId}${more}: ${first?.rule}; none was changed`;
  return new Refusal({ code, field: "dealIds", value: of, rule });
}

/** Which of several deals a write was refused for; null when it was refused for another reason. */
export function refusedDeals(error: unknown): RefusedDeal[] | null {
  if (!isRefusal(error) || error.field !== "dealIds" || !Array.isArray(error.value)) return null;
  const named = error.value as Partial<RefusedDeal>[];
  return named.length > 0 && named.every(({ dealId, rule }) => dealId && rule)
    ? (named as RefusedDeal[])
    : null;
}

/** Refuses what a guard objects to. */
export function mustMay<S>(guard: Guard<S>, actor: Actor, subject: S): void {
  const stands = objection(guard, actor, subject);
  if (stands) throw refusalBy(stands, actor);
}
