"use client";

import { useState } from "react";
import { TextField } from "@/components/ui/field";
import { isRefusal } from "@/lib/errors";
import { formatMajor, parseMajor } from "@/lib/money";
import { thousands } from "@/lib/text/numbers";

/** An amount that holds in minor units of whatever currency a deal has, typed in the company's own (domain.md §3). */
export function ThresholdField({
  label,
  currency,
  value,
  onChange,
}: {
  label: string;
  currency: string;
  /** Minor units. */
  value: number;
  onChange(value: number): void;
}) {
  const shown = thousands(formatMajor(value, currency));
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <TextField
      label={label}
      note={`${currency}; the same figure in a deal's own currency`}
      problem={problem}
      value={text ?? shown}
      className="max-w-56"
      inputClassName="tabular text-right"
      inputProps={{ inputMode: "decimal" }}
      onChange={(next) => {
        setText(next);
        try {
          onChange(
            parseMajor(next, currency, { decimal: ".", thousands: next.includes(",") ? "," : "" }, label),
          );
          setProblem(null);
        } catch (error) {
          if (!isRefusal(error)) throw error;
          setProblem(error.rule);
        }
      }}
      onBlur={() => {
        setText(null);
        setProblem(null);
      }}
    />
  );
}
