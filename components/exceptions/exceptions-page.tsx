"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { type ComponentProps, useState } from "react";
import { CaseLog } from "@/components/shared/case/case-log";
import {
  EXCEPTIONS_PARAMS,
  isNarrowed,
  logInput,
  NO_FILTERS,
} from "@/components/shared/case/exceptions-params";
import { LogFilters } from "@/components/shared/case/log-filters";
import { usePeople } from "@/components/shared/case/use-people";
import { useFirstAnswer } from "@/components/shared/first-answer";
import { FrozenBadge } from "@/components/shared/frozen-badge";
import { PrintHead } from "@/components/shared/print-head";
import { QuarterPicker } from "@/components/shared/quarter-picker";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { Kbd } from "@/components/ui/kbd";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { api, type Outputs } from "@/lib/api/client";
import { Standing } from "./standing";

const CasePanel = onDemand(() => import("./case-panel").then((m) => m.CasePanel));
const RaiseExceptionDialog = onDemand(() =>
  import("@/components/shared/case/raise-exception-dialog").then((m) => m.RaiseExceptionDialog),
);
const DeputiesDialog = onDemand(() =>
  import("@/components/shared/case/deputies-dialog").then((m) => m.DeputiesDialog),
);

type Answer = Outputs["exceptionsList"];

/** What is contested, and who decides? `first` is the server's answer for the address asked. */
export function ExceptionsPage({ first }: { first: Answer | null }) {
  const router = useRouter();
  const me = useMe();
  const [params, setParams] = useQueryStates(EXCEPTIONS_PARAMS, { history: "push" });
  const [isRaising, setRaising] = useState(false);
  const input = logInput(params);
  const answer = useQuery({
    ...api.exceptionsList.queryOptions({ input }),
    placeholderData: keepPreviousData,
    ...useFirstAnswer(input, first),
  });
  const people = usePeople();
  const raise = mayEver(me, "exception.raise") ? () => setRaising(true) : undefined;
  const quarter = answer.data?.quarter ?? params.quarter ?? me?.quarter;
  const isFiltered = isNarrowed(params);
  const close = () => setParams({ open: null });
  useKeys({
    e: () => raise?.(),
    r: () => router.push(reviewAt(quarter)),
    Escape: () => params.open && close(),
  });

  return (
    <div className="flex min-h-full flex-1 flex-col lg:min-h-0 print:block">
      <Head
        quarter={quarter}
        isFrozen={answer.data?.frozen ?? false}
        onRaise={raise}
        onQuarter={(next) => setParams({ quarter: next, open: null })}
      />
      <PrintHead noun="case" rows={answer.data?.rows.length ?? 0} total={answer.data?.total ?? 0} />
      <div className={params.open ? "max-lg:hidden" : undefined}>
        {answer.data && <Standing answer={answer.data} />}
        <LogFilters people={people} rows={answer.data?.rows ?? []} side={answer.data?.side ?? null} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row print:block">
        <div
          className={
            params.open
              ? "flex min-h-0 min-w-0 flex-1 flex-col max-lg:hidden"
              : "flex min-w-0 flex-1 flex-col"
          }
        >
          <CaseLog
            answer={answer}
            people={people}
            hasOpen={params.open !== null}
            onOpen={(id) => setParams({ open: id })}
            onTriage={() => params.open && close()}
            empty={
              <Empty
                quarter={quarter ?? ""}
                onClear={isFiltered ? () => setParams(NO_FILTERS) : undefined}
                onRaise={raise}
              />
            }
          />
        </div>
        {params.open && <OpenCase id={params.open} quarter={quarter} people={people} onClose={close} />}
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

const reviewAt = (quarter: string | undefined) => (quarter ? `/review/${quarter}` : "/review");

/** The case beside the log, or in its place where there is no room. */
function OpenCase(open: ComponentProps<typeof CasePanel>) {
  return (
    <aside
      aria-label="The open case"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-w-0 border-line border-t print:hidden lg:w-[34rem] lg:shrink-0 lg:overflow-y-auto lg:border-l"
    >
      <CasePanel key={open.id} {...open} />
    </aside>
  );
}

/** Which quarter's log it is; raise, review, another quarter. */
function Head({
  quarter,
  isFrozen,
  onRaise,
  onQuarter,
}: {
  quarter: string | undefined;
  isFrozen: boolean;
  onRaise: (() => void) | undefined;
  onQuarter(quarter: string): void;
}) {
  const me = useMe();
  const [isNaming, setNaming] = useState(false);
  const quarters = useQuery(api.quartersList.queryOptions({ input: {} })).data?.quarters ?? [];
  return (
    <PageHeader
      title="Exceptions"
      beside={isFrozen && quarter && <FrozenBadge quarter={quarter} />}
      lead="What is contested, and who decides?"
      actions={
        <>
          <Button look="quiet" onPress={() => setNaming(true)}>
            Deputies
          </Button>
          {isNaming && <DeputiesDialog onClose={() => setNaming(false)} />}
          {onRaise && (
            <Button icon="plus" onPress={onRaise}>
              Raise <Kbd keys="E" />
            </Button>
          )}
          <Link href={reviewAt(quarter)} className={buttonLook(isFrozen ? "plain" : "primary")}>
            Review {quarter} <Kbd keys="R" className={isFrozen ? "" : "opacity-80"} />
          </Link>
          {quarter && (
            <QuarterPicker
              quarters={quarters.map(({ label }) => label)}
              quarter={quarter}
              current={me?.quarter}
              onChange={onQuarter}
            />
          )}
        </>
      }
    />
  );
}

/** Nothing that matches, or nothing at all. */
function Empty({
  quarter,
  onClear,
  onRaise,
}: {
  quarter: string;
  /** There where something narrows the log. */
  onClear: (() => void) | undefined;
  onRaise: (() => void) | undefined;
}) {
  if (onClear)
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
