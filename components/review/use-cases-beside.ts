"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/lib/api/client";
import { type Step, stepBeside } from "./steps";

/** Asks for the cases that back and on lead to, so that the meeting never waits for one; a sealed one is here already. */
export function useCasesBeside(steps: readonly Step[], at: number, isSealed: boolean): void {
  const queries = useQueryClient();
  const beside = ([1, -1] as const)
    .map((by) => stepBeside(steps, at, by))
    .flatMap((step) => (step && step.caseState !== null ? [step.id] : []))
    .join("\n");
  useEffect(() => {
    if (isSealed || beside === "") return;
    for (const exceptionId of beside.split("\n"))
      void queries.prefetchQuery(api.exception.queryOptions({ input: { exceptionId } }));
  }, [beside, isSealed, queries]);
}
