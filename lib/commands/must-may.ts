import type { Actor } from "@/lib/auth/actor";
import { Refusal } from "@/lib/errors";
import { type Guard, type Objection, objection } from "./guard";

/** An objection as the door refuses with it. It is about the write as a whole, so it names no field. */
export function refusalBy({ code, sentence, of }: Objection, actor: Actor): Refusal {
  if (of) return refusalOfSeveral(code, of);
  return new Refusal({ code, field: "", value: code === "forbidden" ? actor.name : null, rule: sentence });
}

/** All or none: the refusal names every deal that does not take it, with its own reason, in `value`. */
export function refusalOfSeveral(
  code: Objection["code"],
  of: readonly { dealId: string; rule: string }[],
): Refusal {
  const [first] = of;
  const more = of.length > 1 ? `, and ${of.length - 1} more` : "";
  const rule = `${first?.dealId}${more}: ${first?.rule}; none was changed`;
  return new Refusal({ code, field: "dealIds", value: of, rule });
}

/** Refuses what a guard objects to. */
export function mustMay<S>(guard: Guard<S>, actor: Actor, subject: S): void {
  const stands = objection(guard, actor, subject);
  if (stands) throw refusalBy(stands, actor);
}
