"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { type ComponentProps, type ReactNode, useEffect } from "react";
import { useFirstAnswer } from "@/components/shared/first-answer";
import { LookProvider, useLookWords } from "@/components/shared/look/look";
import { lookAddress, NO_LOOK } from "@/components/shared/look/look-params";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useKeys } from "@/components/ui/keys";
import { api, type Outputs } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { MODEL_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { unsignedPart } from "@/lib/text/unsigned";
import { AeAdoption, CreditedVersusDirect, ThreeRoles } from "./beside";
import { DashboardHead } from "./dashboard-head";
import { DASHBOARD_PARAMS, numbersAsked } from "./dashboard-params";
import { DashboardSkeleton } from "./dashboard-skeleton";
import { HeadlineCard } from "./headline-card";
import { MissingRates } from "./missing-rates";
import { Panels } from "./panels";
import { PrintSheet } from "./print-sheet";

type Numbers = Outputs["numbers"];

/** Is the programme worth funding? `first` is the server's answer for the quarter asked. */
export function DashboardPage({ first }: { first: Numbers | null }) {
  const [params, setParams] = useQueryStates(DASHBOARD_PARAMS, { history: "push" });
  const { compare } = params;
  const question = numbersAsked(params);
  const answer = useQuery({
    ...api.numbers.queryOptions({ input: question }),
    placeholderData: keepPreviousData,
    ...useFirstAnswer(question, first),
  });
  const numbers = answer.data;
  useQuartersBeside(answer.isPlaceholderData ? undefined : numbers, question);
  const look = { address: lookAddress(params), words: useLookWords(params) };
  const toggleCompare = () => setParams({ compare: !compare });
  const onQuarter = (quarter: string) => setParams({ quarter });
  useKeys({ v: toggleCompare });
  const failed = answer.error && <Failed error={answer.error} onRetry={() => answer.refetch()} />;

  return (
    <LookProvider value={look}>
      <div data-print="dashboard" data-compare={compare} className="flex min-h-full flex-col">
        <DashboardHead
          numbers={numbers}
          compare={compare}
          onCompare={toggleCompare}
          onQuarter={onQuarter}
          look={params}
          onLook={setParams}
          onRank={() => setParams({ rank: "partner" })}
        />
        {failed && !numbers ? (
          failed
        ) : !numbers ? (
          <DashboardSkeleton />
        ) : isBlank(numbers) ? (
          <Blank
            numbers={numbers}
            look={look.words}
            onQuarter={onQuarter}
            onWhole={() => setParams(NO_LOOK)}
          />
        ) : (
          <Shown
            numbers={numbers}
            compare={compare}
            isOld={answer.isPlaceholderData}
            onOpen={(open) => setParams({ open })}
            onQuarter={onQuarter}
          >
            {failed}
          </Shown>
        )}
        {numbers && <Panels numbers={numbers} params={params} look={question.look} onChange={setParams} />}
      </div>
    </LookProvider>
  );
}

/** The numbers, all that stands beside them, and what they were judged by; paler while others are on their way. */
function Shown({
  numbers,
  compare,
  isOld,
  onOpen,
  onQuarter,
  children,
}: ComponentProps<typeof Four> & { isOld: boolean; children: ReactNode }) {
  return (
    <div className={isOld ? "opacity-60" : undefined} aria-busy={isOld}>
      {children}
      <MissingRates metrics={[...numbers.headline, ...numbers.beside]} {...shownOf(numbers)} />
      <Four numbers={numbers} compare={compare} onOpen={onOpen} onQuarter={onQuarter} />
      <Beside numbers={numbers} onQuarter={onQuarter} />
      <PrintSheet metrics={numbers.headline} compare={compare} {...shownOf(numbers)} />
      <MemoLine numbers={numbers} />
    </div>
  );
}

/** Long enough that somebody who steps from quarter to quarter asks for none between. */
const STAYS_MS = 600;
const KEPT_MS = 60_000;

/** Asks for the quarters on either side once one stays: the next step is there at once. Numbers alone, no script. */
function useQuartersBeside(numbers: Numbers | undefined, { look }: ReturnType<typeof numbersAsked>): void {
  const queries = useQueryClient();
  useEffect(() => {
    // A look reads deal by deal: nobody asks for that beforehand.
    if (!numbers || look) return;
    const at = numbers.quarters.indexOf(numbers.quarter.label);
    const beside = at < 0 ? [] : [numbers.quarters[at + 1], numbers.quarters[at - 1]];
    const timer = setTimeout(() => {
      for (const quarter of beside)
        if (quarter)
          void queries.prefetchQuery({
            ...api.numbers.queryOptions({ input: { quarter } }),
            staleTime: KEPT_MS,
          });
    }, STAYS_MS);
    return () => clearTimeout(timer);
  }, [numbers, queries, look]);
}

const shownOf = (numbers: Numbers) => ({
  quarter: numbers.quarter.label,
  currency: numbers.reportingCurrency,
});

/** The four numbers, alike, on one line where there is room. */
function Four({
  numbers,
  compare,
  onOpen,
  onQuarter,
}: {
  numbers: Numbers;
  compare: boolean;
  onOpen(metric: string): void;
  onQuarter(quarter: string): void;
}) {
  return (
    <div className="grid border-line border-t md:grid-cols-2 xl:grid-cols-4 print:grid-cols-4">
      {numbers.headline.map((metric) => (
        <HeadlineCard
          key={metric.key}
          metric={metric}
          {...shownOf(numbers)}
          compare={compare}
          onOpen={() => onOpen(metric.key)}
          onQuarter={onQuarter}
        />
      ))}
    </div>
  );
}

function Beside({ numbers, onQuarter }: { numbers: Numbers; onQuarter(quarter: string): void }) {
  const of = (key: string) => numbers.beside.find((metric) => metric.key === key);
  const [roles, sides, adoption] = [of("threeRoles"), of("creditedVersusDirect"), of("aeAdoption")];
  const shared = { quarter: numbers.quarter.label, currency: numbers.reportingCurrency };
  return (
    <div className="grid gap-x-8 gap-y-6 px-4 py-3 sm:px-5 md:grid-cols-2 xl:grid-cols-[1fr_1.35fr_1fr] print:grid-cols-[1fr_1.35fr_1fr] print:gap-x-5 print:gap-y-3 print:px-4 print:py-1.5">
      {roles && <ThreeRoles metric={roles} {...shared} />}
      {sides && <CreditedVersusDirect metric={sides} {...shared} />}
      {adoption && <AeAdoption metric={adoption} {...shared} onQuarter={onQuarter} />}
    </div>
  );
}

/** Under which memo, as of when: what makes two prints of a quarter comparable. */
function MemoLine({ numbers: { policy, asOf, quarter } }: { numbers: Numbers }) {
  const unsigned = unsignedPart(policy.unsignedBefore, quarter);
  return (
    <p className="border-line border-t px-4 py-2 text-2xs text-ink-3 sm:px-5 print:px-4 print:py-1">
      {quarter.label} as of {dayInWords(asOf)}. Judged under “{MODEL_WORDS[policy.model].label}”, memo{" "}
      <code className="font-sans">{policy.hash.slice(0, 12)}</code>,{" "}
      {policy.signed
        ? `signed, in force from ${dayInWords(policy.signed.activeFrom)}`
        : "a draft that nobody has signed: every number here is provisional"}
      . A deal closed earlier is judged by the memo in force on its close day.
      {unsigned && ` ${unsigned.sentence}.`} Intervals are 95 %.
    </p>
  );
}

const hasNothing = (value: Numbers["headline"][number]["series"][number]["value"]) =>
  typeof value !== "number" || value === 0;

/** Nothing was created, open or closed in any of the eight quarters. */
function isBlank({ headline, beside }: Numbers): boolean {
  const metrics = [...headline, ...beside];
  const noDeals = metrics.every(({ sides, figures }) =>
    [...sides, ...figures.flatMap(({ opens }) => opens)].every(({ deals }) => deals === 0),
  );
  return noDeals && metrics.every(({ series }) => series.every(({ value }) => hasNothing(value)));
}

function Blank({
  numbers,
  look,
  onQuarter,
  onWhole,
}: {
  numbers: Numbers;
  /** How they are looked at, in words. */
  look: string | null;
  onQuarter(quarter: string): void;
  onWhole(): void;
}) {
  const newest = numbers.quarters[0];
  if (look)
    return (
      <EmptyState
        icon="dashboard"
        title={`No such deals in ${numbers.quarter.label} or the seven quarters before it`}
        action={<Button onPress={onWhole}>All deals, as of now</Button>}
      >
        {look}.
      </EmptyState>
    );
  return (
    <EmptyState
      icon="dashboard"
      title={`No deals in ${numbers.quarter.label} or the seven quarters before it`}
      action={
        <>
          <Link href="/import" className={buttonLook("primary")}>
            Import deals
          </Link>
          {newest && newest !== numbers.quarter.label && (
            <Button onPress={() => onQuarter(newest)}>Show {newest}</Button>
          )}
        </>
      }
    >
      The four numbers stand here as soon as deals with their partners have been imported or entered.
    </EmptyState>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const isRate = problemOf(error).field.startsWith("rates.");
  return (
    <div>
      <ErrorState error={error} onRetry={onRetry} />
      {isRate && (
        <p className="-mt-10 pb-14 text-center">
          <Link href="/settings/finance" className="text-accent underline underline-offset-2">
            Record the rate in costs and rates
          </Link>
        </p>
      )}
    </div>
  );
}
