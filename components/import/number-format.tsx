"use client";

import { Select } from "@/components/ui/select";
import { bareNumber, type FoundNumbers, STYLES } from "@/lib/interchange/amounts";
import type { Mapping } from "@/lib/interchange/mapping";
import { type NumberStyle, readNumber, writtenIn } from "@/lib/money";
import { thousands } from "@/lib/text/numbers";

const SIGNS: Record<string, string> = {
  "": "no sign",
  ",": "a comma",
  ".": "a point",
  " ": "a blank",
  "'": "an apostrophe",
};
const styleKey = ({ decimal, thousands }: NumberStyle) => `${decimal}${thousands}`;

/**
 * How amounts and rates are written: found where the cells allow one reading and said where it is not the plain one,
 * asked where they allow several. A cell that is no number is its own row's trouble and never empties the choices.
 */
export function NumberFormat({
  column,
  numbers,
  found,
  onNumbers,
}: {
  column: string;
  /** As it was said; null to go by what is found. */
  numbers: Mapping["numbers"];
  /** Null while the file is looked through. */
  found: FoundNumbers | null;
  onNumbers(numbers: NumberStyle): void;
}) {
  if (!found || found.at === "empty") return null;
  if (found.at === "none")
    return <p className="text-warn text-xs">No number in any row; the first cell is “{found.text}”</p>;
  if (found.at === "found" && (!numbers || styleKey(numbers) === styleKey(found.style))) {
    const shown = writtenIn(found.style);
    if (shown === writtenIn(STYLES[0] as NumberStyle)) return null;
    return (
      <p className="text-ink-2 text-xs">
        Written <span className="tabular text-ink">{shown}</span>: {signsOf(found.style)}
      </p>
    );
  }
  const styles = found.at === "ambiguous" ? found.styles : STYLES;
  return (
    <Select
      label={`Numbers in ${column} are written`}
      labelHidden
      className="w-full sm:w-72"
      value={numbers ? styleKey(numbers) : null}
      placeholder={`Which number is ${found.text}?`}
      problem={numbers ? null : `${found.text} can be read in more than one way`}
      choices={styles.map((style) => ({
        value: styleKey(style),
        label: readingOf(found.text, style) ?? writtenIn(style),
        note: signsOf(style),
      }))}
      onChange={(chosen) => {
        const style = styles.find((one) => styleKey(one) === chosen);
        if (style) onNumbers(style);
      }}
    />
  );
}

/** What the cell comes to in a style; null where it is not written so. */
function readingOf(text: string, style: NumberStyle): string | null {
  const number = readNumber(bareNumber(text)?.number ?? "", style);
  return (
    number && (number.decimals ? `${thousands(number.whole)}.${number.decimals}` : thousands(number.whole))
  );
}

const signsOf = ({ decimal, thousands }: NumberStyle) =>
  `${SIGNS[decimal]} before decimals, ${SIGNS[thousands]} between thousands`;
