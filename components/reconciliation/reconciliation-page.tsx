"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { type ComponentProps, useEffect, useMemo, useRef } from "react";
import { useFirstAnswer } from "@/components/shared/first-answer";
import { PrintHead } from "@/components/shared/print-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { usePrintWhole } from "@/components/ui/print-whole";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { api } from "@/lib/api/client";
import { FINDINGS } from "@/lib/attribution/reconciliation";
import { monthInWords } from "@/lib/text/days";
import { FINDING_WORDS, STATE_WORDS } from "./finding-words";
import { LinePanel } from "./line-panel";
import { Lines } from "./lines";
import { MonthHead } from "./month-head";
import { MonthStanding } from "./month-standing";
import {
  type Answer,
  type Line,
  monthInput,
  PAGE,
  RECONCILIATION_PARAMS,
  SHOWN,
} from "./reconciliation-params";
import { type LineActs, useLineActs } from "./use-line-acts";

const RaiseExceptionDialog = onDemand(() =>
  import("@/components/shared/case/raise-exception-dialog").then((m) => m.RaiseExceptionDialog),
);

/** Do the month's closed deals match their evidence? `first` is the server's answer for the address asked. */
export function ReconciliationPage({ first }: { first: Answer | null }) {
  const [params, setParams] = useQueryStates(RECONCILIATION_PARAMS, { history: "push" });
  const answer = useMonth(params, first);
  const acts = useLineActs();
  const looked = useRef<string | null>(null);
  const rows = answer.data?.rows ?? [];
  const open = useOpen(rows, params.open, (next) => void setParams({ open: next }, { history: "replace" }));
  const close = () => void setParams({ open: null });
  useLineKeys(acts, () => open ?? rows.find(({ dealId }) => dealId === looked.current), close);
  return (
    <div className="flex min-h-full flex-1 flex-col lg:min-h-0 print:block">
      <MonthHead
        answer={answer.data}
        month={answer.data?.month ?? params.month ?? undefined}
        onMonth={(next) => setParams({ month: next, open: null })}
      />
      <PrintHead noun="deal" rows={rows.length} total={answer.data?.total ?? 0} />
      <div className={open ? "max-lg:hidden" : undefined}>
        {answer.data && <MonthStanding answer={answer.data} />}
        <Filters answer={answer.data} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row print:block">
        <div
          className={
            open ? "flex min-h-0 min-w-0 flex-1 flex-col max-lg:hidden" : "flex min-w-0 flex-1 flex-col"
          }
        >
          <Lines
            month={answer}
            hasOpen={open !== undefined}
            onOpen={({ dealId }) => setParams({ open: dealId })}
            onLook={({ dealId }) => {
              looked.current = dealId;
            }}
            empty={
              answer.data && (
                <Empty answer={answer.data} onAll={() => setParams({ state: "all", kind: null, as: null })} />
              )
            }
          />
        </div>
        {open && <OpenLine line={open} acts={acts} onClose={close} />}
      </div>
      {acts.raising && (
        <RaiseExceptionDialog
          deal={{ id: acts.raising.dealId, account: acts.raising.account }}
          onClose={acts.closeRaising}
        />
      )}
    </div>
  );
}

/** The open line. Decided, and so gone from what is shown, it gives way to the next one at its place. */
function useOpen(rows: readonly Line[], asked: string | null, onNext: (dealId: string) => void) {
  const at = useRef(-1);
  const now = rows.findIndex(({ dealId }) => dealId === asked);
  const next = now < 0 && at.current >= 0 ? rows[Math.min(at.current, rows.length - 1)] : undefined;
  useEffect(() => {
    if (asked === null) at.current = -1;
    else if (now >= 0) at.current = now;
    else if (next) onNext(next.dealId);
  });
  return now < 0 ? (asked === null ? undefined : next) : rows[now];
}

