"use client";

import { type ReactNode, useId, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { FIELD_LABEL } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { thousands } from "@/lib/text/numbers";
import { useTyped } from "./typed";

const STEP =
  "flex h-full w-7 items-center justify-center text-ink-3 hover:bg-hover hover:text-ink disabled:opacity-40";

interface NumberStepperProps {
  label: string;
  labelHidden?: boolean;
  value: number;
  /** Said after the number: `activities a month`. */
  unit?: ReactNode;
  min: number;
  max: number;
  step?: number;
  onChange(value: number): void;
}

/** What is typed, kept where it is no number of the span, and the next step from here. */
function useStepper({ label, value, min, max, step = 1, onChange }: NumberStepperProps) {
  const [invalid, keep] = useTyped(label);
  const [typing, setTyping] = useState<string | null>(null);
  return {
    text: invalid ?? typing ?? String(value),
    problem:
      invalid === null ? null : `Not saved: it must be a whole number from ${min} to ${thousands(max)}`,
    rest: () => setTyping(null),
    put(text: string) {
      const number = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
      const valid = number >= min && number <= max;
      setTyping(text);
      keep(valid ? null : text);
      if (valid && number !== value) onChange(number);
    },
    /** To the next whole step above, or below. */
    move(up: boolean) {
      const next = up ? (Math.floor(value / step) + 1) * step : (Math.ceil(value / step) - 1) * step;
      setTyping(null);
      keep(null);
      onChange(Math.min(max, Math.max(min, next)));
    },
  };
}

/** A small whole number: typed, or one step at a time. What is no such number stays as typed, and is not saved. */
export function NumberStepper(props: NumberStepperProps) {
  const { label, labelHidden, value, unit, min, max } = props;
  const id = useId();
  const { text, problem, rest, put, move } = useStepper(props);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className={labelHidden ? "sr-only" : FIELD_LABEL}>
        {label}
      </label>
      <div className="flex items-center gap-2">
        <div
          className={classNames(
            "flex h-8 w-fit items-center overflow-hidden rounded-md border bg-surface focus-within:border-accent focus-within:ring-2 focus-within:ring-accent/25",
            problem ? "border-danger" : "border-line-control",
          )}
        >
          <Step
            label={`Decrease ${label}`}
            icon="minus"
            isDisabled={value <= min}
            onPress={() => move(false)}
          />
          <input
            id={id}
            inputMode="numeric"
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? `${id}-says` : undefined}
            value={text}
            onChange={(event) => put(event.target.value)}
            onBlur={rest}
            className="tabular h-full w-11 bg-transparent text-center text-sm outline-none"
          />
          <Step
            label={`Increase ${label}`}
            icon="plus"
            isDisabled={value >= max}
            onPress={() => move(true)}
          />
        </div>
        {unit && <span className="text-ink-2 text-xs">{unit}</span>}
      </div>
      {problem && (
        <span id={`${id}-says`} className="text-danger text-xs">
          {problem}
        </span>
      )}
    </div>
  );
}

function Step({
  label,
  icon,
  isDisabled,
  onPress,
}: {
  label: string;
  icon: "minus" | "plus";
  isDisabled: boolean;
  onPress(): void;
}) {
  return (
    <button type="button" aria-label={label} className={STEP} disabled={isDisabled} onClick={onPress}>
      <Icon name={icon} className="size-3" />
    </button>
  );
}
