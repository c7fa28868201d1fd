"use client";

import Link from "next/link";
import { useQueryStates } from "nuqs";
import { Money } from "@/components/shared/money";
import { Panel } from "@/components/ui/panel";
import { Table, Td, Th } from "@/components/ui/table";
import { wholeMoney } from "@/lib/metrics/value-text";
import { thousands } from "@/lib/text/numbers";
import { count, list, plural } from "@/lib/text/words";
import { FORECAST_PARAMS, type Forecast } from "./forecast-params";

/** The deals that the forecast leaves out, as the deals list opens them. */
const LEFT_OUT = "/deals?state=open&outcome=influenced,assisted,influence,accelerated,assisted_close";

/** A sum that needs a rate is none without it. */
export function MissingRates({ forecast: { missing, quarter } }: { forecast: Forecast }) {
  if (missing.length === 0) return null;
  return (
    <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-pretty text-warn">
      {list(missing)} {plural(missing.length, "has", "have")} no rate in {quarter} or before it, so nothing is
      added up.{" "}
      <Link href="/settings/finance" className="underline underline-offset-2">
        Costs & rates
      </Link>
    </p>
  );
}

/** What is beside the commit and not in it, and how sourced deals are looked after beside direct ones. */
export function Standing({ forecast }: { forecast: Forecast }) {
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Panel title="Beside the commit">
        <ul className="divide-y divide-line">
          <Context forecast={forecast} />
          <LeftOut forecast={forecast} />
        </ul>
      </Panel>
      <Inspection forecast={forecast} />
    </div>
  );
}

function Context({ forecast: { context, reportingCurrency } }: { forecast: Forecast }) {
  const [, setParams] = useQueryStates(FORECAST_PARAMS, { history: "push" });
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
      <span className="min-w-0">
        <span className="font-medium">Co-sell</span>{" "}
        <span className="text-ink-2">context on direct deals, never added</span>
      </span>
      {context && context.deals > 0 ? (
        <button
          type="button"
          onClick={() => setParams({ treatment: "context", stage: null, close: null })}
          className="rounded-sm underline decoration-line-control underline-offset-4 hover:bg-hover"
        >
          {count(context.deals, "deal")}, {wholeMoney(context.amount, reportingCurrency)}
        </button>
      ) : (
        <span className="text-ink-3">no deal</span>
      )}
    </li>
  );
}

function LeftOut({ forecast: { leftOut } }: { forecast: Forecast }) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
      <span className="min-w-0">
        <span className="font-medium">Influenced</span>{" "}
        <span className="text-ink-2">left out; shown in the quarterly review only</span>
      </span>
      {leftOut.deals > 0 ? (
        <Link
          href={LEFT_OUT}
          className="rounded-sm underline decoration-line-control underline-offset-4 hover:bg-hover"
        >
          {count(leftOut.deals, "deal")},{" "}
          {leftOut.amounts.map(({ amount, currency }, at) => (
            <span key={currency}>
              {at > 0 && ", "}
              <Money amount={amount} currency={currency} />
            </span>
          ))}
        </Link>
      ) : (
        <span className="text-ink-3">no deal</span>
      )}
    </li>
  );
}

const ASKED = [
  { key: "undated", label: "No close day" },
  { key: "overdue", label: "Close day passed" },
  { key: "withoutStep", label: "No next step" },
] as const;

/** The same standard for both: what a forecast call asks of every open deal. */
function Inspection({ forecast: { inspection } }: { forecast: Forecast }) {
  return (
    <Panel title="Inspection">
      <Table label="What open deals lack, sourced beside direct">
        <thead>
          <tr>
            <Th>Lacks</Th>
            <Th align="end">Sourced, of {thousands(inspection.commit.deals)}</Th>
            <Th align="end">Direct, of {thousands(inspection.direct.deals)}</Th>
          </tr>
        </thead>
        <tbody>
          {ASKED.map(({ key, label }) => (
            <tr key={key}>
              <th scope="row" className="border-line border-b text-left font-normal">
                {label}
              </th>
              <Td align="end" className="tabular">
                {thousands(inspection.commit[key])}
              </Td>
              <Td align="end" className="tabular text-ink-2">
                {thousands(inspection.direct[key])}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
