"use client";

import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { classNames } from "./class-names";

/** One of two to five, all in sight. A radio group to the keyboard. */
export function SegmentedControl<Value extends string>({
  label,
  labelHidden = true,
  choices,
  value,
  onChange,
  className,
}: {
  label: string;
  labelHidden?: boolean;
  choices: readonly { value: Value; label: ReactNode }[];
  value: Value | null;
  onChange(value: NoInfer<Value>): void;
  className?: string;
}) {
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1", className)}>
      {!labelHidden && (
        <span aria-hidden="true" className="font-medium text-ink-2 text-xs">
          {label}
        </span>
      )}
      <RadioGroup
        aria-label={label}
        orientation="horizontal"
        value={value}
        onChange={(next) => onChange(next as Value)}
        className="inline-flex h-8 w-fit max-w-full items-center gap-0.5 rounded-md border border-line-strong bg-sunken p-0.5"
      >
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            className={
              "flex h-full cursor-default select-none items-center gap-1.5 whitespace-nowrap rounded-sm px-2.5 text-ink-2 text-xs " +
              "selected:bg-surface selected:font-medium selected:text-ink selected:shadow-[0_0_0_1px_var(--line-strong)] " +
              "focus-visible:outline-2 focus-visible:outline-accent hover:text-ink"
            }
          >
            {choice.label}
          </Radio>
        ))}
      </RadioGroup>
    </div>
  );
}
