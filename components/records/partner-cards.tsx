"use client";

import { PartnerName } from "@/components/shared/names";
import type { Outputs } from "@/lib/api/client";
import { PARTNER_KIND_LABELS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { percentOf } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { StandingChip } from "./standing";

type Line = Outputs["partnersInMotion"]["rows"][number];

/** Partners where a table has no room: what they did in words, and nothing that is nought. */
export function PartnerCards({ rows, days }: { rows: readonly Line[]; days: number }) {
  return (
    <ul aria-label="Partners" className="divide-y divide-line border-line border-t">
      {rows.map((row) => (
        <li key={row.id} className="py-2.5">
          <div className="flex items-center justify-between gap-3">
            <PartnerName partner={row} className="min-w-0 truncate py-1 font-medium" />
            <StandingChip standing={row.standing} days={days} />
          </div>
          <p className="text-ink-3 text-xs">
            <PartnerBelongs row={row} />
            {` · ${row.owner ? row.owner.name : "nobody looks after it"}`}
          </p>
          <p className="mt-0.5 text-ink-2 text-xs">{doneWords(row)}</p>
        </li>
      ))}
    </ul>
  );
}

/** Its kind, whose part it is, and its programs. */
export function PartnerBelongs({ row }: { row: Line }) {
  return (
    <>
      {PARTNER_KIND_LABELS[row.kind]}
      {row.parent && (
        <>
          {" · part of "}
          <PartnerName partner={row.parent} />
        </>
      )}
      {row.programs.length > 0 && ` · ${row.programs.map(({ label }) => label).join(", ")}`}
    </>
  );
}

function doneWords({ sourced, influenced, disputed, deals, accounts, lastActionOn, ...did }: Line): string {
  const outcomes = [
    [sourced, "sourced"],
    [influenced, "influenced"],
    [disputed, "disputed"],
  ] as const;
  return [
    ...outcomes.flatMap(([many, what]) => (many > 0 ? `${many} ${what}` : [])),
    deals > 0 ? `on ${count(deals, "deal")}` : "on no deal",
    ...(accounts > 0 ? [`in ${count(accounts, "account")}`] : []),
    ...(did.activities > 0 ? [`${percentOf(did.proven, did.activities, 0)} with proof`] : []),
    ...(did.openSteps > 0 ? [count(did.openSteps, "next step")] : []),
    lastActionOn ? `last action ${dayInWords(lastActionOn)}` : "never acted",
  ].join(" · ");
}
