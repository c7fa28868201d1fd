"use client";

import { useEffect, useRef, useState } from "react";
import { saveFile } from "@/components/ui/save-file";
import { PACK_EVENTS, type PackFormat, type PackStep, packEventsIn } from "@/lib/api/pack-event";
import { isProblem, problemOf } from "@/lib/api/problem-of";
import type { Problem } from "@/lib/errors";

export interface Taken {
  type: PackFormat;
  /** Null until the first of it is laid out. */
  step: PackStep | null;
}

/** Where a pack is to be had, with a script and without. */
export const addressOf = (quarter: string, type: PackFormat) => `/api/review/${quarter}/pack.${type}`;

/**
 * Takes a pack, one at a time, and hands it over as a file; how far it is and why it is not to be had is told here, not
 * on a page of its own. Who leaves the page has none written.
 */
export function useTaking(quarter: string) {
  const [under, setUnder] = useState<Taken | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const going = useRef<AbortController | null>(null);
  useEffect(() => () => going.current?.abort(), []);
  const take = async (type: PackFormat) => {
    const controller = new AbortController();
    const { signal } = controller;
    going.current = controller;
    setUnder({ type, step: null });
    setProblem(null);
    try {
      const found = await packOf(addressOf(quarter, type), signal, (step) => setUnder({ type, step }));
      if ("file" in found) saveFile(found.file, `review-${quarter}.${type}`);
      else setProblem(found.problem);
    } catch (error) {
      if (!signal.aborted) setProblem(problemOf(error));
    } finally {
      setUnder(null);
    }
  };
  return { under, problem, take, cancel: () => going.current?.abort() };
}

const CUT_SHORT: Problem = {
  code: "unavailable",
  field: "",
  value: null,
  rule: "the connection ended before the file was whole; take it again",
};

async function packOf(
  address: string,
  signal: AbortSignal,
  tell: (step: PackStep) => void,
): Promise<{ file: Blob } | { problem: Problem }> {
  const response = await fetch(address, { signal, headers: { accept: PACK_EVENTS } });
  if (!response.ok || !response.body) {
    const body: unknown = await response.json().catch(() => null);
    return { problem: isProblem(body) ? body : problemOf(body) };
  }
  for await (const event of packEventsIn(response.body)) {
    if ("step" in event) tell(event.step);
    else if ("problem" in event) return event;
    else return { file: new Blob([Uint8Array.from(atob(event.file), (letter) => letter.charCodeAt(0))]) };
  }
  return { problem: CUT_SHORT };
}
