"use client";

import { useDayOf } from "@/components/shared/use-me";
import { Chip } from "@/components/ui/chip";
import { Panel } from "@/components/ui/panel";
import type { Inputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";
import { count, list } from "@/lib/text/words";
import { BacktestResult } from "./backtest-result";
import type { PolicyAnswer } from "./policy-words";
import type { BacktestQuestion } from "./use-backtest-question";

export type Kept = PolicyAnswer["backtests"][number];

/** The results that signers find beside the memo. */
export function KeptBacktests({
  policy,
  open,
  onOpen,
}: {
  policy: PolicyAnswer;
  open: string | null;
  onOpen(id: string | null): void;
}) {
  if (policy.backtests.length === 0) return null;
  return (
    <Panel title="Kept beside the memo">
      <ul className="divide-y divide-line">
        {policy.backtests.map((one) => (
          <KeptLine
            key={one.id}
            kept={one}
            isOpen={one.id === open}
            onToggle={() => onOpen(one.id === open ? null : one.id)}
          />
        ))}
      </ul>
    </Panel>
  );
}

/** A kept result; its deals can be told as long as both texts are the ones it was run on. */
export function KeptResult({
  policy,
  kept,
  others,
  currency,
}: {
  policy: PolicyAnswer;
  kept: Kept;
  others: BacktestQuestion["others"];
  currency: string;
}) {
  const { current, againstHash, quarters } = kept;
  /** The text it was held against: a stored policy's, or what was in force unsigned. */
  const against = (): Pick<Inputs["backtest"], "against"> => {
    const stored = others.find(({ hash }) => hash === againstHash);
    if (stored) return { against: { policyId: stored.id } };
    return againstHash === policy.against.hash ? { against: { document: policy.against.document } } : {};
  };
  const isSame = current && againstHash === policy.against.hash;
  return (
    <section aria-label="Kept result">
      <BacktestResult
        result={kept.result}
        names={kept.partners}
        question={current ? { policy: { policyId: policy.id }, ...against(), quarters } : null}
        before="Before"
        after="This text"
        changed={new Set(isSame ? policy.difference.map(({ clause }) => clause) : [])}
        currency={currency}
      />
    </section>
  );
}

function KeptLine({ kept, isOpen, onToggle }: { kept: Kept; isOpen: boolean; onToggle(): void }) {
  const dayOf = useDayOf();
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
