import Link from "next/link";
import { Fragment } from "react";
import { FigureValue } from "@/components/shared/figures/figure-value";
import { useDealsOfParts } from "@/components/shared/look/look";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { thousands } from "@/lib/text/numbers";

/** The one line under a number: how many deals each side has, what was spent, how many deals are left out. */
export function CardLine({
  metric,
  quarter,
  currency,
}: {
  metric: MetricReport;
  quarter: string;
  currency: string;
}) {
  const dealsOfParts = useDealsOfParts();
  const spent = metric.figures.find(
    ({ opens, unit, value }) => opens.length === 0 && unit === "money" && isDefined(value),
  );
  const leftOut = metric.notes.find(({ note }) => note === "closed_before_created");
  const opening = (part: string, words: string) => (
    <Link
      href={dealsOfParts(quarter, metric.key, [part])}
      prefetch={false}
      className="rounded-sm decoration-line-control underline-offset-2 hover:text-ink hover:underline"
    >
      {words}
    </Link>
  );
  return (
    <p className="tabular text-2xs text-ink-3">
      {metric.sides.map(({ part, name, deals }, at) => (
        <Fragment key={part}>
          {at > 0 && " · "}
          {opening(part, `${thousands(deals)} ${name.toLowerCase()}`)}
        </Fragment>
      ))}
      {spent && (
        <>
          {` · ${spent.name.toLowerCase()} `}
          <FigureValue figure={spent} metric={metric.key} quarter={quarter} currency={currency} />
        </>
      )}
      {leftOut?.note === "closed_before_created" && (
        <> · {opening("leftOut", `${thousands(leftOut.deals)} left out`)}</>
      )}
    </p>
  );
}
