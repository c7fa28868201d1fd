"use client";

import { ProgressBar as AriaProgressBar } from "react-aria-components/ProgressBar";

/** How far something is, as a line and in words. */
export function ProgressBar({
  label,
  value,
  max,
  text,
}: {
  label: string;
  value: number;
  max: number;
  text: string;
}) {
  return (
    <AriaProgressBar
      aria-label={label}
      value={value}
      maxValue={Math.max(max, 1)}
      valueLabel={text}
      className="flex flex-col gap-1"
    >
      {({ percentage }) => (
        <>
          <span className="flex justify-between gap-3 text-xs">
            <span className="text-ink-2">{label}</span>
            <span className="tabular text-ink-3">{text}</span>
          </span>
          <span className="block h-1.5 overflow-hidden rounded-full bg-hover">
            <span
              className="block h-full rounded-full bg-accent transition-[width] duration-200"
              style={{ width: `${percentage ?? 0}%` }}
            />
          </span>
        </>
      )}
    </AriaProgressBar>
  );
}
