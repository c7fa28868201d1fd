"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { useFirstAnswer } from "@/components/shared/first-answer";
import { PolicyState } from "@/components/shared/policy-state";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { CommitGrid } from "./commit-grid";
import { FORECAST_PARAMS, type Forecast, forecastInput } from "./forecast-params";
import { ForecastRows } from "./forecast-rows";
import { MissingRates, Standing } from "./standing";

const ProbabilitiesDialog = onDemand(() =>
  import("./probabilities-dialog").then((m) => m.ProbabilitiesDialog),
);
const Targets = onDemand(() => import("./targets").then((m) => m.Targets));
const Weeks = onDemand(() => import("./weeks").then((m) => m.Weeks));

/** What may be committed? `first` is the server's answer for the address asked. */
export function ForecastPage({ first }: { first: Forecast | null }) {
  const [params, setParams] = useQueryStates(FORECAST_PARAMS, { history: "push" });
  const [isSetting, setSetting] = useState(false);
  const input = forecastInput(params);
  const answer = useQuery({
    ...api.forecast.queryOptions({ input }),
    placeholderData: keepPreviousData,
    ...useFirstAnswer(input, first),
  });
  const forecast = answer.data;
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader
        title="Forecast"
        beside={forecast && <PolicyState policy={forecast.policy} />}
        lead="Open sourced pipeline, each deal at its stage's probability. Every figure opens to its deals."
        actions={
          forecast && (
            <>
              <Button onPress={() => setSetting(true)}>Stage probabilities</Button>
              <TakeWeek forecast={forecast} />
            </>
          )
        }
      />
      <div className="px-4 pb-3 sm:px-6 print:hidden">
        <SegmentedControl
          label="Forecast of"
          value={params.view}
          onChange={(view) => setParams({ view })}
          choices={[
            { value: "now", label: "Now" },
            { value: "weeks", label: "Weeks" },
            { value: "targets", label: "Targets" },
          ]}
        />
      </div>
      {answer.error && !forecast ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : !forecast ? (
        <div className="border-line border-t px-4 sm:px-6">
          <SkeletonRows rows={9} label="Loading the forecast" />
        </div>
      ) : params.view === "targets" ? (
        <Targets quarter={forecast.quarter} />
      ) : params.view === "weeks" ? (
        <Weeks quarter={forecast.quarter} />
      ) : (
        <Now forecast={forecast} />
      )}
      {isSetting && forecast && <ProbabilitiesDialog forecast={forecast} onClose={() => setSetting(false)} />}
    </div>
  );
}

/** Keeps the week as it stands; it happens by itself as well. */
function TakeWeek({ forecast: { week, may } }: { forecast: Forecast }) {
  const take = useWrite("takeForecastSnapshot", {
    said: ({ answer }) =>
      answer.taken ? `The week of ${dayInWords(answer.week)} is kept` : "This week was kept already",
  });
  if (week.takenOn !== null)
    return <span className="text-ink-3 text-xs">This week was taken {dayInWords(week.takenOn)}</span>;
  return (
    <GuardedButton because={may.take} isPending={take.isPending} onPress={() => take.mutate({})}>
      Take this week
    </GuardedButton>
  );
}

function Now({ forecast }: { forecast: Forecast }) {
  const nothing = forecast.commit?.deals === 0 && forecast.context?.deals === 0;
  if (nothing)
    return (
      <EmptyState
        icon="forecast"
        title="Nothing is in commit"
        action={
          <Link href="/deals?state=open" className="text-accent-ink underline underline-offset-2">
            Open deals
          </Link>
        }
      >
        An open deal comes here when a partner sourced it under the policy. Influenced ones stay out of the
        forecast: they are shown in the quarterly review.
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-6 border-line border-t px-4 pt-4 pb-10 sm:px-6">
      <MissingRates forecast={forecast} />
      <CommitGrid forecast={forecast} />
      <Standing forecast={forecast} />
      <ForecastRows forecast={forecast} />
    </div>
  );
}
