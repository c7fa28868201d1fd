"use client";

import { useQuery } from "@tanstack/react-query";
import { Panel } from "@/components/ui/panel";
import { api, type Outputs } from "@/lib/api/client";
import { decimal } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Times = Outputs["responseTimes"]["all"];

/** How long a partner's introductions wait for our first response, and by rep. */
export function ResponseTimes({ partnerId }: { partnerId?: string }) {
  const { data } = useQuery(api.responseTimes.queryOptions({ input: partnerId ? { partnerId } : {} }));
  if (!data || data.all.answered + data.all.waiting + data.all.never === 0) return null;
  return (
    <Panel title="Time to response" id="time-to-response">
      <p className="text-pretty text-ink-2">
        Warm introductions of the last {data.days} days: {timesWords(data.all)}.
      </p>
      <ul className="mt-1 divide-y divide-line">
        {data.reps.map(({ rep, ...times }) => (
          <li key={rep} className="flex flex-wrap justify-between gap-x-4 py-1">
            <span>{rep}</span>
            <span className="tabular text-ink-2 text-xs">{timesWords(times)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function timesWords({ medianDays, answered, waiting, never }: Times): string {
  const days =
    medianDays === null ? "" : Number.isInteger(medianDays) ? String(medianDays) : decimal(medianDays, 1);
  return [
    medianDays === null
      ? "none answered"
      : `median ${days} ${days === "1" ? "day" : "days"}, n = ${answered}`,
    ...(waiting > 0 ? [count(waiting, "waits", "wait")] : []),
    ...(never > 0 ? [`${never} never answered`] : []),
  ].join(" · ");
}
