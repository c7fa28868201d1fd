import type { Inputs, Outputs } from "@/lib/api/client";

type Answer = Outputs["deal"];
/** Who was involved, as the close asks: these, none, or, of a lost one, not answered. */
export type Involved = NonNullable<Inputs["closeDeal"]["involved"]> | "unanswered";

/** The rows that say who was involved: what the AE refused names nobody. */
export const rowsOf = ({ roles }: Pick<Answer, "roles">) => roles.filter(({ refused }) => refused === null);

/** Who did something on the deal or registered it, and has no row: nothing says yet in which role. */
export function withoutRow(answer: Pick<Answer, "roles" | "timeline">): { id: string; name: string }[] {
  const named = new Set(rowsOf(answer).map(({ partner }) => partner.id));
  const others = answer.timeline.flatMap((one) =>
    one.kind === "activity" || one.kind === "registration" ? [one.partner] : [],
  );
  return [...new Map(others.filter(({ id }) => !named.has(id)).map((one) => [one.id, one])).values()];
}

/** The answer as far as the facts go; null where somebody is on the deal whom no row names. */
export function answeredBy(answer: Pick<Answer, "roles" | "timeline">): "these" | "none" | null {
  if (rowsOf(answer).length > 0) return "these";
  return withoutRow(answer).length > 0 ? null : "none";
}

/** Why this answer cannot be given here, in the words of the door; null when it can. */
export function whyNot(answer: Pick<Answer, "roles" | "may">, involved: Involved): string | null {
  if (involved === "unanswered") return null;
  if (involved === "none") {
    const { confirmNoPartner } = answer.may;
    return confirmNoPartner === true ? null : confirmNoPartner;
  }
  const waiting = rowsOf(answer).filter(({ confirmedOn }) => confirmedOn === null);
  const may = waiting.map(({ may }) => may.confirm).find((one) => one !== true);
  return typeof may === "string" ? may : null;
}
