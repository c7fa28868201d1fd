import Link from "next/link";
import { Panel } from "@/components/ui/panel";
import { Tooltip } from "@/components/ui/tooltip";
import type { Outputs } from "@/lib/api/client";
import { monthInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { dealsOfPartner } from "./deals-of-partner";

type Month = Outputs["partnerMotion"]["months"][number];

const HEIGHT = 64;

/**
 * Twelve months of what it did, this one the last: filled as far as there is proof, an outline for the rest. Each
 * opens the deals of its month. No chart library: this is seen before anybody asked for a chart.
 */
export function ActivityByMonth({ partnerId, months }: { partnerId: string; months: readonly Month[] }) {
  const most = Math.max(...months.map(({ activities }) => activities));
  if (most === 0) return null;
  return (
    <Panel title="Activity by month" id="by-month">
      <ol className="flex max-w-160 items-end gap-1">
        {months.map((month) => (
          <li key={month.month} className="min-w-0 flex-1">
            {month.activities === 0 ? (
              <Bar month={month} most={most} />
            ) : (
              <Tooltip text={wordsOf(month)}>
                <Link
                  href={dealsOfPartner(partnerId, { partnerActed: month.month })}
                  prefetch={false}
                  aria-label={`${wordsOf(month)}: open the deals`}
                  className="block rounded-sm hover:bg-hover"
                >
                  <Bar month={month} most={most} />
                </Link>
              </Tooltip>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const wordsOf = ({ month, activities, proven }: Month) =>
  `${monthInWords(month)}: ${count(activities, "activity", "activities")}, ${proven} with proof`;

function Bar({ month: { month, activities, proven }, most }: { month: Month; most: number }) {
  const tall = (many: number) => (many / most) * (HEIGHT - 2);
  return (
    <>
      <span aria-hidden="true" className="tabular block text-center text-2xs text-ink-3">
        {activities > 0 ? activities : " "}
      </span>
      <svg
        viewBox={`0 0 20 ${HEIGHT}`}
        aria-hidden="true"
        preserveAspectRatio="none"
        className="h-16 w-full border-line border-b"
      >
        {activities > 0 && (
          <rect
            x={2}
            y={HEIGHT - tall(activities)}
            width={16}
            height={tall(activities)}
            fill="none"
            stroke="var(--line-control)"
            vectorEffect="non-scaling-stroke"
          />
        )}
        <rect x={2} y={HEIGHT - tall(proven)} width={16} height={tall(proven)} fill="var(--accent)" />
      </svg>
      <span className="block truncate text-center text-2xs text-ink-3">
        {monthInWords(month).slice(0, 3)}
      </span>
    </>
  );
}
