"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Icon } from "@/components/ui/icon";
import { OutcomeBadge } from "@/components/ui/outcome-badge";
import { problemWords } from "@/components/ui/problem-words";
import { Skeleton } from "@/components/ui/skeleton";
import { api, type Inputs, problemOf } from "@/lib/api/client";
import type { PartnerResult } from "@/lib/attribution/result";
import { missingPhrase } from "@/lib/attribution/sentence";
import { OUTCOME_WORDS } from "@/lib/attribution/words";

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

/** How one partner would stand; facts that do not exist yet have no label, so they go unnamed. */
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
  const known = after.missing.map((gap) => ("factId" in gap ? { ...gap, factId: "this" } : gap));
  const word = OUTCOME_WORDS[after.outcome].label.toLowerCase();
  const moved = before?.outcome !== after.outcome ? `is ${word}` : `stays ${word}`;
  return (
    <p className="mt-1 text-ink-2">
      {name} {moved}
      {after.disputed && (
        <span className="text-warn">
          {" "}
          — disputed: {OUTCOME_WORDS[after.disputed].label.toLowerCase()} with {missingPhrase(known)}
        </span>
      )}
      .
    </p>
  );
}
