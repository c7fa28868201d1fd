"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { count } from "@/lib/text/words";
import type { ColumnSurvey } from "./survey";

const NOTHING =
  /^(?:null|nil|none|n\/a|na|nan|#n\/a|#ref!|\(?blank\)?|unknown|-+|–|—|\.|0000-00-00|0{15}AAA)$/i;

/** Words in cells that may mean "nothing": told by whoever maps, for an account may be called None. */
export function NothingWords({
  found,
  values,
  onChange,
}: {
  found: ColumnSurvey;
  values: Readonly<Record<string, string>> | undefined;
  onChange(values: Record<string, string> | undefined): void;
}) {
  const words = [...found.values].filter(([text]) => NOTHING.test(text));
  return words.map(([text, rows]) => (
    <Checkbox
      key={text}
      isSelected={values?.[text] === ""}
      onChange={(means) => {
        const { [text]: _, ...others } = values ?? {};
        const next = means ? { ...others, [text]: "" } : others;
        onChange(Object.keys(next).length > 0 ? next : undefined);
      }}
    >
      <span className="text-ink-2">
        “{text}” ({count(rows, "row")}) means nothing
      </span>
    </Checkbox>
  ));
}
