import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { dayInWords } from "@/lib/text/days";
import { mustHaveUser } from "../deal/load";
import type { WriteContext } from "../verb";
import { changeCases, type LockedCase, note } from "./load";

/** Puts cases off: who takes them, and until which day after today. Answers their versions. */
export async function deferCases(
  context: WriteContext,
  cases: readonly LockedCase[],
  { to, until }: { to: string; until: Day },
): Promise<Map<string, number>> {
  const { today } = context;
  if (until <= today) refuse("until", until, `must be after today, ${dayInWords(today)}`);
  await mustHaveUser(context, "to", to);
  const versions = await changeCases(context, cases, { ownerId: to, deferredTo: to, deferredUntil: until });
  await note(
    context,
    ...cases.map(({ exception }) => ({
      exceptionId: exception.id,
      kind: "deferred" as const,
      personId: to,
      until,
    })),
  );
  return versions;
}
