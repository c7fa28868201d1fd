"use client";

import Link from "next/link";
import { policyAddress } from "@/components/shared/policy-address";
import { useMe } from "@/components/shared/use-me";
import { Icon } from "@/components/ui/icon";
import type { Outputs } from "@/lib/api/client";
import { daysBetween } from "@/lib/calendar";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";

type Amendment = Outputs["policiesList"]["amendment"];

/** At most one amendment in twelve months (domain.md §8.8): told in advance, with the day. */
export function AmendmentClock({ amendment }: { amendment: Amendment }) {
  const today = useMe()?.today;
  const { waitsFor, possibleFrom, first } = amendment;
  return (
    <p className="flex items-start gap-2 text-ink-2">
      <Icon name="clock" className={waitsFor ? "mt-0.5 text-warn" : "mt-0.5 text-accent"} />
      <span className="text-pretty">
        {waitsFor ? (
          <>
            <strong className="font-semibold text-ink">
              One amendment possible from {dayInWords(possibleFrom)}
            </strong>
            {today && ` (in ${count(daysBetween(today, possibleFrom), "day")})`}, twelve months after{" "}
            <Link href={policyAddress(waitsFor.policyId)} className="underline underline-offset-2">
              {waitsFor.title}
            </Link>{" "}
            became active on {dayInWords(waitsFor.activeFrom)}. Until then a wish is kept as a learning.
          </>
        ) : (
          <>
            <strong className="font-semibold text-ink">
              {first
                ? "The first agreement can be active from today on."
                : "One amendment possible from today on."}
            </strong>{" "}
            {first
              ? "It starts the twelve months: after it, at most one amendment in them."
              : "After that, none for twelve months."}
          </>
        )}
      </span>
    </p>
  );
}
