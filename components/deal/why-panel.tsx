"use client";

import type { ReactNode } from "react";
import { EvidenceMark } from "@/components/shared/evidence";
import { OutcomeBadge, OutcomeGlyph } from "@/components/shared/outcome-badge";
import { PolicyState } from "@/components/shared/policy-state";
import { Chip } from "@/components/ui/chip";
import { DayText } from "@/components/ui/day";
import { Explained } from "@/components/ui/explained";
import { Icon } from "@/components/ui/icon";
import type { Outputs } from "@/lib/api/client";
import { clauseOfGray, clauseText } from "@/lib/attribution/clauses";
import { rank } from "@/lib/attribution/models";
import { MODELS } from "@/lib/attribution/vocabulary";
import { GRAY_WORDS, MODEL_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";
import { CreditLines } from "./credit-lines";
import { FORECAST_WORDS } from "./forecast-words";
import { PartnerVerdict } from "./partner-verdict";

type Why = Outputs["why"];

/** Why a deal counts as it does: verdict, tests, facts and clauses, and what would change it. */
export function WhyPanel({ why }: { why: Why }) {
  const { result, facts, policy } = why;
  return (
    <div className="flex flex-col gap-5">
      <div>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="flex flex-wrap items-baseline gap-x-3">
            <OutcomeBadge outcome={result.outcome} size="large" />
            {result.evidence && <EvidenceMark grade={result.evidence} />}
          </span>
          <PolicyState policy={policy} />
        </div>
        <p className="mt-1 text-ink-2">
          {result.partners.length === 0
            ? "No partner is on the deal: no role row, registration, activity or ruling names one."
            : OUTCOME_WORDS[result.outcome].definition}
        </p>
      </div>
      <Verdicts why={why} />
      {result.gray.length > 0 && (
        <Part id="gray" title="Gray areas">
          <GrayAreas why={why} />
        </Part>
      )}
      <Part id="split" title="Credit">
        <CreditLines why={why} />
      </Part>
      <Part id="forecast" title="Forecast">
        <p className="text-ink-2">{FORECAST_WORDS[why.forecast]}</p>
      </Part>
      {result.partners.length > 0 && (
        <Part id="lenses" title="The same facts under the other models">
          <OtherModels why={why} />
        </Part>
      )}
      <p className="text-2xs text-ink-3">
        Judged as of <DayText day={facts.asOf} />, memo{" "}
        <span className="tabular">{policy.hash.slice(0, 12)}</span>.
      </p>
    </div>
  );
}

/** Who decides the deal's outcome first and open, the others folded, better outcomes first. */
function Verdicts({ why }: { why: Why }) {
  const [first, ...others] = decidingFirst(why);
  if (!first) return null;
  return (
    <>
      <PartnerVerdict partner={first} why={why} isOpen />
      {others.map((partner) => (
        <details key={partner.partnerId} className="group border-line border-t pt-2">
          <summary className="flex cursor-default list-none items-center justify-between gap-2 rounded-sm py-0.5 hover:text-ink pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
            <span className="min-w-0 truncate font-medium">
              {why.names.partners[partner.partnerId] ?? partner.partnerId}
            </span>
            <span className="flex shrink-0 items-center gap-1.5">
              <OutcomeBadge outcome={partner.outcome} size="small" />
              <Icon
                name="chevronDown"
                className="size-3 text-ink-3 transition-transform group-open:rotate-180"
              />
            </span>
          </summary>
          <PartnerVerdict partner={partner} why={why} isOpen={false} />
        </details>
      ))}
    </>
  );
}

/** In the model's order of outcomes; of two alike the one with more of the deal, then by name. */
function decidingFirst({ result, policy, names }: Why) {
  const credit = ({ credit: lines }: (typeof result.partners)[number]) =>
    Object.values(lines).reduce((sum, amount) => sum + amount, 0);
  const nameOf = (id: string) => names.partners[id] ?? id;
  return result.partners.toSorted(
    (a, b) =>
      rank(policy.model, a.outcome) - rank(policy.model, b.outcome) ||
      credit(b) - credit(a) ||
      nameOf(a.partnerId).localeCompare(nameOf(b.partnerId)),
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`} className="eyebrow mb-1">
        {title}
      </h3>
      {children}
    </section>
  );
}

function GrayAreas({ why: { result, policy } }: { why: Why }) {
  return (
    <ul className="flex flex-col gap-1.5">
      {result.gray.map((code) => (
        <li key={code}>
          <Chip tone="warn">{GRAY_WORDS[code].label}</Chip>{" "}
          <Explained text={clauseText(clauseOfGray(code), policy.document)} className="text-ink-2 text-xs">
            {GRAY_WORDS[code].definition}
          </Explained>
        </li>
      ))}
    </ul>
  );
}

function OtherModels({ why: { policy, lenses, names } }: { why: Why }) {
  return (
    <ul className="divide-y divide-line">
      {MODELS.filter((model) => model !== policy.model).map((model) => (
        <li key={model} className="flex items-start justify-between gap-3 py-1.5">
          <Explained text={MODEL_WORDS[model].definition} className="text-ink-2">
            {MODEL_WORDS[model].label}
          </Explained>
          <span className="flex flex-col items-end gap-0.5">
            <OutcomeBadge outcome={lenses[model].outcome} />
            {lenses[model].partners.length > 1 &&
              lenses[model].partners.map((partner) => (
                <span key={partner.partnerId} className="flex items-center gap-1 text-ink-3 text-xs">
                  {names.partners[partner.partnerId] ?? partner.partnerId}
                  <OutcomeGlyph outcome={partner.outcome} className="size-2" />
                  {OUTCOME_WORDS[partner.outcome].label}
                </span>
              ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
