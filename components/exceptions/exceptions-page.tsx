"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import type { ExceptionLine } from "@/components/shared/case/answers";
import { EXCEPTIONS_PARAMS, logInput } from "@/components/shared/case/exceptions-params";
import { GrayShare } from "@/components/shared/case/gray-share";
import { usePeople } from "@/components/shared/case/use-people";
import { FrozenBadge } from "@/components/shared/frozen-badge";
import { Money } from "@/components/shared/money";
import { QuarterPicker } from "@/components/shared/quarter-picker";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Kbd } from "@/components/ui/kbd";
import { useKeys } from "@/components/ui/keys";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import { CasePanel } from "./case-panel";
import { EXCEPTION_COLUMNS, NarrowCase } from "./exceptions-columns";
import { Filters } from "./exceptions-filters";

const RaiseExceptionDialog = dynamic(() =>
  import("@/components/shared/case/raise-exception-dialog").then((m) => m.RaiseExceptionDialog),
);

const rowId = (row: ExceptionLine) => row.id;
const narrow = (row: ExceptionLine) => <NarrowCase row={row} />;
type Answer = Outputs["exceptionsList"];

/** What is contested, and who decides? `first` is the server's answer for the address asked. */
export function ExceptionsPage({ first }: { first: Answer | null }) {
  const router = useRouter();
  const me = useMe();
  const [params, setParams] = useQueryStates(EXCEPTIONS_PARAMS, { history: "push" });
  const [isRaising, setRaising] = useState(false);
  const quarter = params.quarter ?? me?.quarter;
  const input = logInput(params);
  const [firstInput] = useState(() => JSON.stringify(input));
  const answer = useQuery({
    ...api.exceptionsList.queryOptions({
      input,
    }),
    placeholderData: keepPreviousData,
    ...(first && JSON.stringify(input) === firstInput && { initialData: first }),
  });
  const quarters = useQuery(api.quartersList.queryOptions({ input: {} })).data?.quarters ?? [];
  const data = answer.data;
  const rows = data?.rows ?? [];
  const people = usePeople();
  const mayRaise = mayEver(me, "exception.raise");
  const isFiltered = Boolean(params.state || params.kind || params.owner);
  const shown = data?.quarter ?? quarter;
  const reviewAt = shown ? `/review/${shown}` : "/review";

  useKeys({
    e: () => mayRaise && setRaising(true),
    r: () => router.push(reviewAt),
    Escape: () => params.open && setParams({ open: null }),
  });

  return (
    <div className="flex min-h-full flex-1 flex-col lg:min-h-0">
      <PageHeader
        title="Exceptions"
        beside={data?.frozen && shown && <FrozenBadge quarter={shown} />}
        lead="What is contested, and who decides?"
        actions={
          <>
            {mayRaise && (
              <Button icon="plus" onPress={() => setRaising(true)}>
                Raise <Kbd keys="E" />
              </Button>
            )}
            <Link href={reviewAt} className={buttonLook(data?.frozen ? "plain" : "primary")}>
              Review {shown} <Kbd keys="R" className={data?.frozen ? "" : "opacity-80"} />
            </Link>
            {shown && (
              <QuarterPicker
                quarters={quarters.map(({ label }) => label)}
                quarter={shown}
                current={me?.quarter}
                onChange={(next) => setParams({ quarter: next, open: null })}
              />
            )}
          </>
        }
      />
      <div className={params.open ? "max-lg:hidden" : undefined}>
        {data && <Standing answer={data} />}
        <Filters people={people} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <div
          className={
            params.open
              ? "flex min-h-0 min-w-0 flex-1 flex-col max-lg:hidden"
              : "flex min-w-0 flex-1 flex-col"
          }
        >
          {answer.isPending ? (
            <div className="px-4 sm:px-6">
              <SkeletonRows rows={10} label="Loading the exceptions" />
            </div>
          ) : answer.error && !data ? (
            <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
          ) : (
            <DataTable
              label="Exceptions"
              kind="exception"
              columns={EXCEPTION_COLUMNS}
              rows={rows}
              rowId={rowId}
              total={data?.total}
              visibility={params.open ? BESIDE_A_CASE : undefined}
              onOpen={(row) => setParams({ open: row.id })}
              narrow={narrow}
              empty={
                <Empty
                  filtered={isFiltered}
                  quarter={shown ?? ""}
                  onClear={() => setParams({ state: null, kind: null, owner: null })}
                  onRaise={mayRaise ? () => setRaising(true) : undefined}
                />
              }
              foot={
                <>
                  <span className="tabular">
                    {count(data?.total ?? 0, "exception")}
                    {answer.isFetching && " · refreshing"}
                  </span>
                  <Link
                    href="/policy"
                    className="rounded-sm underline decoration-line-control underline-offset-2 hover:text-ink"
                  >
                    Learnings kept for the amendment
                  </Link>
                </>
              }
            />
          )}
        </div>
        {params.open && (
          <aside
            aria-label="The open case"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className="min-w-0 border-line border-t lg:w-[34rem] lg:shrink-0 lg:overflow-y-auto lg:border-l"
          >
            <CasePanel
              key={params.open}
              id={params.open}
              people={people}
              onClose={() => setParams({ open: null })}
            />
          </aside>
        )}
      </div>
      {isRaising && (
        <RaiseExceptionDialog
          onClose={() => setRaising(false)}
          onRaised={({ id, quarter: raisedIn }) => setParams({ quarter: raisedIn, open: id })}
        />
      )}
    </div>
  );
}

