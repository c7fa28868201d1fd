"use client";

import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { ExceptionLine, Side } from "./answers";
import { isUnsettled } from "./exception-words";
import { between, type LogRow, takenBy, toggled } from "./triage";

export interface CaseSelection {
  /** The cases that are selected and still to be settled, as they stand. */
  cases: readonly ExceptionLine[];
  toggle(row: LogRow): void;
  /** All from the row that was taken last, or from `from`, to this one. */
  reach(to: LogRow, from?: LogRow): void;
  all(): void;
  clear(): void;
  isOn(row: LogRow): boolean;
  isPartly(row: LogRow): boolean;
}

const Context = createContext<CaseSelection | null>(null);
export const SelectionProvider = Context.Provider;

export function useSelection(): CaseSelection {
  const selection = useContext(Context);
  if (!selection) throw new Error("useSelection outside of the log of cases");
  return selection;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Which cases of the log are taken together; what is settled meanwhile, or narrowed away, is not any more. */
export function useCaseSelection(
  lines: readonly ExceptionLine[],
  rows: readonly LogRow[],
  side: Side | null,
): CaseSelection {
  const [selected, setSelected] = useState(NOTHING);
  const anchor = useRef<string | null>(null);
  const cases = useMemo(
    () => lines.filter((row) => selected.has(row.id) && isUnsettled(row)),
    [lines, selected],
  );
  const on = useMemo(() => new Set(cases.map(({ id }) => id)), [cases]);
  const clear = useCallback(() => setSelected(NOTHING), []);
  const add = (ids: readonly string[]) => setSelected((now) => new Set([...now, ...ids]));
  return {
    cases,
    toggle: (row) => {
      anchor.current = row.id;
      setSelected((now) => toggled(now, takenBy([row], side)));
    },
    reach: (to, from) => {
      const start = from && !on.has(from.id) ? from.id : (anchor.current ?? from?.id ?? to.id);
      anchor.current = start;
      add(takenBy(between(rows, start, to.id), side));
    },
    all: () => add(takenBy(rows, side)),
    clear,
    isOn: (row) => {
      const ids = takenBy([row], side);
      return ids.length > 0 && ids.every((id) => on.has(id));
    },
    isPartly: (row) => {
      const ids = takenBy([row], side);
      return ids.some((id) => on.has(id)) && !ids.every((id) => on.has(id));
    },
  };
}
