"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { WholeMoney } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { useMe } from "@/components/shared/use-me";
import { classNames } from "@/components/ui/class-names";
import { api, type Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import type { DealRow } from "./deal-row";
import { closingInput } from "./deals-filters";
import { useSelection } from "./selection";

/** The day on which it is expected to close, or the stage that stands for it. */
function Closes({ row: { expectedCloseOn: day, stage } }: { row: DealRow }) {
  const today = useMe()?.today ?? "";
  const isPast = day !== null && day < today;
  return (
    <span className={classNames("tabular shrink-0 text-xs", isPast ? "text-warn" : "text-ink-3")}>
      {day === null ? `stage ${stage}` : dayInWords(day, false)}
    </span>
  );
}

/** What the strip shows: with the page for its first paint, so that the list never moves away under a hand. */
export function useClosingSoon(first: Outputs["dealsList"] | null) {
  const owns = Boolean(useMe()?.user.ownerName);
  return useQuery({
    ...api.dealsList.queryOptions({ input: closingInput(owns) }),
    ...(first && { initialData: first }),
  }).data;
}

/** The deals near their end that nobody decided about: what must be answered before they close. */
export function ClosingSoon({ data }: { data: Outputs["dealsList"] | undefined }) {
  const { tagAt } = useSelection();
  if (!data || data.rows.length === 0) return null;
  return (
    <section aria-labelledby="closing-soon" className="flex gap-3 px-4 pb-3 sm:px-6 print:hidden">
      <div className="flex w-24 shrink-0 flex-col justify-center">
        <h2 id="closing-soon" className="font-semibold text-xs">
          Closing soon
        </h2>
        <p className="text-ink-3 text-xs">
          <span className="tabular">{data.total}</span> undecided
        </p>
      </div>
      <ul className="flex min-w-0 flex-1 gap-2 overflow-x-auto">
        {data.rows.map((row) => (
          <li
            key={row.id}
            className={classNames(
              "group/row flex w-52 shrink-0 flex-col gap-0.5 rounded-md border border-line bg-surface px-2.5 py-1.5",
            )}
          >
            <span className="flex items-baseline justify-between gap-2">
              <Link
                href={`/deals/${encodeURIComponent(row.id)}`}
                className="truncate font-medium hover:underline"
              >
                {row.account ?? row.id}
              </Link>
              <Closes row={row} />
            </span>
            <span className="flex items-center justify-between gap-2 text-xs">
              <WholeMoney
                amount={row.amount}
                currency={row.currency}
                list={undefined}
                className="text-ink-2"
              />
              {row.may.tag === true ? (
                <button
                  type="button"
                  aria-label={`Tag partner on ${row.account ?? row.id}, closing soon`}
                  onClick={(event) => tagAt(row, event.currentTarget)}
                  className="rounded-sm px-1 font-medium text-accent-ink hover:bg-accent-soft"
                >
                  Tag
                </button>
              ) : (
                <OutcomeBadge outcome={row.outcome} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
