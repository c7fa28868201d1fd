"use client";

import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { Tooltip } from "@/components/ui/tooltip";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import type { FieldChoice } from "./choices";
import { type ColumnSurvey, MOST_VALUES } from "./survey";

const REFUSE = "\u0000refuse";
const LEAVE_OUT = "\u0000leave-out";
const NOTHING = "\u0000nothing";

/** Each different value of a column and what it means here; one without a meaning refuses its rows. */
export function ValuesMapping({
  field,
  found,
  values,
  leftOut,
  choices,
  canBeNothing,
  onChange,
  onLeaveOut,
}: {
  field: string;
  found: ColumnSurvey;
  values: Readonly<Record<string, string>>;
  /** The values whose rows are not read. */
  leftOut: readonly string[];
  choices: readonly FieldChoice[];
  /** Whether a value may say that there is none. */
  canBeNothing: boolean;
  onChange(values: Record<string, string>): void;
  onLeaveOut(values: readonly string[]): void;
}) {
  const isUntold = (text: string) => values[text] === undefined && !leftOut.includes(text);
  const untold = [...found.values.keys()].filter(isUntold).length;
  const meaningOf = (text: string) => {
    if (leftOut.includes(text)) return LEAVE_OUT;
    return values[text] === "" ? NOTHING : (values[text] ?? REFUSE);
  };
  const mean = (text: string, meaning: string) => {
    const { [text]: _, ...others } = values;
    const isLeft = meaning === LEAVE_OUT;
    if (isLeft !== leftOut.includes(text))
      onLeaveOut(isLeft ? [...leftOut, text] : leftOut.filter((one) => one !== text));
    if (meaning === REFUSE || isLeft) onChange(others);
    else onChange({ ...others, [text]: meaning === NOTHING ? "" : meaning });
  };
  return (
    <div className="flex flex-col gap-1">
      <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto">
        {[...found.values].map(([text, rows]) => (
          <Value
            key={text}
            text={text}
            rows={rows}
            label={`“${text}” as ${field.toLowerCase()}`}
            meaning={meaningOf(text)}
            choices={choices}
            canBeNothing={canBeNothing}
            onMean={(meaning) => mean(text, meaning)}
          />
        ))}
      </ul>
      {untold > 0 && (
        <p className="text-warn text-xs">
          {untold === 1 ? "One value has" : count(untold, "value has", "values have")} no meaning yet; their
          rows are refused
        </p>
      )}
      {found.more && (
        <p className="text-warn text-xs">
          Only the first {MOST_VALUES} different values are shown; is this the right column?
        </p>
      )}
    </div>
  );
}

/** One value with how often it stands there and what it means. */
function Value({
  text,
  rows,
  label,
  meaning,
  choices,
  canBeNothing,
  onMean,
}: {
  text: string;
  rows: number;
  label: string;
  meaning: string;
  choices: readonly FieldChoice[];
  canBeNothing: boolean;
  onMean(meaning: string): void;
}) {
  return (
    <li className="grid grid-cols-[minmax(0,12rem)_0.75rem_minmax(0,14rem)] items-center gap-2">
      <span className="flex min-w-0 items-baseline gap-2">
        <Tooltip text={text}>
          <span className="truncate">{text}</span>
        </Tooltip>
        <span className="tabular shrink-0 text-ink-3 text-xs">{thousands(rows)}</span>
      </span>
      <Icon name="chevronRight" className="size-3 text-ink-3" />
      <Select
        label={label}
        labelHidden
        value={meaning}
        choices={[
          ...choices,
          ...(canBeNothing ? [{ value: NOTHING, label: "Nothing" }] : []),
          { value: LEAVE_OUT, label: "Leave these rows out" },
          { value: REFUSE, label: "Refuse these rows" },
        ]}
        onChange={onMean}
      />
    </li>
  );
}
