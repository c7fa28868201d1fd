"use client";

import { useQuery } from "@tanstack/react-query";
import { Sparkline } from "@/components/shared/figures/sparkline";
import { onDemand } from "@/components/ui/on-demand";
import { PopoverButton } from "@/components/ui/popover-button";
import { api } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import type { InboxParams } from "./inbox-params";
import { leftOf } from "./week-left";

const TrendTable = onDemand(() => import("./trend-table").then((m) => m.TrendTable));

/** Whether the queue grows or goes: a line over the weeks, and behind it what was left of each. */
export function InboxTrend({ params: { scope, kind } }: { params: Pick<InboxParams, "scope" | "kind"> }) {
  const { data } = useQuery(api.inboxTrend.queryOptions({ input: { scope } }));
  const weeks = data?.weeks ?? [];
  const trend = weeks.map((week) => ({ period: week.week, value: leftOf(week, kind) }));
  const known = trend.flatMap(({ value }) => value ?? []);
  // One week is no trend.
  if (known.length < 2) return null;
  return (
    <PopoverButton
      label="What was left, week by week"
      buttonClassName="flex items-center gap-2 rounded-md px-2 py-1 text-ink-2 text-sm hover:bg-ink/5"
      sheetClassName="max-h-[70vh] w-[min(34rem,calc(100vw-2rem))] overflow-y-auto p-4"
      button={
        <>
          <span aria-hidden="true" className="w-28 [&_svg]:h-7 [&_svg]:w-full">
            <Sparkline trend={trend} bars={false} />
          </span>
          <span className="tabular">{trendWords(known)}</span>
        </>
      }
    >
      <TrendTable weeks={weeks} kind={kind} />
    </PopoverButton>
  );
}

/** From the first week's count to the last one's. */
function trendWords(known: readonly number[]): string {
  const [first = 0, last = 0] = [known[0], known.at(-1)];
  return first === last ? `${count(last, "item")} left, as at first` : `${first} → ${last} left`;
}
