"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { ExceptionLine } from "@/components/shared/case/answers";
import { CaseLog } from "@/components/shared/case/case-log";
import { KindText, SeatDots, StateChip } from "@/components/shared/case/case-marks";
import { isNarrowed, LOG_PARAMS, logInput, NO_FILTERS } from "@/components/shared/case/exceptions-params";
import { GrayShare } from "@/components/shared/case/gray-share";
import { LogFilters } from "@/components/shared/case/log-filters";
import type { Person } from "@/components/shared/case/use-people";
import { Money } from "@/components/shared/money";
import { Term } from "@/components/shared/term";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { api } from "@/lib/api/client";
import { inMeetingOrder } from "@/lib/metrics/meeting-order";
import { count } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";
import { CorrectionsOf } from "./corrections";
import { SectionHead } from "./section-head";
import type { MoreCases } from "./use-review-cases";

/** All cases of the quarter at a glance: those of a kind taken together, before the others one by one. */
export function ExceptionsSection({
  review,
  more,
  people,
  presents,
  onOpen,
}: {
  review: ReviewAnswer;
  more: MoreCases;
  people: readonly Person[];
  presents: boolean;
  onOpen(id: string): void;
}) {
  const { rows, total, open, grayShare } = review.exceptions;
  return (
    <>
      <SectionHead
        title={<Term of="exception">Exceptions</Term>}
        lead={
          rows.length === 0
            ? "Nothing was contested in this quarter."
            : review.seal
              ? `${count(total, "case")}, as the meeting left them.`
              : open === 0
                ? "Every case of this quarter is decided or deferred."
                : `${open} of ${count(total, "case")} to decide: many of a kind at once, the others one by one.`
        }
        aside={
          <GrayShare
            gray={grayShare.gray}
            closed={grayShare.closed}
            limit={grayShare.limit}
            className="w-80 max-w-full"
          />
        }
      />
      {rows.length === 0 ? (
        <EmptyState title="No cases" icon="stamp">
          The quarter can be frozen as soon as the minutes are written.
        </EmptyState>
      ) : presents || review.seal ? (
        <>
          <ol className="divide-y divide-line border-line border-y">
            {inMeetingOrder(rows).map((row) => (
              <CaseLine key={row.id} row={row} onOpen={() => onOpen(row.id)} />
            ))}
          </ol>
          {more.left > 0 && (
            <p className="flex justify-center py-3">
              <Button onPress={more.ask} isPending={more.isPending}>
                {count(more.left, "more case")}
              </Button>
            </p>
          )}
        </>
      ) : (
        <Triage quarter={review.quarter.label} people={people} onOpen={onOpen} />
      )}
      <CorrectionsOf corrections={review.corrections} currency={review.reportingCurrency} />
    </>
  );
}

/** The log of the quarter, as the exceptions page has it. */
function Triage({
  quarter,
  people,
  onOpen,
}: {
  quarter: string;
  people: readonly Person[];
  onOpen(id: string): void;
}) {
  const [params, setParams] = useQueryStates(LOG_PARAMS, { history: "replace" });
  const answer = useQuery({
    ...api.exceptionsList.queryOptions({ input: logInput({ quarter, ...params }) }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="-mx-4 flex h-[32rem] flex-col sm:-mx-6">
      <LogFilters people={people} rows={answer.data?.rows ?? []} side={answer.data?.side ?? null} />
      <CaseLog
        answer={answer}
        people={people}
        isMeeting
        onOpen={onOpen}
        empty={
          <EmptyState
            title="No exception matches"
            icon="filter"
            action={
              isNarrowed({ quarter, ...params }) && (
                <Button onPress={() => setParams(NO_FILTERS)}>Clear the filters</Button>
              )
            }
          >
            There are others in {quarter}.
          </EmptyState>
        }
      />
    </div>
  );
}

function CaseLine({ row, onOpen }: { row: ExceptionLine; onOpen(): void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 rounded-sm px-1 py-2 text-left hover:bg-hover"
      >
        <span className="min-w-0 flex-1 basis-56">
          <span className="font-medium text-base">{row.account ?? row.dealId}</span>
          <span className="block text-ink-2 text-xs">
            <KindText kind={row.kind} />
          </span>
        </span>
        <SeatDots row={row} />
        <span className="w-40">
          <StateChip row={row} />
        </span>
        <Money amount={row.amount} currency={row.currency} className="w-36 text-right font-medium" />
      </button>
    </li>
  );
}
