"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { api, type Inputs } from "@/lib/api/client";
import { lastQuarters, parseQuarter } from "@/lib/calendar";
import type { PolicyAnswer } from "./policy-words";

/** Instead of a policy's id: whichever judges each deal on its day. */
export const IN_FORCE = "in-force";
const OFFERED = 8;
const CHOSEN = 4;

/** What a text is held against, and over which quarters: the last four until somebody says otherwise. */
export function useBacktestQuestion(policy: PolicyAnswer) {
  const me = useMe();
  const policies = useQuery(api.policiesList.queryOptions({ input: {} })).data?.policies ?? [];
  const [against, setAgainst] = useState(IN_FORCE);
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  const offered = me
    ? lastQuarters(OFFERED, parseQuarter(me.quarter, me.fiscalYear)).map(({ label }) => label)
    : [];
  const quarters = asked ?? offered.slice(-CHOSEN);
  return {
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
