"use client";

import { type KeyboardEvent, useEffect, useState } from "react";
import { classNames } from "@/components/ui/class-names";

interface CellProps {
  label: string;
  /** As it is read; `edited` is the same as it is typed. */
  text: string;
  edited: string;
  /** Something is needed here and is not there. */
  isMissing?: boolean;
  /** Null when it was kept or was the same; else what is wrong with it. */
  onKeep(typed: string): string | null;
}

/** One cell of a grid of numbers: reads like a table, and where one may, is written like a spreadsheet. */
export function GridCell({ mayEdit, ...cell }: CellProps & { mayEdit: boolean }) {
  if (mayEdit) return <EditedCell {...cell} />;
  return (
    <span className={classNames("tabular block px-2 py-1.5 text-right", !cell.text && "text-ink-3")}>
      {cell.text || "—"}
    </span>
  );
}

/** Enter keeps it and goes down, Escape takes it back, arrows up and down move; leaving it keeps it. */
function EditedCell({ label, text, edited, isMissing, onKeep }: CellProps) {
  const { draft, problem, type, keep, takeBack } = useTyped(edited, onKeep);
  const heard = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (keep()) focusInColumn(event.currentTarget, 1);
    } else if (event.key === "Escape") takeBack();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      focusInColumn(event.currentTarget, event.key === "ArrowDown" ? 1 : -1);
    }
  };
  const errorId = problem ? `${label.replace(/\W+/g, "-")}-problem` : undefined;
  return (
    <>
      <input
        data-cell
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        aria-describedby={errorId}
        inputMode="decimal"
        autoComplete="off"
        placeholder={isMissing ? "needed" : "—"}
        value={draft ?? text}
        onFocus={(event) => {
          type(edited);
          const field = event.currentTarget;
          requestAnimationFrame(() => field.select());
        }}
        onChange={(event) => type(event.target.value)}
        onBlur={keep}
        onKeyDown={heard}
        className={classNames(
          "tabular h-8 w-full min-w-24 rounded-sm bg-transparent px-2 text-right outline-none",
          "hover:bg-hover focus:bg-surface focus:ring-2 focus:ring-accent",
          problem && "ring-2 ring-danger",
          isMissing && "outline-1 outline-dashed outline-warn/60 placeholder:text-warn",
        )}
      />
      {problem && (
        <span id={errorId} role="alert" className="block max-w-40 px-2 pb-1 text-left text-2xs text-danger">
          {problem}
        </span>
      )}
    </>
  );
}

/** What is being typed over a stored value, until it is kept or taken back; null while nothing is. */
function useTyped(edited: string, onKeep: CellProps["onKeep"]) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // What was stored meanwhile replaces what was typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stored value is what changes
  useEffect(() => setDraft(null), [edited]);
  const takeBack = () => {
    setDraft(null);
    setProblem(null);
  };
  const keep = () => {
    if (draft === null || draft.trim() === edited) {
      takeBack();
      return true;
    }
    const wrong = onKeep(draft.trim());
    setProblem(wrong);
    return wrong === null;
  };
  return { draft, problem, type: setDraft, keep, takeBack };
}

/** Moves the focus to the cell so many rows below, in the same column. */
function focusInColumn(from: HTMLInputElement, by: number): void {
  const columnOf = (cell: Element) => cell.closest("td")?.cellIndex;
  const all = from.closest("table")?.querySelectorAll<HTMLInputElement>("input[data-cell]") ?? [];
  const column = [...all].filter((one) => columnOf(one) === columnOf(from));
  column[column.indexOf(from) + by]?.focus();
}
