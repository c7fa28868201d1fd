"use client";

import { useEffect, useState } from "react";
import { buttonLook } from "@/components/ui/button-look";
import { Icon } from "@/components/ui/icon";
import { problemWords } from "@/components/ui/problem-words";
import { saveFile } from "@/components/ui/save-file";
import { Tooltip } from "@/components/ui/tooltip";
import { isProblem, problemOf } from "@/lib/api/problem-of";
import type { Problem } from "@/lib/errors";

const FILES = [
  { type: "pdf", name: "PDF", what: "to print and to sign" },
  { type: "pptx", name: "Slides", what: "with charts that can be edited" },
  { type: "xlsx", name: "Spreadsheet", what: "a sheet a section, and the deals behind every number" },
] as const;

type File = (typeof FILES)[number];

/** The review pack, three ways, all from the numbers on this screen. A long one takes a while, which is told. */
export function TakeAway({ quarter, long = false }: { quarter: string; long?: boolean }) {
  const { under, problem, take } = useTaking(quarter);
  return (
    <div className="flex flex-col gap-2">
      <ul className={long ? "flex flex-col gap-2" : "flex flex-wrap gap-2"}>
        {FILES.map((file) => (
          <li key={file.type} className="flex items-center gap-x-3">
            <Tooltip text={`${file.name}, ${file.what}`}>
              <a
                href={addressOf(quarter, file)}
                download
                aria-disabled={under !== null}
                className={buttonLook("plain")}
                onClick={(event) => {
                  event.preventDefault();
                  if (under === null) void take(file);
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
      <p role="status" className="min-h-4 text-ink-3 text-xs">
        {under && (
          <>
            Writing {under.name === "PDF" ? "the PDF" : `the ${under.name.toLowerCase()}`}
            <Elapsed />
          </>
        )}
      </p>
      {problem && (
        <p role="alert" className="text-pretty text-danger text-xs">
          {problemWords(problem).detail}
        </p>
      )}
    </div>
  );
}

const addressOf = (quarter: string, { type }: File) => `/api/review/${quarter}/pack.${type}`;

/** Fetches a pack and hands it over as a file; why it is not to be had is told here, not on a page of its own. */
function useTaking(quarter: string) {
  const [under, setUnder] = useState<File | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const take = async (file: File) => {
    setUnder(file);
    setProblem(null);
    try {
      const response = await fetch(addressOf(quarter, file));
      if (response.ok) return saveFile(await response.blob(), `review-${quarter}.${file.type}`);
      const body: unknown = await response.json().catch(() => null);
      setProblem(isProblem(body) ? body : problemOf(body));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setUnder(null);
    }
  };
  return { under, problem, take };
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
