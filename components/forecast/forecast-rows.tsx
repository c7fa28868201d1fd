"use client";

import Link from "next/link";
import { useQueryStates } from "nuqs";
import { Money } from "@/components/shared/money";
import { PrintHead } from "@/components/shared/print-head";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { DayText } from "@/components/ui/day";
import { useNarrow } from "@/components/ui/narrow";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import { dayInWords } from "@/lib/text/days";
import { count, list } from "@/lib/text/words";
import { closeWords } from "./commit-grid";
import { FORECAST_PARAMS, type Forecast } from "./forecast-params";

type Row = Forecast["rows"][number];

/** The deals behind the figure that was opened, as the forecast call inspects them; below them what they add up to. */
export function ForecastRows({ forecast }: { forecast: Forecast }) {
  const [{ treatment, stage, close }, setParams] = useQueryStates(FORECAST_PARAMS, { history: "push" });
  const { rows, total } = forecast;
  const of = treatment === "commit" ? "in commit" : "with co-sell";
  const narrowed = [stage !== null && `stage ${stage}`, close !== null && closeWords(close)].filter(
    (one) => one !== false,
  );
  const isWhole = treatment === "commit" && narrowed.length === 0;
  return (
    <Panel
      title={`${count(total, "deal")} ${of}${narrowed.length > 0 ? `: ${list(narrowed)}` : ""}`}
      id="forecast-deals"
      aside={
        !isWhole && (
          <Button size="small" onPress={() => setParams({ treatment: null, stage: null, close: null })}>
            All in commit
          </Button>
        )
      }
    >
      <PrintHead noun="deal" rows={rows.length} total={total} />
      {rows.length === 0 ? (
        <p className="py-4 text-ink-2">No deal is here any more.</p>
      ) : (
        <Rows forecast={forecast} of={of} isCommit={treatment === "commit"} />
      )}
    </Panel>
  );
}

interface Shown {
  forecast: Forecast;
  of: string;
  isCommit: boolean;
}

/** A table where there is room; on a phone a card a deal, what is in commit in sight. */
function Rows(shown: Shown) {
  return useNarrow() ? <DealCards {...shown} /> : <DealTable {...shown} />;
}

function DealTable({ forecast, of, isCommit }: Shown) {
  const { rows, total, sum, reportingCurrency } = forecast;
  return (
    <Table label={`Deals ${of}`}>
      <thead>
        <tr>
          <Th>Deal</Th>
          <Th>Sourced by</Th>
          <Th>Expected close</Th>
          <Th>Last activity</Th>
          <Th>Next step</Th>
          <Th align="end">Amount</Th>
          <Th align="end">At</Th>
          <Th align="end">{isCommit ? "In commit" : "Weighted"}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <DealRow key={row.id} row={row} today={forecast.asOf} currency={reportingCurrency} />
        ))}
      </tbody>
      {sum && (
        <tfoot>
          <tr className="font-semibold">
            <th scope="row" colSpan={5} className="h-10 text-left">
              {rows.length < total ? `All ${count(total, "deal")}` : "Together"}
            </th>
            <Td align="end">
              <Money amount={sum.amount} currency={reportingCurrency} />
            </Td>
            <Td />
            <Td align="end">
              <Money amount={sum.weighted} currency={reportingCurrency} />
            </Td>
          </tr>
        </tfoot>
      )}
    </Table>
  );
}

function DealCards({ forecast: { rows, total, sum, asOf, reportingCurrency }, of, isCommit }: Shown) {
  return (
    <>
      <ul aria-label={`Deals ${of}`} className="divide-y divide-line">
        {rows.map((row) => (
          <li key={row.id} className="py-2.5">
            <div className="flex items-baseline justify-between gap-3">
              <Link
                href={`/deals/${encodeURIComponent(row.id)}`}
                className="min-w-0 truncate font-medium hover:text-accent-ink hover:underline"
              >
                {row.account ?? row.id}
              </Link>
              {row.weighted === null ? (
                <span className="text-warn">no rate</span>
              ) : (
                <Money amount={row.weighted} currency={reportingCurrency} className="font-semibold" />
              )}
            </div>
            <p className="text-2xs text-ink-3">
              {row.probability} % of <Money amount={row.amount} currency={row.currency} /> · {row.owner} ·
              stage {row.stage}
            </p>
            <p className="flex flex-wrap items-center gap-x-2 text-ink-2 text-xs">
              <span>
                closes <Expected row={row} />
              </span>
              <span>
                last activity{" "}
                {row.lastActivityOn ? (
                  <DayText day={row.lastActivityOn} />
                ) : (
                  <span className="text-warn">none</span>
                )}
              </span>
            </p>
            <div className="text-xs">
              <NextStep row={row} today={asOf} />
            </div>
          </li>
        ))}
      </ul>
      {sum && (
        <p className="flex justify-between gap-3 border-line border-t py-2 font-semibold">
          <span>
            {count(total, "deal")}
            {isCommit ? " in commit" : ", weighted"}
          </span>
          <Money amount={sum.weighted} currency={reportingCurrency} />
        </p>
      )}
    </>
  );
}

function DealRow({ row, today, currency }: { row: Row; today: string; currency: string }) {
  return (
    <tr>
      <Td className="min-w-44">
        <Link
          href={`/deals/${encodeURIComponent(row.id)}`}
          className="font-medium hover:text-accent-ink hover:underline"
        >
          {row.account ?? row.id}
        </Link>
        <span className="block text-2xs text-ink-3">
          {row.owner} · stage {row.stage}
        </span>
      </Td>
      <Td>{list(row.partners.map(({ name }) => name))}</Td>
      <Td className="whitespace-nowrap">
        <Expected row={row} />
      </Td>
      <Td className="whitespace-nowrap">
        {row.lastActivityOn ? <DayText day={row.lastActivityOn} /> : <span className="text-warn">none</span>}
      </Td>
      <Td className="min-w-40 max-w-72">
        <NextStep row={row} today={today} />
      </Td>
      <Td align="end">
        <Money amount={row.amount} currency={row.currency} />
        {row.currency !== currency && row.converted !== null && (
          <Money amount={row.converted} currency={currency} className="block text-2xs text-ink-3" />
        )}
      </Td>
      <Td align="end" className="tabular text-ink-2">
        {row.probability} %
      </Td>
      <Td align="end">
        {row.weighted === null ? (
          <span className="text-warn">no rate</span>
        ) : (
          <Money amount={row.weighted} currency={currency} />
        )}
      </Td>
    </tr>
  );
}

function Expected({ row: { expectedCloseOn, overdue, slippedFrom } }: { row: Row }) {
  return (
    <>
      {expectedCloseOn ? <DayText day={expectedCloseOn} /> : <span className="text-warn">no day</span>}{" "}
      {overdue && <Chip tone="warn">Passed</Chip>}{" "}
      {slippedFrom && (
        <Chip
          tone="warn"
          says={`It was expected to close ${dayInWords(slippedFrom)} when a forecast was last taken.`}
        >
          Slipped
        </Chip>
      )}
    </>
  );
}

function NextStep({ row: { nextStep }, today }: { row: Row; today: string }) {
  if (!nextStep) return <span className="text-warn">none</span>;
  const { what, dueOn } = nextStep;
  return (
    <>
      <span className="line-clamp-2">{what}</span>
      {dueOn && (
        <span className={dueOn < today ? "text-2xs text-warn" : "text-2xs text-ink-3"}>
          {dueOn < today ? "was due" : "due"} {dayInWords(dueOn)}
        </span>
      )}
    </>
  );
}
