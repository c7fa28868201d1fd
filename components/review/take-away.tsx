"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Icon } from "@/components/ui/icon";
import { problemWords } from "@/components/ui/problem-words";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Tooltip } from "@/components/ui/tooltip";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { addressOf, type Taken, useTaking } from "./use-taking";

const FILES = [
  { type: "pdf", name: "PDF", what: "to print and to sign", parts: "page" },
  { type: "pptx", name: "Slides", what: "with charts that can be edited", parts: "section" },
  {
    type: "xlsx",
    name: "Spreadsheet",
    what: "a sheet a section, and the deals behind every number",
    parts: "sheet",
  },
] as const;

type File = (typeof FILES)[number];

/** The review pack, three ways, all from the numbers on this screen. A long one takes a while, which is told. */
export function TakeAway({ quarter, long = false }: { quarter: string; long?: boolean }) {
  const { under, problem, take, cancel } = useTaking(quarter);
  return (
    <div className="flex flex-col gap-2">
      <ul className={long ? "flex flex-col gap-2" : "flex flex-wrap gap-2"}>
        {FILES.map((file) => (
          <li key={file.type} className="flex items-center gap-x-3">
            <Tooltip text={`${file.name}, ${file.what}`}>
              <a
                href={addressOf(quarter, file.type)}
                download
                aria-disabled={under !== null}
                className={buttonLook("plain")}
                onClick={(event) => {
                  event.preventDefault();
                  if (under === null) void take(file.type);
                }}
              >
                <Icon name="import" className="size-3.5" />
                {file.name}
              </a>
            </Tooltip>
            {long && <span className="text-ink-2">{file.what}</span>}
          </li>
        ))}
      </ul>
      <div className="min-h-4">
        {under && (
          <div className="flex max-w-80 items-end gap-3">
            <div className="flex-1">
              <Progress {...under} />
            </div>
            <Button onPress={cancel}>Cancel</Button>
          </div>
        )}
      </div>
      {problem && (
        <p role="alert" className="text-pretty text-danger text-xs">
          {problemWords(problem).detail}
        </p>
      )}
    </div>
  );
}

/** How far it is, in what it is made of. */
function Progress({ type, step }: Taken) {
  const { name, parts } = FILES.find((file) => file.type === type) as File;
  const label = `Writing ${name === "PDF" ? "the PDF" : `the ${name.toLowerCase()}`}`;
  if (step === null || step.of === null)
    return (
      <p role="status" className="text-ink-3 text-xs">
        {label}
        {step === null ? <Elapsed /> : `: ${count(step.done, parts)} laid out`}
      </p>
    );
  const text = `${thousands(step.done)} of ${count(step.of, parts)}`;
  return <ProgressBar label={label} value={step.done} max={step.of} text={text} />;
}

/** Nobody knows how long a pack is before it is laid out: how long it has taken is what can be said. */
function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const tick = setInterval(() => setSeconds((now) => now + 1), 1_000);
    return () => clearInterval(tick);
  }, []);
  return <span aria-hidden>{seconds === 0 ? "…" : `… ${seconds} s`}</span>;
}
