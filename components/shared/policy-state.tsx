"use client";

import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { onDemand } from "@/components/ui/on-demand";
import { PopoverButton } from "@/components/ui/popover-button";
import type { Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { unsignedPart } from "@/lib/text/unsigned";

const PolicyDetails = onDemand(() => import("./policy-details").then((m) => m.PolicyDetails));

type State = Outputs["me"]["policy"];

/**
 * Under which policy a number or verdict stands: it goes wherever a number is (domain.md §8.8). Says who
 * signed what and when on press; unsigned, it says so at once.
 */
export function PolicyState({
  policy,
  span,
}: {
  policy: State;
  /** The quarter of the numbers, of which deals may rest on no signature. */
  span?: { from: string; to: string };
}) {
  const { signed, proposed, unsignedBefore } = policy;
  const unsigned = span ? unsignedPart(unsignedBefore, span) : null;
  const binds = signed && !unsigned;
  return (
    <PopoverButton
      label="Policy"
      buttonClassName={classNames(
        "inline-flex max-w-full items-center gap-1.5 whitespace-nowrap rounded-sm text-xs focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-2",
        binds
          ? "text-ink-2 hover:text-ink"
          : "border border-warn/50 border-dashed px-1.5 py-px text-warn hover:border-warn",
      )}
      button={
        <>
          <Icon name={binds ? "stamp" : "edit"} className={binds ? "size-3.5 text-accent" : "size-3"} />
          {signed && unsigned
            ? unsigned.all
              ? "Judged by the unsigned preset"
              : `Unsigned before ${dayInWords(unsignedBefore!)}`
            : signed
              ? `Signed ${dayInWords(signed.on)}`
              : proposed
                ? `Draft policy, ${proposed.signatures} of 3 signed`
                : "Draft policy, unsigned"}
          <span className="sr-only">: what this stands under</span>
        </>
      }
      className="w-76 max-w-[calc(100vw-2rem)]"
      sheetClassName="px-4 py-3 text-sm outline-none"
    >
      <PolicyDetails policy={policy} />
    </PopoverButton>
  );
}