/** The month's answer; the server's own first one where the address is still the one asked there. */
function useMonth(params: Parameters<typeof monthInput>[0], first: Answer | null) {
  const input = monthInput(params);
  const { initialData } = useFirstAnswer(input, first);
  const list = useInfiniteQuery({
    ...api.reconciliation.infiniteOptions({
      input: (after: string | undefined) => ({ ...input, after }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
    }),
    placeholderData: keepPreviousData,
    ...(initialData && { initialData: { pages: [initialData], pageParams: [undefined] } }),
  });
  usePrintWhole(list, PAGE);
  const data = useMemo(() => {
    const [page] = list.data?.pages ?? [];
    return page && { ...page, rows: list.data!.pages.flatMap(({ rows }) => rows) };
  }, [list.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const onNearEnd = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  return { list, data, onNearEnd };
}

/** The keys of one deal: of the one that is open, else of the one that has the focus. */
function useLineKeys(acts: LineActs, current: () => Line | undefined, close: () => void): void {
  const here = (act: (line: Line) => void) => () => {
    const line = current();
    if (line && !acts.isPending) act(line);
  };
  useKeys({
    y: here(acts.suggested),
    s: here(acts.stands),
    n: here(acts.noPartner),
    e: here(acts.raise),
    Escape: close,
  });
}

/** The deal beside the list, or in its place where there is no room. */
function OpenLine(open: ComponentProps<typeof LinePanel>) {
  return (
    <aside
      aria-label="The open deal"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="min-w-0 border-line border-t print:hidden lg:w-[32rem] lg:shrink-0 lg:overflow-y-auto lg:border-l"
    >
      <LinePanel key={open.line.dealId} {...open} />
    </aside>
  );
}

const KINDS = [
  { value: "any", label: "Everything found" },
  ...FINDINGS.map((value) => ({ value, label: FINDING_WORDS[value].label })),
];
const SIDES = [
  { value: "both", label: "Won and lost" },
  { value: "won", label: "Won" },
  { value: "lost", label: "Lost" },
] as const;

/** What to show; it stands in the address. */
function Filters({ answer }: { answer: Answer | undefined }) {
  const [{ state, kind, as }, set] = useQueryStates(RECONCILIATION_PARAMS);
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-2.5 sm:px-6">
      <SegmentedControl
        label="State"
        value={state}
        onChange={(next) => set({ state: next, open: null })}
        choices={SHOWN.map((value) => ({
          value,
          label: (
            <>
              {STATE_WORDS[value]}{" "}
              {answer && value !== "all" && (
                <span className="tabular text-ink-3">{answer.counts[value]}</span>
              )}
            </>
          ),
        }))}
        className="max-w-full overflow-x-auto"
      />
      <Select
        label="Found"
        labelHidden
        className="w-56"
        choices={KINDS}
        value={kind ?? "any"}
        onChange={(next) => set({ kind: FINDINGS.find((one) => one === next) ?? null })}
      />
      <Select
        label="Won or lost"
        labelHidden
        className="w-36"
        choices={SIDES}
        value={as ?? "both"}
        onChange={(next) => set({ as: next === "both" ? null : next })}
      />
    </div>
  );
}

/** Nothing to decide, or nothing closed at all. */
function Empty({ answer, onAll }: { answer: Answer; onAll(): void }) {
  const { confirmed, month, locked, may } = answer;
  const closed = confirmed.won.closed + confirmed.lost.closed;
  if (closed === 0)
    return (
      <EmptyState title={`No deal closed in ${monthInWords(month)}`} icon="deals">
        A deal comes here on the day it closes, won or lost, beside what partners did on it.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Nothing here"
      icon="check"
      action={<Button onPress={onAll}>Show all that closed</Button>}
    >
      {locked || answer.counts.undecided > 0
        ? "Other deals of the month are in another state."
        : may.lock === true
          ? "Every closed deal of the month is decided: it can be locked."
          : "Every closed deal of the month is decided."}
    </EmptyState>
  );
}
