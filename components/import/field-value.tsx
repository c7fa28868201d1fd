import { TextField } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Column, Kind } from "@/lib/interchange/kinds";
import type { FieldChoice } from "./choices";

/** A field of ours that a foreign file is mapped to. */
export interface Field {
  kind: Kind;
  column: Column;
  label: string;
  /** Whether a row without it is refused. */
  isMust: boolean;
  /** What it may be; null for what is no choice. */
  choices: readonly FieldChoice[] | null;
}

/** A value said by whoever maps, in the words of the format. */
export function FieldValue({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly FieldChoice[] | null;
  value: string;
  onChange(value: string): void;
}) {
  if (choices && choices.length > 0)
    return (
      <Select
        label={label}
        labelHidden
        className="w-56"
        value={value}
        choices={choices}
        onChange={onChange}
      />
    );
  return (
    <TextField
      label={label}
      labelHidden
      className="w-56"
      value={value}
      onChange={onChange}
      placeholder="none"
    />
  );
}
