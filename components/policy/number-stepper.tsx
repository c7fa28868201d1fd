"use client";

import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import { NumberField } from "react-aria-components/NumberField";
import { FieldLabel, FieldNotes } from "@/components/ui/aria-field";
import { Icon } from "@/components/ui/icon";

const STEP =
  "flex h-full w-7 items-center justify-center text-ink-3 hover:bg-hover hover:text-ink disabled:opacity-40";

/** A small whole number: typed, or one step at a time. */
export function NumberStepper({
  label,
  labelHidden,
  value,
  unit,
  min,
  max,
  step = 1,
  note,
  onChange,
}: {
  label: string;
  labelHidden?: boolean;
  value: number;
  /** Said after the number: `activities a month`. */
  unit?: ReactNode;
  min: number;
  max?: number;
  step?: number;
  note?: ReactNode;
  onChange(value: number): void;
}) {
  return (
    <NumberField
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => Number.isFinite(next) && next !== value && onChange(next)}
      className="flex min-w-0 flex-col gap-1"
    >
      <FieldLabel hidden={labelHidden}>{label}</FieldLabel>
      <div className="flex items-center gap-2">
        <Group className="flex h-8 w-fit items-center overflow-hidden rounded-md border border-line-control bg-surface data-[focus-within]:border-accent data-[focus-within]:ring-2 data-[focus-within]:ring-accent/25">
          <Button slot="decrement" className={STEP}>
            <Icon name="minus" className="size-3" />
          </Button>
          <Input className="tabular h-full w-11 bg-transparent text-center text-sm outline-none" />
          <Button slot="increment" className={STEP}>
            <Icon name="plus" className="size-3" />
          </Button>
        </Group>
        {unit && <span className="text-ink-2 text-xs">{unit}</span>}
      </div>
      <FieldNotes note={note} />
    </NumberField>
  );
}
