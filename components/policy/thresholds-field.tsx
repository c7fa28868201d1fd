"use client";

import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { TextField } from "@/components/ui/field";
import type { UpdateThreshold } from "@/lib/attribution/policy";
import { CURRENCIES } from "@/lib/currencies";
import { isRefusal } from "@/lib/errors";
import { formatMajor, parseMajor } from "@/lib/money";
import { thousands } from "@/lib/text/numbers";
import { useTyped } from "./typed";

/** The amounts above which updates are owed, one a currency, each in its own major units (domain.md §3). */
export function ThresholdsField({
  currency: reporting,
  value,
  onChange,
}: {
  /** The company's own, in which a plain number is shown. */
  currency: string;
  value: UpdateThreshold;
  onChange(value: Readonly<Record<string, number>>): void;
}) {
  // A plain number holds for any currency; what is edited names them.
  const amounts: Readonly<Record<string, number>> =
    typeof value === "number" ? { [reporting]: value } : value;
  const listed = Object.keys(amounts).sort();
  const others = Object.keys(CURRENCIES)
    .filter((code) => !listed.includes(code))
    .map((code) => ({ id: code, name: code }));
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium text-ink-2 text-xs">Above an amount of</legend>
      {listed.map((code) => (
        <Amount
          key={code}
          currency={code}
          value={amounts[code]!}
          onChange={(amount) => onChange({ ...amounts, [code]: amount })}
          onRemove={() => {
            const { [code]: _gone, ...rest } = amounts;
            onChange(rest);
          }}
        />
      ))}
      <ComboBox
        label="Add a currency"
        labelHidden
        noun="currency"
        placeholder="Add a currency"
        items={others}
        value={null}
        opens="input"
        className="max-w-44"
        onChange={(code) => code && onChange({ ...amounts, [code]: sameFigure(amounts, code) })}
      />
      <p className="text-pretty text-ink-3 text-xs">
        {listed.length === 0
          ? "No currency: nobody owes updates, and the memo says so."
          : "Deals in a currency that is not listed owe no updates, and the memo says so."}
      </p>
    </fieldset>
  );
}

/** The figure of the first currency in another one's minor units, to begin with: 40,000.00 is 40,000 in yen. */
function sameFigure(amounts: Readonly<Record<string, number>>, code: string): number {
  const [first] = Object.entries(amounts);
  if (!first) return 0;
  const [whole = "0"] = formatMajor(first[1], first[0]).split(".");
  return parseMajor(whole, code);
}

function Amount({
  currency,
  value,
  onChange,
  onRemove,
}: {
  currency: string;
  /** Minor units. */
  value: number;
  onChange(value: number): void;
  onRemove(): void;
}) {
  const label = `Amount in ${currency}`;
  const [invalid, keep] = useTyped(label);
  const [typing, setTyping] = useState<string | null>(null);
  const read = (text: string): number | string => {
    try {
      return parseMajor(text, currency, { decimal: ".", thousands: text.includes(",") ? "," : "" }, label);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return error.rule;
    }
  };
  const problem = invalid === null ? null : `Not saved: ${read(invalid)}`;
  return (
    <div className="flex items-start gap-2">
      <span className="tabular w-9 pt-1.5 font-medium text-xs">{currency}</span>
      <TextField
        label={label}
        labelHidden
        problem={problem}
        value={invalid ?? typing ?? thousands(formatMajor(value, currency))}
        className="max-w-44 flex-1"
        inputClassName="tabular text-right"
        inputProps={{ inputMode: "decimal" }}
        onChange={(text) => {
          const amount = read(text);
          setTyping(text);
          keep(typeof amount === "number" ? null : text);
          if (typeof amount === "number") onChange(amount);
        }}
        onBlur={() => setTyping(null)}
      />
      <IconButton
        label={`Remove ${currency}`}
        icon="trash"
        size="small"
        onPress={() => {
          keep(null);
          onRemove();
        }}
      />
    </div>
  );
}
