"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useFirstAnswer } from "@/components/shared/first-answer";
import { PolicyState } from "@/components/shared/policy-state";
import { Term } from "@/components/shared/term";
import { useMe } from "@/components/shared/use-me";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { lastQuarters, parseQuarter } from "@/lib/calendar";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { LensDeals } from "./lens-deals";
import { LensTable } from "./lens-table";
import { LENSES_PARAMS } from "./lenses-params";

type Answer = Outputs["lensTable"];

const ALL = "all";
const OFFERED = 12;
const LOOKED_AT_EVERY_MS = 2_000;

/** The same facts under all four models: what each would call the portfolio's deals. */
export function LensesPage({ first }: { first: Answer | null }) {
  const [{ quarter, model, outcome }, setParams] = useQueryStates(LENSES_PARAMS, { history: "push" });
  const answer = useQuery({
    ...api.lensTable.queryOptions({ input: quarter ? { quarter } : {} }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.underWay ? LOOKED_AT_EVERY_MS : false),
    ...useFirstAnswer(quarter, first),
  });
  const table = answer.data;

  return (
    <div className="flex min-h-full flex-col">
      <PageHeader
        title="Lenses"
        beside={table && <PolicyState policy={table.policy} />}
        lead={
          <>
            The same facts under all four models. One of them is what counts; the others are{" "}
            <Term of="lens">lenses</Term> to look through.
          </>
        }
        actions={<QuarterSelect quarter={quarter} onChange={(next) => setParams({ quarter: next })} />}
      />
      {answer.error && !table ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : !table ? (
        <div className="border-line border-t px-4 sm:px-6">
          <SkeletonRows rows={8} label="Looking through four lenses" />
        </div>
      ) : table.underWay ? (
        <FirstPass {...table.underWay} />
      ) : table.deals === 0 ? (
        <EmptyState
          icon="columns"
          title={quarter ? `No deal was created or closed in ${quarter}` : "No deals yet"}
        >
          Deals show here as soon as they are imported or entered; the models then judge them side by side.
        </EmptyState>
      ) : (
        <div
          aria-busy={answer.isPlaceholderData}
          className={classNames(
            "border-line border-t px-4 pb-10 sm:px-6",
            answer.isPlaceholderData && "opacity-60",
          )}
        >
          <p className="py-3 text-ink-2">
            {count(table.deals, "deal")} {quarter ? `created or closed in ${quarter}` : "of all time"}. Each
            deal counts once a model, in its best outcome; amounts of two currencies are never added up.
          </p>
          <LensTable table={table} onOpen={(lens, cell) => setParams({ model: lens, outcome: cell })} />
        </div>
      )}
      {model && outcome && (
        <LensDeals
          question={{ model, outcome, ...(quarter && { quarter }) }}
          onClose={() => setParams({ model: null, outcome: null })}
        />
      )}
    </div>
  );
}

/** One quarter, or all time. */
function QuarterSelect({
  quarter,
  onChange,
}: {
  quarter: string | null;
  onChange(quarter: string | null): void;
}) {
  const me = useMe();
  const offered = me
    ? lastQuarters(OFFERED, parseQuarter(me.quarter, me.fiscalYear), me.fiscalYear)
        .map(({ label }) => label)
        .reverse()
    : [];
  const quarters = quarter && !offered.includes(quarter) ? [quarter, ...offered] : offered;
  return (
    <Select
      label="Quarter"
      labelHidden
      className="w-44 print:hidden"
      value={quarter ?? ALL}
      choices={[
        { value: ALL, label: "All time" },
        ...quarters.map((label) => ({
          value: label,
          label,
          ...(label === me?.quarter && { note: "The quarter under way" }),
        })),
      ]}
      onChange={(next) => onChange(next === ALL ? null : next)}
    />
  );
}

/** A portfolio too large to look through at once: how far its first pass is. */
function FirstPass({ judged, total }: { judged: number; total: number }) {
  return (
    <div className="border-line border-t px-4 py-6 sm:px-6">
      <ProgressBar
        label="Looking through four lenses for the first time"
        value={judged}
        max={total}
        text={`${thousands(judged)} of ${count(total, "deal")}`}
      />
    </div>
  );
}
