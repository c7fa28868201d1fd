import { GRAY_WORDS } from "@/lib/attribution/words";
import { capital } from "@/lib/text/words";
import type { WriteContext } from "../verb";
import type { LockedCase } from "./load";

/** Tells whom cases were given to; of several in one quarter, that there are so many. */
export function tellOwner(
  { tell }: Pick<WriteContext, "tell">,
  ownerId: string | null,
  cases: readonly LockedCase[],
): void {
  if (ownerId === null) return;
  for (const { exception, deal } of cases) {
    const { id: exceptionId, dealId, kind, quarter } = exception;
    const label = capital(kind === "other" ? "other" : GRAY_WORDS[kind].label.toLowerCase());
    const customer = deal?.account ?? dealId;
    tell({
      to: { person: ownerId },
      dealId: deal && dealId,
      about: { kind: "case_assigned", label, customer, quarter, exceptionId },
    });
  }
}
