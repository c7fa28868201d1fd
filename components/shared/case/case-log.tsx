"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { type ReactNode, useMemo } from "react";
import { usePrinting } from "@/components/ui/print-whole";
import type { Outputs } from "@/lib/api/client";
import type { ExceptionLine } from "./answers";
import { KINDS } from "./exception-words";
import { EXCEPTIONS_PARAMS } from "./exceptions-params";
import { LogTable } from "./log-table";
import { SelectionProvider, useCaseSelection } from "./selection";
import { type CaseGroup, logRows } from "./triage";
import { TriageBar } from "./triage-bar";
import type { Person } from "./use-people";

type Answer = Outputs["exceptionsList"];
const NONE: readonly ExceptionLine[] = [];

/**
 * A quarter's cases, those of one kind as one row that opens, and what can be done to many at once. The log
 * and the review show the same.
 */
export function CaseLog({
  answer,
  people,
  hasOpen = false,
  isMeeting = false,
  onOpen,
  onTriage,
  empty,
}: {
  answer: UseQueryResult<Answer>;
  people: readonly Person[];
  /** Whether a case stands beside the log. */
  hasOpen?: boolean;
  /** A section of the review, which has less room. */
  isMeeting?: boolean;
  onOpen(id: string): void;
  /** Several are being taken together: what stands beside them makes room, and its keys are theirs. */
  onTriage?(): void;
  empty: ReactNode;
}) {
  const [unfolded, setUnfolded] = useQueryState("unfolded", {
    ...EXCEPTIONS_PARAMS.unfolded,
    history: "replace",
  });
  const { data } = answer;
  const lines = data?.rows ?? NONE;
  const isOnPaper = usePrinting();
  // Paper cannot be opened: each case stands there.
  const rows = useMemo(() => logRows(lines, isOnPaper ? KINDS : unfolded), [lines, unfolded, isOnPaper]);
  const selection = useCaseSelection(lines, rows, data?.side ?? null);
  const fold = ({ kind }: CaseGroup, isOpened: boolean) =>
    setUnfolded((now) => {
      const others = now.filter((one) => one !== kind);
      const next = isOpened ? [...others, kind] : others;
      return next.length > 0 ? next : null;
    });
  const taking = {
    ...selection,
    toggle: (row: (typeof rows)[number]) => {
      onTriage?.();
      selection.toggle(row);
    },
    reach: (...between: Parameters<typeof selection.reach>) => {
      onTriage?.();
      selection.reach(...between);
    },
    all: () => {
      onTriage?.();
      selection.all();
    },
  };
  return (
    <SelectionProvider value={taking}>
      <LogTable
        answer={answer}
        rows={rows}
        selection={taking}
        hasOpen={hasOpen}
        isMeeting={isMeeting}
        onOpen={(id) => {
          selection.clear();
          onOpen(id);
        }}
        onFold={fold}
        empty={empty}
      />
      {data && <TriageBar selection={selection} answer={data} people={people} />}
    </SelectionProvider>
  );
}
