"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, type Inputs } from "@/lib/api/client";
import type { PolicyAnswer } from "./policy-words";

/** Instead of a policy's id: whichever judges each deal on its day. */
export const IN_FORCE = "in-force";
const CHOSEN = 4;

/** What a text is held against, and over which quarters: the last four until somebody says otherwise. */
export function useBacktestQuestion(policy: PolicyAnswer) {
  const known = useQuery(api.policiesList.queryOptions({ input: {} })).data;
  const policies = known?.policies ?? [];
  const [against, setAgainst] = useState(IN_FORCE);
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  const offered = known?.quarters ?? [];
  const quarters = asked ?? offered.slice(-CHOSEN);
  return {
    /** Which quarters there are is known: before that, none would mean all of time. */
    ready: known !== undefined,
    against,
    setAgainst,
    others: policies.filter(({ id }) => id !== policy.id),
    titleOf: (id: string) => policies.find((one) => one.id === id)?.title ?? id,
    offered,
    quarters,
    setQuarters: setAsked,
    input: (): Inputs["backtest"] => ({
      policy: { policyId: policy.id },
      ...(against !== IN_FORCE && { against: { policyId: against } }),
      quarters: offered.filter((quarter) => quarters.includes(quarter)),
    }),
  };
}

export type BacktestQuestion = ReturnType<typeof useBacktestQuestion>;
