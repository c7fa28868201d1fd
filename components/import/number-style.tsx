"use client";

import { useEffect, useMemo } from "react";
import { Select } from "@/components/ui/select";
import type { Mapping } from "@/lib/interchange/mapping";
import { numberStyles } from "./recognise";
import type { Survey } from "./survey";

const SIGNS: Record<string, string> = {
  "": "no sign",
  ",": "a comma",
  ".": "a point",
  " ": "a blank",
  "'": "an apostrophe",
};
const styleKey = ({ decimal, thousands }: Mapping["numbers"]) => `${decimal}${thousands}`;

/** How amounts are written: asked only where the cells can be read in more than one way, or in none. */
export function NumberStyleQuestion({
  mapping,
  survey,
  onChange,
}: {
  mapping: Mapping;
  survey: Survey;
  onChange(numbers: Mapping["numbers"]): void;
}) {
  const styles = useMemo(() => numberStyles(mapping, survey), [mapping, survey]);
  const only = styles.length === 1 ? styles[0] : undefined;
  const key = styleKey(mapping.numbers);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer settles it, not who is told
  useEffect(() => {
    if (only && styleKey(only) !== key) onChange(only);
  }, [only, key]);
  if (only) return null;
  return (
    <Select
      label="Amounts are written"
      className="w-56"
      value={styles.some((style) => styleKey(style) === key) ? key : null}
      problem={styles.length === 0 ? "some cells hold no number" : null}
      choices={styles.map((style) => ({
        value: styleKey(style),
        label: `1${style.thousands}054${style.decimal}50`,
        note: `${SIGNS[style.decimal]} before the cents, ${SIGNS[style.thousands]} between thousands`,
      }))}
      onChange={(chosen) => {
        const style = styles.find((one) => styleKey(one) === chosen);
        if (style) onChange(style);
      }}
    />
  );
}
