"use client";

import { Checkbox } from "@/components/ui/checkbox";
import type { FormField } from "@/components/ui/use-form";

/** Several of a few words, each with its tick. */
export function TickList<Value extends string>({
  label,
  choices,
  words,
  value,
  onChange,
  problem,
}: FormField<Value[]> & {
  label: string;
  choices: readonly Value[];
  words: Readonly<Record<Value, string>>;
}) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium text-ink-2 text-xs">{label}</legend>
      {choices.map((choice) => (
        <Checkbox
          key={choice}
          isSelected={value.includes(choice)}
          onChange={(on) => onChange(on ? [...value, choice] : value.filter((one) => one !== choice))}
        >
          {words[choice]}
        </Checkbox>
      ))}
      {problem && <p className="text-danger text-xs">{problem}</p>}
    </fieldset>
  );
}
