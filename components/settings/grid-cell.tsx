"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";

/**
 * One cell of a grid of numbers: reads like a table, is written like a spreadsheet. Enter keeps it and goes
 * down, Escape takes it back, arrows up and down move; leaving it keeps it.
 */
export function GridCell({
  label,
  text,
  edited,
  isMissing,
  mayEdit,
  onKeep,
}: {
  label: string;
  /** As it is read; `edited` is the same as it is typed. */
  text: string;
  edited: string;
  /** Something is needed here and is not there. */
  isMissing?: boolean;
  mayEdit: boolean;
  /** Null when it was kept or was the same; else what is wrong with it. */
  onKeep(typed: string): string | null;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  // What was stored meanwhile replaces what was typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stored value is what changes
  useEffect(() => setDraft(null), [edited]);
  if (!mayEdit)
    return (
      <span className={classNames("tabular block px-2 py-1.5 text-right", !text && "text-ink-3")}>
        {text || "—"}
      </span>
    );

  const keep = () => {
    if (draft === null || draft.trim() === edited) {
      setDraft(null);
      setProblem(null);
      return true;
    }
    const wrong = onKeep(draft.trim());
    setProblem(wrong);
    return wrong === null;
  };
  const move = (by: number) => {
    const column = input.current?.closest("td")?.cellIndex;
    const cells = [
      ...(input.current?.closest("table")?.querySelectorAll<HTMLInputElement>("input[data-cell]") ?? []),
    ].filter((one) => one.closest("td")?.cellIndex === column);
    cells[cells.indexOf(input.current as HTMLInputElement) + by]?.focus();
  };
  const heard = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (keep()) move(1);
    } else if (event.key === "Escape") {
      setDraft(null);
      setProblem(null);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  };
  const errorId = problem ? `${label.replace(/\W+/g, "-")}-problem` : undefined;
  return (
    <>
      <input
        ref={input}
        data-cell
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        aria-describedby={errorId}
        inputMode="decimal"
        autoComplete="off"
        placeholder={isMissing ? "needed" : "—"}
        value={draft ?? text}
        onFocus={(event) => {
          setDraft(edited);
          const field = event.currentTarget;
          requestAnimationFrame(() => field.select());
        }}
        onChange={(event) => setDraft(event.target.value)}
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
