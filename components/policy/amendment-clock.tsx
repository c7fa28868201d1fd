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
  const { waitsFor, possibleFrom } = amendment;
  return (
    <p className="flex items-start gap-2 text-ink-2">
      <Icon name="clock" className={waitsFor ? "mt-0.5 text-warn" : "mt-0.5 text-accent"} />
      <span className="text-pretty">
        {waitsFor ? (
          <>
            <strong className="font-semibold text-ink">
              The next policy can be active from {dayInWords(possibleFrom)}
            </strong>
            {today && ` (in ${count(daysBetween(today, possibleFrom), "day")})`}, twelve months after{" "}
            <Link href={policyAddress(waitsFor.policyId)} className="underline underline-offset-2">
              {waitsFor.title}
            </Link>{" "}
            became active on {dayInWords(waitsFor.activeFrom)}. Until then a wish is kept as a learning.
          </>
        ) : (
          <>
            <strong className="font-semibold text-ink">A policy can be active from today on.</strong> After
            that, at most one amendment in twelve months.
          </>
        )}
      </span>
    </p>
  );
}