/** The case says the rest. */
const BESIDE_A_CASE = { clause: false, claim: false, owner: false };

/** The quarter in a line: how gray it was, what is left to decide, what hangs on it. */
function Standing({ answer: { grayShare, counts, atStake } }: { answer: Answer }) {
  const settled = counts.decided + counts.put_right;
  return (
    <div className="grid gap-x-10 gap-y-4 border-line border-t px-4 py-3 sm:px-6 md:grid-cols-[minmax(16rem,24rem)_1fr]">
      <GrayShare gray={grayShare.gray} closed={grayShare.closed} limit={grayShare.limit} />
      <dl className="flex flex-wrap items-start gap-x-10 gap-y-2">
        <Counted what="To decide" value={counts.open} />
        <Counted what="Deferred" value={counts.deferred} />
        <Counted what="Settled" value={settled} />
        <div>
          <dt className="text-ink-2 text-xs">At stake, undecided</dt>
          <dd className="mt-0.5 font-semibold text-xl">
            {atStake ? (
              <Money amount={atStake.amount} currency={atStake.currency} />
            ) : (
              <span className="font-normal text-ink-2 text-sm">in several currencies</span>
            )}
          </dd>
        </div>
      </dl>
    </div>
  );
}

function Counted({ what, value }: { what: string; value: number }) {
  return (
    <div>
      <dt className="text-ink-2 text-xs">{what}</dt>
      <dd className="tabular mt-0.5 font-semibold text-xl">{value}</dd>
    </div>
  );
}

function Empty({
  filtered,
  quarter,
  onClear,
  onRaise,
}: {
  filtered: boolean;
  quarter: string;
  onClear(): void;
  onRaise?: () => void;
}) {
  if (filtered)
    return (
      <EmptyState
        title="No exception matches"
        icon="filter"
        action={<Button onPress={onClear}>Clear the filters</Button>}
      >
        There are others in {quarter}.
      </EmptyState>
    );
  return (
    <EmptyState
      title={`Nothing is contested in ${quarter}`}
      icon="stamp"
      action={onRaise && <Button onPress={onRaise}>Raise one by hand</Button>}
    >
      Gray cases come here by themselves as soon as the facts of a deal show one, in the quarter of its close.
      Whoever sees another raises it by hand.
    </EmptyState>
  );
}
