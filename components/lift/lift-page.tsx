"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useQueryStates } from "nuqs";
import { useFirstAnswer } from "@/components/shared/first-answer";
import { useLookWords } from "@/components/shared/look/look";
import { LookMenu } from "@/components/shared/look/look-menu";
import type { LookParams } from "@/components/shared/look/look-params";
import { PolicyState } from "@/components/shared/policy-state";
import { Term } from "@/components/shared/term";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { LiftControls, PrintedCohort } from "./lift-controls";
import { LIFT_PARAMS, liftQuestion } from "./lift-params";
import { LiftReport } from "./lift-report";
import { LiftStages } from "./lift-stages";

const LiftPatterns = onDemand(() => import("./lift-patterns").then((m) => m.LiftPatterns));

type Answer = Outputs["lift"];

const LiftDeals = dynamic(() => import("./lift-deals"), { ssr: false });

const LOOKED_AT_EVERY_MS = 2_000;

/** Do partners change outcomes? Deals with one beside deals without, by outcome and from a landmark on. */
export function LiftPage({ first }: { first: Answer | null }) {
  const [params, setParams] = useQueryStates(LIFT_PARAMS, { history: "push" });
  const question = liftQuestion(params);
  const answer = useQuery({
    ...api.lift.queryOptions({ input: question }),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.underWay ? LOOKED_AT_EVERY_MS : false),
    ...useFirstAnswer(question, first),
  });
  const found = answer.data;

  return (
    <div className="flex min-h-full flex-col">
      <PageHeader
        title="Attached vs direct"
        beside={found && <PolicyState policy={found.policy} />}
        lead={
          <>
            Do partners change outcomes? Deals with one beside deals without, by outcome and from a{" "}
            <Term of="landmark">landmark</Term> on. Association, not cause.
          </>
        }
      />
      <LiftControls
        value={params}
        quarters={found?.quarters ?? []}
        asOf={found?.asOf ?? ""}
        onChange={setParams}
      />
      {found && <PrintedCohort value={params} asOf={found.asOf} />}
      <Narrowed params={params} onChange={setParams} />
      {answer.error && !(found && answer.isPlaceholderData === false) ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : !found ? (
        <div className="border-line border-t px-4 sm:px-6">
          <SkeletonRows rows={8} label="Comparing deals with and without a partner" />
        </div>
      ) : found.underWay ? (
        <div className="border-line border-t px-4 py-6 sm:px-6">
          <ProgressBar
            label="Looking through this model for the first time"
            value={found.underWay.judged}
            max={found.underWay.total}
            text={`${thousands(found.underWay.judged)} of ${count(found.underWay.total, "deal")}`}
          />
        </div>
      ) : found.closed === 0 ? (
        <EmptyState icon="compare" title="No deal was won or lost in this time">
          Closed deals are compared here: those with a partner beside those without.
        </EmptyState>
      ) : (
        <div
          aria-busy={answer.isPlaceholderData}
          className={classNames(
            "border-line border-t px-4 pb-10 sm:px-6 print:pb-0 print:text-xs",
            answer.isPlaceholderData && "opacity-60",
          )}
        >
          <LiftReport found={found} matched={params.matched} onOpen={(deals) => setParams({ deals })}>
            <LiftStages question={question} currency={found.reportingCurrency} />
            <LiftPatterns look={question.look} />
          </LiftReport>
        </div>
      )}
      {params.deals && (
        <LiftDeals figure={params.deals} question={question} onClose={() => setParams({ deals: null })} />
      )}
    </div>
  );
}

/** To which deals the comparison is narrowed, and the way to narrow it. */
function Narrowed({
  params,
  onChange,
}: {
  params: Omit<LookParams, "asOf">;
  onChange(next: Partial<LookParams>): void;
}) {
  const look = { ...params, asOf: null };
  const words = useLookWords(look);
  const isOfPartners = look.forPartner !== null || look.forKind !== null;
  return (
    <div className="flex flex-wrap items-center gap-3 px-4 pb-3 sm:px-6">
      <LookMenu params={look} today={undefined} isNow onChange={onChange} />
      {words && (
        <p className="text-accent-ink text-xs">
          {words}
          {isOfPartners && ", beside deals that nobody is on"}.
        </p>
      )}
    </div>
  );
}
