import type { Act } from "./acts";
import { doneAt } from "./happened";
import { DOING_ELSEWHERE, type Elsewhere, isNotSoElsewhere } from "./other-languages";
import type { Told } from "./told";

/** An act as one sentence tells it. */
export interface Heard {
  act: Act;
  at: number;
  end: number;
  doing: number;
  /** Its words are those of a doing. */
  byItself: boolean;
  weight: number;
  /** Told in another language than English. */
  elsewhere?: true;
}

/** The act that a sentence tells most of; null when none was done. */
export function heardIn({ masked: text, passage }: Told, acts: readonly Act[]): Heard | null {
  const found = acts.flatMap((act) =>
    (["done", "called"] as const).flatMap((how): Heard[] =>
      [...(act[how] ? text.matchAll(act[how]) : [])].flatMap(({ 0: words, index: at }) => {
        const end = at + words.length;
        const said = { byItself: how === "done", spoken: passage.kind === "spoken" };
        const doing = passage.kind === "event" ? at : doneAt(text, at, end, said);
        if (doing === null) return [];
        return [
          {
            act,
            at,
            end,
            doing,
            byItself: said.byItself,
            weight: (how === "done" ? 10 : 8) + words.length,
          },
        ];
      }),
    ),
  );
  return found.sort((a, b) => b.weight - a.weight || a.at - b.at)[0] ?? null;
}

/** The same in German, French or Spanish: on an invitation what it is called, else what is said to have been done. */
export function heardElsewhere(
  { masked: text, passage }: Told,
  acts: readonly Act[],
  language: Elsewhere | null,
): Heard | null {
  const isEvent = passage.kind === "event";
  if (!isEvent && (language === null || isNotSoElsewhere(text))) return null;
  const isDone = isEvent || DOING_ELSEWHERE.test(text);
  const found = acts.flatMap((act) =>
    (["done", "called"] as const).flatMap((how): Heard[] => {
      const words = act.elsewhere[how];
      if (!words || (how === "called" && !isDone)) return [];
      return [...text.matchAll(words)].map(({ 0: said, index: at }) => ({
        ...{
          act,
          at,
          end: at + said.length,
          doing: at,
          byItself: how === "done",
          elsewhere: true as const,
        },
        weight: (how === "done" ? 10 : 8) + said.length,
      }));
    }),
  );
  return found.sort((a, b) => b.weight - a.weight || a.at - b.at)[0] ?? null;
}
