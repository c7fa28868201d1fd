"use client";

import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Text } from "react-aria-components/Text";
import { FieldLabel } from "@/components/ui/aria-field";
import { classNames } from "@/components/ui/class-names";
import { Tooltip } from "@/components/ui/tooltip";
import { STAGES, type Stage } from "@/lib/attribution/vocabulary";
import { STAGE_WORDS } from "@/lib/attribution/words";

/** Where a gate stands among the seven stages; the stages that pass it are filled. */
export function StageGate({
  label,
  note,
  value,
  passes,
  allowed,
  colour,
  onChange,
}: {
  label: string;
  note: string;
  value: number;
  passes(stage: Stage): boolean;
  /** Stages that the other gate leaves free. */
  allowed(stage: Stage): boolean;
  colour: string;
  onChange(stage: Stage): void;
}) {
  return (
    <RadioGroup
      orientation="horizontal"
      value={String(value)}
      onChange={(next) => onChange(Number(next) as Stage)}
      className="flex min-w-0 flex-col gap-1"
    >
      <FieldLabel>{label}</FieldLabel>
      <div className="grid grid-cols-7 gap-1">
        {STAGES.map((stage) => (
          <Radio
            key={stage}
            value={String(stage)}
            isDisabled={!allowed(stage)}
            aria-label={`Stage ${stage}, ${STAGE_WORDS[stage].label}`}
            className={classNames(
              "tabular group relative flex h-8 cursor-default flex-col items-center justify-center rounded-md border border-line-strong bg-surface text-xs",
              "selected:border-ink selected:font-semibold hover:border-line-control disabled:border-line disabled:text-ink-3 disabled:opacity-55",
              "focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-offset-1",
            )}
          >
            <Tooltip text={STAGE_WORDS[stage].label}>
              <span>{stage}</span>
            </Tooltip>
            <span
              aria-hidden="true"
              className="absolute inset-x-1.5 bottom-1 h-0.75 rounded-full"
              style={{ background: passes(stage) ? colour : "var(--line)" }}
            />
          </Radio>
        ))}
      </div>
      <Text slot="description" className="text-ink-3 text-xs">
        {note}
      </Text>
    </RadioGroup>
  );
}
