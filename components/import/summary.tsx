"use client";

import Link from "next/link";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import type { Outcome, QueuedFile } from "./queue";

interface Total {
  created: number;
  updated: number;
  unchanged: number;
  waiting: number;
  refused: number;
}

/** Where the files stand together. */
type Standing = "landed" | "landing" | "checking" | "checked" | "cut off" | "nothing";

const HEADINGS: Readonly<Record<Standing, string>> = {
  landed: "Landed",
  landing: "Landing…",
  checking: "Checking…",
  checked: "This would",
  "cut off": "Not landed to the end",
  nothing: "Nothing to land yet",
};

function sumUp(files: readonly QueuedFile[], isLanding: boolean) {
  const checked: Outcome[] = [];
  const landed: Outcome[] = [];
  for (const { state } of files) {
    if (state.at === "checked") checked.push(state.preview);
    if (state.at === "landed") landed.push(state.report);
  }
  const cutOff = files.filter(({ state }) => state.at === "refused" && state.report !== null).length;
  const isChecking = files.some(({ state }) => ["reading", "ready", "checking"].includes(state.at));
  const standing = (): Standing => {
    if (isLanding) return "landing";
    if (landed.length > 0 && checked.length === 0 && cutOff === 0) return "landed";
    if (isChecking) return "checking";
    if (checked.length > 0) return "checked";
    return cutOff > 0 ? "cut off" : "nothing";
  };
  const at = standing();
  const isPast = at === "landed" || at === "landing";
  return { at, isPast, checked: checked.length, cutOff, isChecking, total: added(isPast ? landed : checked) };
}

function added(outcomes: readonly Outcome[]): Total {
  const total = { created: 0, updated: 0, unchanged: 0, waiting: 0, refused: 0 };
  const keys = Object.keys(total) as (keyof Total)[];
  for (const outcome of outcomes) for (const key of keys) total[key] += outcome[key];
  return total;
}

/** What all files together would do, the one button, and afterwards what they did. */
export function Summary({
  files,
  isLanding,
  onLand,
  onStop,
  onClear,
}: {
  files: readonly QueuedFile[];
  isLanding: boolean;
  onLand(): void;
  onStop(): void;
  onClear(): void;
}) {
  const { at, isPast, checked, cutOff, isChecking, total } = sumUp(files, isLanding);
  const unmapped = files.filter(({ state }) => state.at === "unmapped").length;
  return (
    <div
      role="status"
      className="bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-y bg-canvas px-4 py-3 sm:sticky sm:-mx-6 sm:px-6"
    >
      <p className="tabular flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
        <span className="font-semibold">{HEADINGS[at]}</span>
        <Told value={total.created} name={isPast ? "created" : "create"} isPast={isPast} />
        <Told value={total.updated} name={isPast ? "updated" : "update"} isPast={isPast} />
        <Told value={total.unchanged} name={isPast ? "the same" : "leave as they are"} isPast={isPast} />
        {!isPast && <Told value={total.waiting} name="land after what they name" isPast={isPast} />}
        <Told value={total.refused} name={isPast ? "refused" : "refuse"} isPast={isPast} warn />
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {unmapped > 0 && !isLanding && (
          <span className="text-warn">
            {unmapped === 1 ? "One file waits" : count(unmapped, "file waits", "files wait")} for a mapping
          </span>
        )}
        {at === "landed" ? (
          <>
            <Button onPress={onClear}>Import more</Button>
            <Link href="/deals" className={buttonLook("primary")}>
              See the deals
            </Link>
          </>
        ) : at === "landing" ? (
          <Button onPress={onStop}>Stop after this batch</Button>
        ) : (
          <>
            <Button look="quiet" onPress={onClear}>
              Clear
            </Button>
            <Button look="primary" onPress={onLand} isDisabled={isChecking || checked + cutOff === 0}>
              {landWords(checked, cutOff)}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function landWords(checked: number, cutOff: number): string {
  if (checked === 0 && cutOff > 0) return "Go on landing";
  const landable = checked + cutOff;
  if (landable === 0) return "Land";
  return landable === 1 ? "Land the file" : `Land ${count(landable, "file")}`;
}

/** One of the sums: `create 25` before, `25 created` after. */
function Told({
  value,
  name,
  isPast,
  warn,
}: {
  value: number;
  name: string;
  isPast: boolean;
  warn?: boolean;
}) {
  if (value === 0) return null;
  const number = <span className="font-medium">{thousands(value)}</span>;
  const word = <span className={warn ? undefined : "text-ink-3"}>{name}</span>;
  return (
    <span className={warn ? "text-danger" : undefined}>
      {isPast ? number : word} {isPast ? word : number}
    </span>
  );
}
