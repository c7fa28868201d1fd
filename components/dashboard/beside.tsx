"use client";

import Link from "next/link";
import { ChangeLine } from "@/components/shared/figures/change-line";
import { FigureEvidence } from "@/components/shared/figures/figure-evidence";
import { FigureValue } from "@/components/shared/figures/figure-value";
import { TrendChart } from "@/components/shared/figures/trend";
import { OutcomeGlyph } from "@/components/shared/outcome-badge";
import { Term } from "@/components/shared/term";
import { Panel } from "@/components/ui/panel";
import type { FigureReport, MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { intervalText, reasonText } from "@/lib/metrics/value-text";
import { MetricParts } from "./metric-parts";

interface BesideProps {
  metric: MetricReport;
  quarter: string;
  currency: string;
}

const figureOf = (metric: MetricReport, key: string) =>
  metric.figures.find((figure) => figure.key === key) as FigureReport;

const ROLES = [
  { outcome: "sourced", name: "Sourced", open: "sourcedOpen", won: "sourcedWon" },
  { outcome: "co_sell", name: "Co-sell", open: "coSellOpen", won: "coSellWon" },
  { outcome: "influenced", name: "Influenced", open: "influencedOpen", won: "influencedWon" },
] as const;

/** Three numbers that stand apart; there is no row in which they could be added (domain.md §7). */
export function ThreeRoles({ metric, quarter, currency }: BesideProps) {
  const one = (key: string) => {
    const figure = figureOf(metric, key);
    return <FigureValue figure={figure} metric={metric.key} quarter={quarter} currency={currency} />;
  };
  return (
    <Panel title="Sourced, co-sell, influenced">
      <dl className="flex flex-col divide-y divide-line">
        {ROLES.map(({ outcome, name, open, won }) => {
          const figure = figureOf(metric, open);
          return (
            <div
              key={outcome}
              className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 py-1.5 print:py-0.5"
            >
              <dt className="row-span-2 flex items-center gap-2 self-start whitespace-nowrap font-medium">
                <OutcomeGlyph outcome={outcome} />
                <Term of={outcome}>{name}</Term>
              </dt>
              <dd className="text-right font-medium">
                {one(open)} {isDefined(figure.value) && <span className="text-ink-3 text-xs">open</span>}
              </dd>
              <dd className="text-right text-ink-2 text-xs">
                {isDefined(figure.value) ? (
                  <>
                    {one(won)} <span className="text-ink-3">won</span>
                  </>
                ) : (
                  reasonText(figure.value)
                )}
              </dd>
              <dd className="col-span-2 mt-1 empty:hidden">
                <FigureEvidence
                  figure={figure}
                  metric={metric.key}
                  quarter={quarter}
                  currency={currency}
                  compact
                />
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="mt-2 text-2xs text-ink-3">
        Three numbers, never added: a deal counts once, in its own outcome.
      </p>
    </Panel>
  );
}

const ROWS = [
  { name: "Win rate", credited: "creditedWinRate", direct: "directWinRate" },
  { name: "Deal size, median", credited: "creditedDealSize", direct: "directDealSize" },
  { name: "Cycle, median", credited: "creditedCycle", direct: "directCycle" },
] as const;

/** The two sides of one company's deals beside each other, with what it takes not to overread them. */
export function CreditedVersusDirect({ metric, quarter, currency }: BesideProps) {
  const cell = (key: string) => {
    const figure = figureOf(metric, key);
    return (
      <td className="py-1 pl-3 text-right align-top sm:pl-4 print:py-0.5">
        <span className="font-medium">
          <FigureValue figure={figure} metric={metric.key} quarter={quarter} currency={currency} />
        </span>
        {isDefined(figure.value) ? (
          <span className="tabular block text-2xs text-ink-3 sm:whitespace-nowrap">
            {figure.interval && intervalText(figure.interval, figure.unit, currency)}
          </span>
        ) : (
          <span className="block text-balance text-2xs text-ink-3">{reasonText(figure.value)}</span>
        )}
      </td>
    );
  };
  return (
    <Panel
      title="Credited and direct"
      aside={
        <span className="text-ink-3 text-xs">
          Association, not cause
          <span className="print:hidden">
            {": "}
            <Link href="/attached" className="text-ink-2 underline underline-offset-4">
              compare further
            </Link>
          </span>
        </span>
      }
    >
      <table className="w-full border-collapse" aria-label="Credited beside direct deals">
        <thead>
          <tr>
            <th scope="col" className="eyebrow pb-1 text-left font-medium">
              <span className="sr-only">Measure, with its 95 % interval</span>
            </th>
            <th scope="col" className="eyebrow pb-1 pl-4 text-right font-medium">
              Credited
            </th>
            <th scope="col" className="eyebrow pb-1 pl-4 text-right font-medium">
              Direct
            </th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ name, credited, direct }) => (
            <tr key={name} className="border-line border-t">
              <th scope="row" className="py-1 text-left align-top font-normal text-ink-2 print:py-0.5">
                {name}
              </th>
              {cell(credited)}
              {cell(direct)}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-1.5">
        {metric.tooFew && <p className="text-2xs text-warn">Too few deals on a side to tell them apart.</p>}
        <MetricParts metric={metric} quarter={quarter} />
      </div>
    </Panel>
  );
}

/** Whether AEs do their part before a deal closes; a leading indicator (domain.md §8.7). */
export function AeAdoption({
  metric,
  quarter,
  currency,
  onQuarter,
}: BesideProps & { onQuarter(quarter: string): void }) {
  const figure = metric.figures[0] as FigureReport;
  return (
    <Panel title="AE adoption" heading={<Term of="adoption" />}>
      <p className="tabular text-ink-2 text-xs">
        <span className="mr-1.5 font-semibold text-base text-ink">
          <FigureValue figure={figure} metric={metric.key} quarter={quarter} currency={currency} />
        </span>
        {isDefined(figure.value) ? "of closed deals confirmed before close" : reasonText(figure.value)}
        {figure.interval && isDefined(figure.value) && (
          <span className="text-ink-3"> · 95 % {intervalText(figure.interval, figure.unit, currency)}</span>
        )}
      </p>
      <div className="mt-1 mb-2 flex flex-wrap gap-x-4">
        <ChangeLine
          value={figure.value}
          earlier={figure.prior}
          unit={figure.unit}
          quarter={metric.series.at(-2)?.quarter ?? ""}
        />
        <ChangeLine
          value={figure.value}
          earlier={figure.yearBefore}
          unit={figure.unit}
          quarter={metric.series.at(-5)?.quarter ?? ""}
        />
      </div>
      <TrendChart
        name={figure.name}
        series={metric.series}
        unit={figure.unit}
        currency={currency}
        onQuarter={onQuarter}
      />
      <MetricParts metric={metric} quarter={quarter} />
    </Panel>
  );
}
