"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { useDayOf, useMe } from "@/components/shared/use-me";
import { GuardedButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { lastQuarters, parseQuarter } from "@/lib/calendar";
import { dayInWords } from "@/lib/text/days";
import type { Plan } from "./compensation-answers";
import { CompensationPlan } from "./compensation-plan";
import { CompensationStatement } from "./compensation-statement";

const PlanDialog = onDemand(() => import("./plan-dialog").then((m) => m.PlanDialog));

const OFFERED = 8;

/** What sourced and influenced credit pays: the plans with their signatures, and a quarter's statement. */
export function CompensationSettings() {
  const me = useMe();
  const [planId, setPlan] = useQueryState("plan", parseAsString.withOptions({ history: "push" }));
  const [asked, setQuarter] = useQueryState("quarter", parseAsString.withOptions({ history: "push" }));
  const [isDrafting, setDrafting] = useState(false);
  const answer = useQuery(api.compensationPlans.queryOptions({ input: {} }));
  if (answer.error && !answer.data)
    return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  if (!me || !answer.data) return <SkeletonRows rows={8} label="Loading compensation" />;
  const { plans, may } = answer.data;
  const standing = plans.filter(({ withdrawn }) => withdrawn === null);
  const plan =
    standing.find(({ id }) => id === planId) ?? standing.find(({ signed }) => signed) ?? standing[0];
  const quarters = lastQuarters(OFFERED, parseQuarter(me.quarter, me.fiscalYear), me.fiscalYear).map(
    ({ label }) => label,
  );
  const quarter = asked && quarters.includes(asked) ? asked : (quarters.at(-2) ?? me.quarter);
  return (
    <div className="flex flex-col gap-6">
      <p className="hidden text-ink-2 print:block">
        {me.company} · {dayInWords(me.today)}
      </p>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-[70ch] text-pretty text-ink-2">
          Two lines, sourced and influenced, in a document of its own, signed after the policy. What an AE
          earns on a deal is never reduced by it. Paid is what a frozen quarter's seal holds; a later
          correction is a line of its own.
        </p>
        <GuardedButton icon="plus" because={may.draft} onPress={() => setDrafting(true)}>
          Draft a plan
        </GuardedButton>
      </div>
      {plan ? (
        <>
          {standing.length > 1 && (
            <Select
              label="Plan"
              className="max-w-80"
              value={plan.id}
              choices={standing.map(({ id, title, signed }) => ({
                value: id,
                label: title,
                ...(!signed && { note: "Not signed by three" }),
              }))}
              onChange={setPlan}
            />
          )}
          <CompensationPlan plan={plan} />
          {may.see && (
            <CompensationStatement
              plan={plan}
              quarter={quarter}
              quarters={quarters}
              onQuarter={(next) => setQuarter(next)}
            />
          )}
        </>
      ) : (
        <EmptyState icon="stamp" title="No compensation plan yet">
          Once the policy is signed, the head of partnerships or finance drafts what sourced and influenced
          credit pays; finance, CRO and head of partnerships sign it.
        </EmptyState>
      )}
      <Withdrawn plans={plans} />
      {isDrafting && <PlanDialog onDone={(id) => setPlan(id)} onClose={() => setDrafting(false)} />}
    </div>
  );
}

/** The plans that were withdrawn unsigned, each with who did and why. */
function Withdrawn({ plans }: { plans: readonly Plan[] }) {
  const dayOf = useDayOf();
  const ended = plans.flatMap(({ withdrawn, id, title }) => (withdrawn ? [{ id, title, ...withdrawn }] : []));
  if (ended.length === 0) return null;
  return (
    <Panel title="Withdrawn">
      <ul className="divide-y divide-line">
        {ended.map(({ id, title, name, at, reason }) => (
          <li key={id} className="text-pretty py-1.5 text-ink-2">
            <span className="font-medium text-ink">{title}</span>: withdrawn by {name ?? "somebody"} on{" "}
            {dayInWords(dayOf(at))}: “{reason}”
          </li>
        ))}
      </ul>
    </Panel>
  );
}
