"use client";

import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import type { FieldChoice } from "./choices";
import { type ColumnSurvey, MOST_VALUES } from "./survey";

const REFUSE = "\u0000refuse";

/** Each different value of a column and what it means here; one without a meaning refuses its rows. */
export function ValuesMapping({
  field,
  found,
  values,
  choices,
  onChange,
}: {
  field: string;
  found: ColumnSurvey;
  values: Readonly<Record<string, string>>;
  choices: readonly FieldChoice[];
  onChange(values: Record<string, string>): void;
}) {
  const untold = [...found.values.keys()].filter((text) => values[text] === undefined).length;
  return (
    <div className="flex flex-col gap-1">
      <ul className="flex max-h-72 flex-col gap-1 overflow-y-auto">
        {[...found.values].map(([text, rows]) => (
          <li
            key={text}
            className="grid grid-cols-[minmax(0,12rem)_0.75rem_minmax(0,14rem)] items-center gap-2"
          >
            <span className="flex min-w-0 items-baseline gap-2">
              <span className="truncate" title={text}>
                {text}
              </span>
              <span className="tabular shrink-0 text-ink-3 text-xs">{thousands(rows)}</span>
            </span>
            <Icon name="chevronRight" className="size-3 text-ink-3" />
            <Select
              label={`“${text}” as ${field.toLowerCase()}`}
              labelHidden
              value={values[text] ?? REFUSE}
              choices={[...choices, { value: REFUSE, label: "Refuse these rows" }]}
              onChange={(meaning) => {
                const { [text]: _, ...others } = values;
                onChange(meaning === REFUSE ? others : { ...others, [text]: meaning });
              }}
            />
          </li>
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
