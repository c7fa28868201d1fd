"use client";

import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { classNames } from "./class-names";

const CARD =
  "group flex cursor-default items-start gap-2 rounded-md border border-line-strong bg-surface px-3 py-2 hover:border-line-control " +
  "selected:border-accent selected:bg-accent-soft/50 focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-1";

/** One of several that need more than a word each. A radio group to the keyboard. */
export function RadioCards<Value extends string>({
  label,
  choices,
  value,
  onChange,
  className,
}: {
  label: string;
  /** What each is called, and what is said below it. */
  choices: readonly { value: Value; label: ReactNode; detail: ReactNode }[];
  value: Value | null;
  onChange(value: NoInfer<Value>): void;
  className?: string;
}) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onChange={(next) => onChange(next as Value)}
      className={classNames("grid gap-2", className)}
    >
      {choices.map((choice) => (
        <Radio key={choice.value} value={choice.value} className={CARD}>
          <span className="mt-0.75 flex size-3.5 shrink-0 items-center justify-center rounded-full border border-line-control bg-surface group-selected:border-accent">
            <span className="size-1.75 rounded-full bg-accent opacity-0 group-selected:opacity-100" />
          </span>
          <span className="min-w-0 leading-snug">
            <span className="font-medium">{choice.label}</span>
            <span className="block text-ink-2 text-xs">{choice.detail}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
