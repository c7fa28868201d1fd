"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Icon } from "@/components/ui/icon";
import { problemWords } from "@/components/ui/problem-words";
import { Skeleton } from "@/components/ui/skeleton";
import { api, type Inputs } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import type { PartnerResult } from "@/lib/attribution/result";
import { missingPhrase } from "@/lib/attribution/sentence";
import type { Outcome } from "@/lib/attribution/vocabulary";
import { OUTCOME_WORDS } from "@/lib/attribution/words";
import { list } from "@/lib/text/words";
import { OutcomeBadge } from "./outcome-badge";

export type Change = Inputs["preview"]["change"];

/** What the server says an edit would make of the deal; asked anew at each change of the form. */
export function useEffectOf(dealId: string | null, change: Change | null) {
  return useQuery({
    ...api.preview.queryOptions({ input: { dealId: dealId ?? "", change: change as Change } }),
    enabled: dealId !== null && change !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
}

/** The effect of an edit, shown before it is saved: the deal's outcome, then the partner's own. */
export function Effect({
  dealId,
  change,
  partnerName,
  unsaid = "Choose a partner to see what this makes of the deal.",
}: {
  dealId: string | null;
  change: Change | null;
  partnerName?: string;
  unsaid?: string;
}) {
  const effect = useEffectOf(dealId, change);
  const partnerId = change && "partnerId" in change ? change.partnerId : null;
  return (
    <div aria-live="polite" className="min-h-9 rounded-md bg-sunken px-3 py-2 text-xs">
      {change === null ? (
        <p className="text-ink-3">{unsaid}</p>
      ) : effect.error ? (
        <p className="text-danger">{problemWords(problemOf(effect.error)).detail}</p>
      ) : !effect.data ? (
        <Skeleton className="my-0.5 w-48" />
      ) : (
        <>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="text-ink-2">The deal</span>
            {effect.data.before.outcome === effect.data.after.outcome ? (
              <>
                <span className="text-ink-2">stays</span>
                <OutcomeBadge outcome={effect.data.after.outcome} />
              </>
            ) : (
              <>
                <OutcomeBadge outcome={effect.data.before.outcome} />
                <Icon name="chevronRight" className="size-3 text-ink-3" />
                <span className="sr-only">becomes</span>
                <OutcomeBadge outcome={effect.data.after.outcome} />
              </>
            )}
          </p>
          <PartnerEffect
            name={partnerName ?? "The partner"}
            before={effect.data.before.partners.find((one) => one.partnerId === partnerId)}
            after={effect.data.after.partners.find((one) => one.partnerId === partnerId)}
          />
        </>
      )}
    </div>
  );
}

const LACKS = {
  proof: "proof",
  confirmation: "the AE's confirmation",
  approval: "the registration's approval",
  second_hand: "a second person behind it",
} as const;

/** What a dispute lacks, unnamed: the fact may not exist yet. */
function lacking(missing: PartnerResult["missing"]): string {
  const words = missing.map((gap) => (gap.lacks === "updates" ? missingPhrase([gap]) : LACKS[gap.lacks]));
  return list([...new Set(words)]);
}

const word = (outcome: Outcome) =>
  outcome === "none" ? "not credited" : OUTCOME_WORDS[outcome].label.toLowerCase();

/** How one partner would stand. */
function PartnerEffect({
  name,
  before,
  after,
}: {
  name: string;
  before?: PartnerResult;
  after?: PartnerResult;
}) {
  if (!after) return null;
  return (
    <p className="mt-1 text-ink-2">
      {name} {before?.outcome === after.outcome ? "stays" : "is"} {word(after.outcome)}
      {after.disputed && (
        <span className="text-warn">
          : disputed, {word(after.disputed)} with {lacking(after.missing)}
        </span>
      )}
      .
    </p>
  );
}
