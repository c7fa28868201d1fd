"use client";

import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** One of two to five, all in sight. A radio group to the keyboard. */
export function SegmentedControl<Value extends string>({
  label,
  labelHidden = true,
  choices,
  value,
  onChange,
  problem,
  className,
}: {
  label: string;
  labelHidden?: boolean;
  choices: readonly { value: Value; label: ReactNode }[];
  value: Value | null;
  onChange(value: NoInfer<Value>): void;
  problem?: string | null;
  className?: string;
}) {
  const name = useId();
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1", className)}>
      {!labelHidden && (
        <span aria-hidden="true" className="font-medium text-ink-2 text-xs">
          {label}
        </span>
      )}
      <div
        role="radiogroup"
        aria-label={label}
        aria-describedby={problem ? `${name}-says` : undefined}
        className="inline-flex min-h-8 w-fit max-w-full flex-wrap items-center gap-0.5 pointer-coarse:min-h-11 rounded-md border border-line-strong bg-sunken p-0.5"
      >
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={classNames(
              "relative flex h-6.5 pointer-coarse:h-9.5 cursor-default select-none items-center gap-1.5 whitespace-nowrap rounded-sm px-2.5 text-xs",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent",
              choice.value === value
                ? "bg-surface font-medium text-ink shadow-[0_0_0_1px_var(--line-strong)]"
                : "text-ink-2 hover:text-ink print:hidden",
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              aria-invalid={problem ? true : undefined}
              onChange={() => onChange(choice.value)}
              className="absolute inset-0 appearance-none outline-none"
            />
            {choice.label}
          </label>
        ))}
      </div>
      {problem && (
        <span id={`${name}-says`} className="text-danger text-xs">
          {problem}
        </span>
      )}
    </div>
  );
}
