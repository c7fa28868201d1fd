"use client";

import { useQuery } from "@tanstack/react-query";
import { Panel } from "@/components/ui/panel";
import { api, type Outputs } from "@/lib/api/client";
import { activityLabel } from "@/lib/attribution/menu";
import { STAGE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { decimal } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Answer = Outputs["dealVelocity"];

/** Days in each stage beside deals like it, and what came after its partners' actions: observed, never credited. */
export function Velocity({ dealId }: { dealId: string }) {
  const { data } = useQuery(api.dealVelocity.queryOptions({ input: { dealId } }));
  if (!data || data.stages.length === 0) return null;
  return (
    <Panel title="Velocity" id="velocity" className="mt-6">
      <p className="pb-1 text-ink-3 text-xs">
        Beside the median of won deals like it without a partner. An observation, no credit.
      </p>
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {data.stages.map((one) => (
          <li key={one.stage} className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="text-ink-2">
              {one.stage} · {STAGE_WORDS[one.stage].label}
            </span>
            <span className="tabular">
              {count(one.days, "day")} <span className="text-ink-3 text-xs">{besideWords(one)}</span>
            </span>
          </li>
        ))}
      </ul>
      {data.moves.length > 0 && (
        <ul className="mt-2 border-line border-t pt-2 text-ink-2 text-xs">
          {data.moves.map((one) => (
            <li key={one.activityId}>
              {activityLabel(one.type)} by {one.partner.name}, {dayInWords(one.on)}: {movedWords(one)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const besideWords = ({ typical, n }: Answer["stages"][number]) =>
  typical === null
    ? `too few to tell (n = ${n})`
    : `median ${Number.isInteger(typical) ? typical : decimal(typical, 1)} (n = ${n})`;

function movedWords({ moved }: Answer["moves"][number]): string {
  if (!moved) return "no later stage within 30 days.";
  const when = moved.days === 0 ? "the same day" : `${count(moved.days, "day")} later`;
  return `stage ${moved.to} ${when}.`;
}
