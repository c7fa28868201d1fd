"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { StatusGlyph } from "@/components/shared/deal-status";
import { Money } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { useMe } from "@/components/shared/use-me";
import { IconButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import type { PartnerResult } from "@/lib/attribution/result";
import { missingPhrase, nextStepSentence, verdictSentence } from "@/lib/attribution/sentence";
import { OUTCOMES } from "@/lib/attribution/vocabulary";
import { statusReason } from "@/lib/metrics/deal-status-words";
import { capital } from "@/lib/text/words";
import { type DealRow, StageText } from "./deal-row";
import { RowActs } from "./row-acts";

type Why = Outputs["why"];

/** A deal beside its list: how it stands, why, and what can be done. `J` and `K` go on to the next, Escape closes. */
export function Peek({ id, row, onClose }: { id: string; row: DealRow | undefined; onClose(): void }) {
  const me = useMe();
  const why = useQuery({
    ...api.why.queryOptions({ input: { dealId: id } }),
    placeholderData: keepPreviousData,
  });
  const isOther = why.data?.facts.deal.id !== id;
  return (
    <aside
      aria-label={`${row?.account ?? id}, at a glance`}
      className="overlay-in flex w-96 shrink-0 flex-col border-line border-t border-l bg-surface max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:max-h-[75dvh] max-md:w-auto max-md:rounded-t-lg max-md:shadow-overlay"
    >
      <header className="flex items-start justify-between gap-3 px-4 pt-3 pb-2">
        <div className="min-w-0">
          <h2 className="truncate font-semibold text-base">
            <Link href={`/deals/${encodeURIComponent(id)}`} className="hover:underline">
              {row?.account ?? id}
            </Link>
          </h2>
          <p className="tabular text-ink-3 text-xs">
            {id} <Kbd keys="↵" className="ml-1 max-md:hidden" />
          </p>
        </div>
        <IconButton label="Close" keys="Esc" icon="close" size="small" onPress={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4" aria-busy={isOther}>
        {row && <Standing row={row} me={me?.user.ownerName ?? null} />}
        {why.error ? (
          <ErrorState error={why.error} onRetry={() => why.refetch()} />
        ) : why.data && !isOther ? (
          <Because why={why.data} />
        ) : (
          <SkeletonRows rows={4} label="Loading why" />
        )}
      </div>
    </aside>
  );
}

/** The deal's own line in words, and the acts that are open to whoever reads it. */
function Standing({ row, me }: { row: DealRow; me: string | null }) {
  return (
    <div className="mb-3 flex flex-col gap-2 border-line border-b pb-3">
      <p className="flex items-start gap-2">
        <span className="mt-0.5">
          <StatusGlyph status={row.status} />
        </span>
        <span className="text-pretty">{statusReason(row, me).sentence}</span>
      </p>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-xs">
        <Money amount={row.amount} currency={row.currency} className="font-medium text-ink text-sm" />
        <StageText row={row} />
        <span>{row.owner}</span>
      </p>
      <RowActs row={row} />
    </div>
  );
}

/** The verdict of each partner, the one that decides first. */
function Because({ why }: { why: Why }) {
  const { result } = why;
  const place = ({ outcome }: PartnerResult) => OUTCOMES.indexOf(outcome);
  const partners = result.partners.toSorted((one, other) => place(one) - place(other));
  return (
    <div className="flex flex-col gap-3">
      <OutcomeBadge outcome={result.outcome} size="large" />
      {partners.length === 0 && (
        <p className="text-ink-2">
          No partner is on the deal: no role row, registration, activity or ruling names one.
        </p>
      )}
      {partners.map((partner) => (
        <Verdict key={partner.partnerId} partner={partner} why={why} />
      ))}
      <Link
        href={`/deals/${encodeURIComponent(why.facts.deal.id)}`}
        className="inline-flex items-center gap-1 self-start rounded-sm text-accent-ink text-xs underline underline-offset-2"
      >
        Every test, fact and clause <Icon name="chevronRight" className="size-3" />
      </Link>
    </div>
  );
}

function Verdict({ partner, why }: { partner: PartnerResult; why: Why }) {
  const { names, policy } = why;
  const name = names.partners[partner.partnerId] ?? partner.partnerId;
  const missing = partner.missing.map((gap) =>
    "factId" in gap ? { ...gap, factId: lower(names.facts[gap.factId] ?? gap.factId) } : gap,
  );
  const next = nextStepSentence(partner.next, policy.document);
  return (
    <section aria-label={name} className="flex flex-col gap-1.5 border-line border-t pt-2.5">
      <p className="text-pretty">{verdictSentence(name, { ...partner, missing }, policy.document)}</p>
      {missing.length > 0 && (
        <p className="rounded-md bg-warn-soft px-2 py-1.5 text-warn text-xs">
          To settle it: {missingPhrase(missing)}.
        </p>
      )}
      {next && (
        <p className="text-ink-2 text-xs">
          <span className="font-medium text-ink">What would change it.</span> {capital(next)}
        </p>
      )}
    </section>
  );
}

/** As within a sentence: the days in it stay as they are. */
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
