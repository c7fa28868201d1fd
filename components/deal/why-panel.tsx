"use client";

import { Money } from "@/components/shared/money";
import { OutcomeBadge, OutcomeGlyph } from "@/components/shared/outcome-badge";
import { PolicyState } from "@/components/shared/policy-state";
import { Chip } from "@/components/ui/chip";
import { DayText } from "@/components/ui/day";
import type { Outputs } from "@/lib/api/client";
import { clauseOfGray, clauseText } from "@/lib/attribution/clauses";
import { testsOf } from "@/lib/attribution/models";
import type { PartnerResult } from "@/lib/attribution/result";
import { nextStepSentence, verdictSentence } from "@/lib/attribution/sentence";
import { MODELS, OUTCOMES, type Outcome, type TestName } from "@/lib/attribution/vocabulary";
import { GRAY_WORDS, MODEL_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";
import { FactLink } from "./facts-in-sight";
import { FORECAST_WORDS } from "./forecast-words";
import { TestList } from "./test-list";

type Why = Outputs["why"];

/** What `sourced`, which every model asks, is made of (domain.md §4). */
const SOURCED_IS: readonly TestName[] = ["origin", "gate", "net_new"];

/** Why a deal counts as it does: verdict, tests, facts and clauses, and what would change it. */
export function WhyPanel({ why }: { why: Why }) {
  const { result, facts, policy } = why;
  return (
    <div className="flex flex-col gap-5">
      <div>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <OutcomeBadge outcome={result.outcome} size="large" />
          <PolicyState policy={policy} />
        </div>
        <p className="mt-1 text-ink-2">
          {result.partners.length === 0
            ? "No partner is on the deal: no role row, registration, activity or ruling names one."
            : OUTCOME_WORDS[result.outcome].definition}
        </p>
      </div>

      {result.partners.map((partner, at) => (
        <PartnerVerdict key={partner.partnerId} partner={partner} why={why} isOpen={at === 0} />
      ))}

      {result.gray.length > 0 && (
        <section aria-labelledby="gray-title">
          <h3 id="gray-title" className="eyebrow mb-1">
            Gray areas
          </h3>
          <ul className="flex flex-col gap-1.5">
            {result.gray.map((code) => (
              <li key={code}>
                <Chip tone="warn">{GRAY_WORDS[code].label}</Chip>{" "}
                <span className="text-ink-2 text-xs" title={clauseText(clauseOfGray(code), policy.document)}>
                  {GRAY_WORDS[code].definition}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}

      <section aria-labelledby="split-title">
        <h3 id="split-title" className="eyebrow mb-1">
          Credit
        </h3>
        <CreditLines why={why} />
      </section>

      <section aria-labelledby="forecast-title">
        <h3 id="forecast-title" className="eyebrow mb-1">
          Forecast
        </h3>
        <p className="text-ink-2">{FORECAST_WORDS[why.forecast]}</p>
      </section>

      <section aria-labelledby="lenses-title">
        <h3 id="lenses-title" className="eyebrow mb-1">
          The same facts under the other models
        </h3>
        <ul className="divide-y divide-line">
          {MODELS.filter((model) => model !== policy.model).map((model) => (
            <li key={model} className="flex items-start justify-between gap-3 py-1.5">
              <span className="text-ink-2" title={MODEL_WORDS[model].definition}>
                {MODEL_WORDS[model].label}
              </span>
              <span className="flex flex-col items-end gap-0.5">
                <OutcomeBadge outcome={why.lenses[model].outcome} />
                {why.lenses[model].partners.length > 1 &&
                  why.lenses[model].partners.map((partner) => (
                    <span key={partner.partnerId} className="flex items-center gap-1 text-ink-3 text-xs">
                      {why.names.partners[partner.partnerId] ?? partner.partnerId}
                      <OutcomeGlyph outcome={partner.outcome} className="size-2" />
                      {OUTCOME_WORDS[partner.outcome].label}
                    </span>
                  ))}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <p className="text-2xs text-ink-3">
        Judged as of <DayText day={facts.asOf} />, memo{" "}
        <span className="tabular">{policy.hash.slice(0, 12)}</span>.
      </p>
    </div>
  );
}

const LACKS = { proof: "proof", confirmation: "the AE's confirmation", approval: "approval" } as const;

/** "Joint discovery, 2026-01-20" in the middle of a sentence. */
const inSentence = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);

function PartnerVerdict({ partner, why, isOpen }: { partner: PartnerResult; why: Why; isOpen: boolean }) {
  const name = why.names.partners[partner.partnerId] ?? partner.partnerId;
  const policy = why.policy.document;
  const labelled = {
    ...partner,
    missing: partner.missing.map((gap) =>
      "factId" in gap ? { ...gap, factId: inSentence(why.names.facts[gap.factId] ?? gap.factId) } : gap,
    ),
  };
  const gaps = partner.missing.flatMap((gap) => (gap.lacks === "updates" ? [] : [gap]));
  const next = nextStepSentence(partner.next, policy);
  const asks = new Set<TestName>([...testsOf(policy.model), ...SOURCED_IS]);
  const asked = partner.tests.filter(({ test }) => asks.has(test));
  const others = partner.tests.filter(({ test }) => !asks.has(test));
  return (
    <section aria-label={name} className="border-line border-t pt-3">
      <p className="text-pretty font-medium">{verdictSentence(name, labelled, policy)}</p>
      {gaps.length > 0 && (
        <div className="mt-2 rounded-md bg-warn-soft px-2.5 py-2 text-warn text-xs">
          <p className="font-semibold">Disputed. To settle it:</p>
          <ul className="mt-0.5 flex flex-col gap-0.5">
            {gaps.map((gap) => (
              <li key={`${gap.factId}:${gap.lacks}`} className="flex flex-wrap items-center gap-x-1.5">
                <FactLink factId={gap.factId} /> lacks {LACKS[gap.lacks]}
              </li>
            ))}
          </ul>
        </div>
      )}
      {next && (
        <p className="mt-1.5 text-ink-2 text-xs">
          <span className="font-medium text-ink">What would change it.</span> {next}
        </p>
      )}
      <details open={isOpen} className="mt-1.5">
        <summary className="cursor-default rounded-sm text-ink-3 text-xs hover:text-ink">
          <span className="tabular">
            {asked.filter((test) => test.passed).length} of {asked.length}
          </span>{" "}
          tests pass
        </summary>
        <TestList tests={asked} policy={policy} policyId={why.policy.signed?.policyId} />
        {others.length > 0 && (
          <details className="mt-1">
            <summary className="cursor-default rounded-sm text-ink-3 text-xs hover:text-ink">
              {others.length} tests that only other models ask
            </summary>
            <TestList tests={others} policy={policy} policyId={why.policy.signed?.policyId} />
          </details>
        )}
      </details>
    </section>
  );
}

/** The split: one line a partner within each outcome; the lines of one outcome sum to the deal's amount. */
function CreditLines({ why }: { why: Why }) {
  const { currency } = why.facts.deal;
  const outcomes = OUTCOMES.filter((outcome) =>
    why.result.partners.some((partner) => partner.credit[outcome] !== undefined),
  );
  if (outcomes.length === 0) return <p className="text-ink-2">No partner has credit on this deal.</p>;
  const lines = (outcome: Outcome) =>
    why.result.partners.flatMap((partner) => {
      const amount = partner.credit[outcome];
      return amount === undefined ? [] : [{ id: partner.partnerId, amount }];
    });
  return (
    <ul className="flex flex-col gap-1">
      {outcomes.flatMap((outcome) =>
        lines(outcome).map(({ id, amount }) => (
          <li key={`${outcome}:${id}`} className="flex items-center justify-between gap-3">
            <span className="flex min-w-0 items-center gap-1.5">
              <OutcomeGlyph outcome={outcome} />
              <span className="truncate">{why.names.partners[id] ?? id}</span>
              <span className="shrink-0 text-ink-3 text-xs">
                {OUTCOME_WORDS[outcome].label.toLowerCase()}
              </span>
            </span>
            <Money amount={amount} currency={currency} />
          </li>
        )),
      )}
      {outcomes.length > 1 && (
        <li className="text-ink-3 text-xs">Lines of different outcomes are never added together.</li>
      )}
    </ul>
  );
}
