"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { client, type Inputs } from "@/lib/api/client";
import type { BacktestSummary } from "@/lib/metrics/backtest";

/** What was asked and what came out. */
export interface Outcomes {
  question: Inputs["backtest"];
  hash: string;
  againstHash: string;
  result: BacktestSummary;
  /** Names of the partners in the result, by id. */
  partners: Record<string, string>;
  /** Which deals the signature asked about would judge; null when none was. */
  judges: { open: number; closed: number; closedSince: string | null; frozen: string[] } | null;
}

export type Running = { judged: number; total: number };

/** Runs a backtest as the stream it is: progress, then the result; stopping listens no longer, which ends it. */
export function useBacktest() {
  const [running, setRunning] = useState<Running | null>(null);
  const [outcomes, setOutcomes] = useState<Outcomes | null>(null);
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController | null>(null);

  const cancel = useCallback(() => {
    abort.current?.abort();
    abort.current = null;
    setRunning(null);
  }, []);
  useEffect(() => () => abort.current?.abort(), []);

  const run = useCallback(async (question: Inputs["backtest"]) => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    setError(null);
    setRunning({ judged: 0, total: 0 });
    try {
      const events = await client.backtest(question, { signal: controller.signal });
      for await (const said of events) {
        if (controller.signal.aborted) return;
        if (said.event === "progress") setRunning({ judged: said.judged, total: said.total });
        else setOutcomes({ question, ...said });
      }
    } catch (failed) {
      if (!controller.signal.aborted) setError(failed);
    }
    if (abort.current === controller) setRunning(null);
  }, []);

  return { running, outcomes, error, run, cancel };
}
