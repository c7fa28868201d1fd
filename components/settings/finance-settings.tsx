"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { mayEver, useMe } from "@/components/shared/use-me";
import { IconButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { useNarrow } from "@/components/ui/narrow";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { lastQuarters, parseQuarter, shiftQuarter } from "@/lib/calendar";
import { spanInWords } from "@/lib/text/days";
import { count, list, plural } from "@/lib/text/words";
import { CostGrid } from "./cost-grid";
import { CostLedger } from "./cost-ledger";
import { RateGrid } from "./rate-grid";

const LABEL = /^\d{4}-Q[1-4]$/;

/** Costs and rates, a few quarters side by side; the last of them is in the address. */
export function FinanceSettings() {
  const me = useMe();
  const isNarrow = useNarrow();
  const [asked, setAsked] = useQueryState("quarter", parseAsString.withOptions({ history: "push" }));
  const answer = useQuery(api.costsAndRates.queryOptions({ input: {} }));
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!me || !answer.data) return <SkeletonRows rows={9} label="Loading costs and rates" />;

  const mayEdit = mayEver(me, "finance.edit");
  const { fiscalYear } = me;
  const last = parseQuarter(asked && LABEL.test(asked) ? asked : me.quarter, fiscalYear);
  const quarters = lastQuarters(isNarrow ? 2 : 6, last, fiscalYear).map(({ label }) => label);
  const shared = { finance: answer.data, quarters, current: me.quarter, mayEdit };
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        {mayEdit ? (
          <p className="text-ink-2">
            Type straight into a cell. A change counts at once, in the quarter's numbers and in the audit log.
          </p>
        ) : (
          <p className="flex items-center gap-2 text-ink-2">
            <Icon name="lock" className="text-ink-3" />
            Finance keeps these; they are here for all to check.
          </p>
        )}
        <div className="flex items-center gap-1">
          <IconButton
            label="A quarter earlier"
            icon="chevronLeft"
            onPress={() => setAsked(shiftQuarter(last, -1, fiscalYear).label)}
          />
          <span className="tabular whitespace-nowrap text-ink-2">
            {quarters[0]} – {quarters.at(-1)}
          </span>
          <IconButton
            label="A quarter later"
            icon="chevronRight"
            onPress={() => setAsked(shiftQuarter(last, 1, fiscalYear).label)}
          />
        </div>
      </div>
      <Waiting waiting={answer.data.waiting} />
      <CostGrid {...shared} currency={me.reportingCurrency} />
      <CostLedger
        finance={answer.data}
        quarter={last.label}
        before={shiftQuarter(last, -1, fiscalYear).label}
        mayEdit={mayEdit}
      />
      <RateGrid {...shared} reporting={me.reportingCurrency} />
    </div>
  );
}

/** What was recorded for months that are no quarter of this fiscal year: it is asked for anew, never divided. */
function Waiting({ waiting }: { waiting: Outputs["costsAndRates"]["waiting"] }) {
  if (waiting.length === 0) return null;
  const held = ({ from, to, costs, rates }: (typeof waiting)[number]) =>
    `${spanInWords({ from, to })} (${list([costs > 0 && count(costs, "cost"), rates > 0 && count(rates, "rate")].filter((one) => one !== false))})`;
  return (
    <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-pretty text-warn">
      {list(waiting.map(held))} {plural(waiting.length, "is", "are")} no quarter of this fiscal year: what was
      recorded is kept and counts in none. Record the quarters below anew.
    </p>
  );
}
