"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { hasTime, isDateFormat, isInstantFormat, readMoment } from "@/lib/interchange/dates";
import type { FoundDates } from "@/lib/interchange/find-dates";
import { dayInWords, placeOf } from "@/lib/text/days";

const WRITE = "\u0000write";

/** One cell with the day that it comes to. */
const arrow = (text: string, day: string) => `${text} → ${dayInWords(day)}`;

/**
 * How the days of one column are written: found where all its cells allow only one reading and said with an example,
 * else asked with the very cell that reads two ways, or written down by whoever maps. It is never guessed (imports.md).
 */
export function DayFormat({
  column,
  format,
  found,
  zone,
  timesIn,
  onFormat,
}: {
  column: string;
  /** As it was said; null to go by what is found. */
  format: string | null;
  /** Null while the file is looked through. */
  found: FoundDates | null;
  zone: string;
  timesIn: string | null;
  onFormat(format: string | null): void;
}) {
  const [isWriting, setWriting] = useState(false);
  const text = found && "text" in found ? found.text : "";
  const dayIn = (said: string) =>
    isDateFormat(said) ? (readMoment(text, said, { zone, timesIn })?.day ?? null) : null;
  if (!found) return <p className="text-ink-3 text-xs">Looking how its days are written…</p>;
  if (found.at === "empty") return null;
  if (isWriting || found.at === "none")
    return (
      <Written
        column={column}
        format={format ?? ""}
        text={text}
        dayIn={dayIn}
        isNeeded={found.at === "none"}
        onFormat={onFormat}
        onBack={found.at === "none" ? null : () => setWriting(false)}
      />
    );
  const said = format ?? (found.at === "found" ? found.format : null);
  if (said !== null && (found.at === "found" || format !== null)) {
    const day = dayIn(said);
    return (
      <p className="flex flex-wrap items-baseline gap-x-2 text-ink-2 text-xs">
        <span>
          {hasTime(said) ? "Day and time" : "Day"}
          {(isInstantFormat(said) || timesIn) && `, by the clock in ${placeOf(zone)}`}:{" "}
          <span className="tabular text-ink">{day ? arrow(text, day) : said}</span>
        </span>
        <Button size="small" look="quiet" onPress={() => setWriting(true)}>
          Written another way
        </Button>
      </p>
    );
  }
  return (
    <Select
      label={`Days in ${column} are written`}
      labelHidden
      className="w-full sm:w-72"
      value={null}
      placeholder={found.at === "ambiguous" ? `Which day is ${text}?` : "How are its days written?"}
      problem={asksBecause(found)}
      choices={[...readingsOf(found), { value: WRITE, label: "Another way…" }]}
      onChange={(value) => (value === WRITE ? setWriting(true) : onFormat(value))}
    />
  );
}

function readingsOf(found: FoundDates) {
  if (found.at === "ambiguous")
    return found.readings.map(({ format, day }) => ({ value: format, label: dayInWords(day), note: format }));
  if (found.at !== "mixed") return [];
  return [
    { value: found.before.format, label: found.before.format, note: `as ${found.before.text}` },
    { value: found.format, label: found.format, note: `as ${found.text}` },
  ];
}

function asksBecause(found: FoundDates): string | null {
  if (found.at === "ambiguous") return `${found.text} on line ${found.line} can be read in more than one way`;
  if (found.at === "mixed")
    return `line ${found.line} has ${found.text}, lines before it ${found.before.text}: rows in another way are refused`;
  return null;
}

function Written({
  column,
  format,
  text,
  dayIn,
  isNeeded,
  onFormat,
  onBack,
}: {
  column: string;
  format: string;
  text: string;
  dayIn(format: string): string | null;
  isNeeded: boolean;
  onFormat(format: string | null): void;
  onBack: (() => void) | null;
}) {
  const [typed, setTyped] = useState(format);
  const day = dayIn(typed);
  const problem = () => {
    if (typed === "") return isNeeded ? `no format found; the first cell is “${text}”` : null;
    if (!isDateFormat(typed)) return "names a year, a month and a day once each: DD-MMM-YY, M/D/YYYY h:mm A";
    return day ? null : `does not read “${text}”`;
  };
  return (
    <div className="flex flex-wrap items-start gap-2">
      <TextField
        label={`How days in ${column} are written`}
        labelHidden
        className="w-full sm:w-72"
        placeholder="DD-MMM-YY, M/D/YYYY h:mm A"
        value={typed}
        note={day ? arrow(text, day) : undefined}
        problem={problem()}
        onChange={(value) => {
          setTyped(value);
          onFormat(isDateFormat(value) ? value : null);
        }}
      />
      {onBack && (
        <Button
          size="small"
          look="quiet"
          onPress={() => {
            onFormat(null);
            onBack();
          }}
        >
          As found
        </Button>
      )}
    </div>
  );
}
