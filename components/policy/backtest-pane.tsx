"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ProblemLine } from "@/components/ui/error-state";
import { FIELD_LABEL } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Select } from "@/components/ui/select";
import { api, type Inputs } from "@/lib/api/client";
import type { Clause } from "@/lib/attribution/clauses";
import { lastQuarters, parseQuarter } from "@/lib/calendar";
import { dayInWords } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";
import { count, list } from "@/lib/text/words";
import { BacktestResult } from "./backtest-result";
import { dayOf, type PolicyAnswer, STANDING_WORDS } from "./policy-words";
import { useBacktest } from "./use-backtest";

type Kept = PolicyAnswer["backtests"][number];

const IN_FORCE = "in-force";
const OFFERED = 8;
const CHOSEN = 4;
const NOTHING: ReadonlySet<Clause> = new Set();

/** What this text would have done to quarters one knows, before anybody signs it (domain.md §8.8). */
export function BacktestPane({ policy, onSave }: { policy: PolicyAnswer; onSave(): Promise<boolean> }) {
  const me = useMe();
  const policies = useQuery(api.policiesList.queryOptions({ input: {} }));
  const { running, outcomes, error, run, cancel } = useBacktest();
  const [shownKept, setShownKept] = useState<string | null>(null);
  const [against, setAgainst] = useState(IN_FORCE);
  const offered = me
    ? lastQuarters(OFFERED, parseQuarter(me.quarter, me.fiscalFirstMonth)).map(({ label }) => label)
    : [];
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  const quarters = asked ?? offered.slice(-CHOSEN);

  const keep = useWrite("keepBacktest", {
    said: () => ({
      message: "Kept beside the memo",
      detail: "Signers find it here, with the hash it was run on.",
    }),
  });

  const titleOf = (id: string) => policies.data?.policies.find((one) => one.id === id)?.title ?? id;
  const others = (policies.data?.policies ?? []).filter(({ id }) => id !== policy.id);
  const ask = (): Inputs["backtest"] => ({
    policy: { policyId: policy.id },
    ...(against !== IN_FORCE && { against: { policyId: against } }),
    quarters: offered.filter((quarter) => quarters.includes(quarter)),
  });
  /** The text that a kept result was held against: a stored policy's, or what was in force unsigned. */
  const keptAgainst = ({ againstHash }: Kept): Pick<Inputs["backtest"], "against"> => {
    const stored = others.find(({ hash }) => hash === againstHash);
    if (stored) return { against: { policyId: stored.id } };
    return againstHash === policy.against.hash ? { against: { document: policy.against.document } } : {};
  };
  const start = async () => {
    setShownKept(null);
    if (await onSave()) run(ask());
  };
  const toggle = (quarter: string, on: boolean) =>
    setAsked(on ? [...quarters, quarter] : quarters.filter((one) => one !== quarter));

  const changed = new Set(policy.difference.map(({ clause }) => clause));
  const kept = policy.backtests.find(({ id }) => id === shownKept);
  const stale = outcomes && outcomes.hash !== (policy.hash ?? policy.draftHash);
  const askedOf = outcomes?.question;
  const againstAsked = askedOf?.against && "policyId" in askedOf.against ? askedOf.against.policyId : null;
  const currency = me?.reportingCurrency ?? "USD";

  return (
    <div className="flex flex-col gap-6">
      <section aria-label="What to hold against what" className="flex flex-col gap-3">
        <Select
          label="Hold this text against"
          className="max-w-md"
          value={against}
          choices={[
            { value: IN_FORCE, label: "What judges each deal now", note: "The policy in force on its day" },
            ...others.map(({ id, title, state }) => ({
              value: id,
              label: title,
              note: STANDING_WORDS[state].label,
            })),
          ]}
          onChange={setAgainst}
        />
        <fieldset>
          <legend className={FIELD_LABEL}>Over deals created or closed in</legend>
          <div className="mt-1 flex flex-wrap gap-1.5">
            {offered.map((quarter) => (
              <ToggleButton
                key={quarter}
                isSelected={quarters.includes(quarter)}
                onChange={(on) => toggle(quarter, on)}
                className={
                  "tabular h-7 rounded-md border border-line-strong bg-surface px-2.5 text-ink-2 text-xs hover:border-line-control " +
                  "selected:border-accent selected:bg-accent-soft selected:font-medium selected:text-accent-ink"
                }
              >
                {quarter}
              </ToggleButton>
            ))}
            <Button size="small" look="quiet" onPress={() => setAsked(quarters.length > 0 ? [] : offered)}>
              {quarters.length > 0 ? "None: all deals of all time" : "All eight"}
            </Button>
          </div>
        </fieldset>
        <div className="flex flex-wrap items-center gap-3">
          {running ? (
            <Button onPress={cancel}>Cancel</Button>
          ) : (
            <Button look="primary" onPress={start}>
              Run backtest
            </Button>
          )}
          <span className="text-ink-3 text-xs">Judges real deals under both texts and stores nothing.</span>
        </div>
        {running && (
          <ProgressBar
            label="Judging deals under both texts"
            value={running.judged}
            max={running.total}
            text={
              running.total === 0 ? "Starting" : `${thousands(running.judged)} of ${thousands(running.total)}`
            }
          />
        )}
        {error !== null && !running && <ProblemLine error={error} />}
      </section>

      {outcomes && !running && !kept && (
        <section aria-label="Result" className="border-line border-t pt-4">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
            <p className="text-ink-2 text-xs">
              Against {againstAsked ? titleOf(againstAsked) : "what judges each deal now"},{" "}
              {(askedOf?.quarters ?? []).length > 0 ? list(askedOf?.quarters ?? []) : "all time"}
              {stale && <span className="ml-2 text-warn">The text has changed since: run it again.</span>}
            </p>
            {policy.may.keepBacktest === true && !stale && (
              <Button
                size="small"
                icon="stamp"
                isPending={keep.isPending}
                onPress={() =>
                  keep.mutate({
                    policyId: policy.id,
                    ...(againstAsked && { against: againstAsked }),
                    quarters: askedOf?.quarters ?? [],
                  })
                }
              >
                Keep beside the memo
              </Button>
            )}
          </div>
          <BacktestResult
            result={outcomes.result}
            names={outcomes.partners}
            question={outcomes.question}
            before={againstAsked ? "Other policy" : "Now"}
            after="This text"
            changed={againstAsked ? NOTHING : changed}
            currency={currency}
          />
        </section>
      )}

      {policy.backtests.length > 0 && (
        <Panel title="Kept beside the memo">
          <ul className="divide-y divide-line">
            {policy.backtests.map((one) => (
              <KeptLine
                key={one.id}
                kept={one}
                isOpen={one.id === shownKept}
                onToggle={() => setShownKept(one.id === shownKept ? null : one.id)}
              />
            ))}
          </ul>
        </Panel>
      )}
      {kept && (
        <section aria-label="Kept result">
          <BacktestResult
            result={kept.result}
            names={kept.partners}
            question={
              kept.current
                ? { policy: { policyId: policy.id }, ...keptAgainst(kept), quarters: kept.quarters }
                : null
            }
            before="Before"
            after="This text"
            changed={kept.againstHash === policy.against.hash && kept.current ? changed : NOTHING}
            currency={currency}
          />
        </section>
      )}
    </div>
  );
}

function KeptLine({ kept, isOpen, onToggle }: { kept: Kept; isOpen: boolean; onToggle(): void }) {
  const { ran, asOf, quarters, current, againstTitle, result } = kept;
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className="-mx-2 flex w-[calc(100%+1rem)] items-center justify-between gap-3 rounded-md px-2 py-2 text-left hover:bg-hover"
      >
        <span className="min-w-0">
          <span className="font-medium">
            {thousands(result.moved)} of {count(result.deals, "deal")} move
          </span>
          <span className="block text-ink-2 text-xs">
            Against {againstTitle}, {quarters.length > 0 ? list(quarters) : "all time"}, as of{" "}
            {dayInWords(asOf)}
          </span>
          <span className="block text-ink-3 text-xs">
            {ran.name ?? "Somebody"}, {dayInWords(dayOf(ran.at))}
          </span>
        </span>
        <Chip tone={current ? "accent" : "warn"}>{current ? "Of this text" : "Of an earlier text"}</Chip>
      </button>
    </li>
  );
}
