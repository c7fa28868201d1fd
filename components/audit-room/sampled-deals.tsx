"use client";

import Link from "next/link";
import { useState } from "react";
import { EvidenceMark } from "@/components/shared/evidence";
import { Money } from "@/components/shared/money";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { Proof } from "@/components/shared/proof";
import { useZone } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Icon } from "@/components/ui/icon";
import { onDemand } from "@/components/ui/on-demand";
import { timeInWords } from "@/components/ui/time";
import { DEAL_OUTCOME_LABELS, TEST_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import type { OpenSample, SampledDeal } from "./answers";
import { factWords, VERDICT_WORDS } from "./sample-words";

const TickDialog = onDemand(() => import("./tick-dialog").then((m) => m.TickDialog));

/** The drawn deals as the seal has them, each with what was found of it. */
export function SampledDeals({ sample }: { sample: OpenSample }) {
  return (
    <ol className="flex flex-col divide-y divide-line border-line border-y">
      {sample.deals.map((deal, before) => (
        <li key={deal.dealId} className="break-inside-avoid py-4">
          <article
            aria-label={`${before + 1}. ${deal.account ?? deal.dealId}`}
            className="grid gap-x-8 gap-y-3 lg:grid-cols-[16rem_minmax(0,1fr)_16rem]"
          >
            <Which deal={deal} place={before + 1} />
            <Why deal={deal} />
            <Found sampleId={sample.id} deal={deal} may={sample.may.tick} />
          </article>
        </li>
      ))}
    </ol>
  );
}

function Which({ deal, place }: { deal: SampledDeal; place: number }) {
  return (
    <div className="min-w-0">
      <h2 className="font-medium">
        <span className="tabular text-ink-3">{place}. </span>
        <Link
          href={`/deals/${encodeURIComponent(deal.dealId)}`}
          className="rounded-sm decoration-line-control underline-offset-4 hover:underline"
        >
          {deal.account ?? deal.dealId}
        </Link>
      </h2>
      <p className="tabular text-ink-3 text-xs">{deal.dealId}</p>
      <p className="mt-1">
        <Money amount={deal.amount} currency={deal.currency} />
      </p>
      <p className="text-ink-2 text-xs">
        {DEAL_OUTCOME_LABELS[deal.state]}
        {deal.closedOn && ` on ${dayInWords(deal.closedOn)}`}, {deal.owner}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <OutcomeBadge outcome={deal.outcome} />
        {deal.evidence && <EvidenceMark grade={deal.evidence} />}
      </p>
      <Link
        href={`/settings/audit?deal=${encodeURIComponent(deal.dealId)}`}
        className="mt-1 inline-block rounded-sm text-accent-ink text-xs underline underline-offset-2 print:hidden"
      >
        Its entries in the log, with proofs
      </Link>
    </div>
  );
}

function Why({ deal }: { deal: SampledDeal }) {
  const nameOf = (id: string) => deal.partners.find(({ partner }) => partner.id === id)?.partner.name ?? id;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {deal.partners.length === 0 && (
        <p className="text-ink-2">
          {deal.noPartnerOn
            ? `Its owner said on ${dayInWords(deal.noPartnerOn)} that no partner was involved.`
            : "No partner is on it."}
        </p>
      )}
      {deal.partners.map(({ partner, outcome, tests }) => (
        <section key={partner.id} aria-label={partner.name}>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">{partner.name}</span>
            <OutcomeBadge outcome={outcome} size="small" />
          </p>
          <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-xs">
            {tests.map(({ test, passed }) => (
              <li key={test} className="inline-flex items-center gap-1">
                <Icon
                  name={passed ? "check" : "close"}
                  className={passed ? "size-3 text-accent" : "size-3 text-danger"}
                />
                {TEST_WORDS[test].label}
                <span className="sr-only">{passed ? ", passed" : ", not passed"}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {deal.facts.length > 0 && (
        <ul aria-label="Facts" className="flex flex-col gap-1 border-line border-l-2 pl-3 text-xs">
          {deal.facts.map((fact) => (
            <li key={fact.id} className="flex flex-wrap items-baseline gap-x-2">
              <span className="text-ink-3">{nameOf(fact.partnerId)}</span>
              <span>{factWords(fact)}</span>
              {fact.kind === "activity" && <Proof proof={fact.proof} />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Found({ sampleId, deal, may }: { sampleId: string; deal: SampledDeal; may: true | string }) {
  const [isOpen, setOpen] = useState(false);
  const zone = useZone();
  const tick = useWrite("tickSampledDeal", {
    said: () => `${deal.account ?? deal.dealId} holds`,
  });
  const { verdict, note, ticked } = deal;
  return (
    <div className="min-w-0">
      {verdict ? (
        <>
          <Chip tone={verdict === "holds" ? "accent" : "danger"}>{VERDICT_WORDS[verdict]}</Chip>
          {note && <p className="mt-1 break-words">{note}</p>}
          {ticked && (
            <p className="mt-1 text-ink-3 text-xs">
              {ticked.name}, {timeInWords(ticked.at, zone)}
            </p>
          )}
        </>
      ) : (
        <p className="text-ink-3">Not looked at yet</p>
      )}
      <div className="mt-2 flex flex-wrap gap-2 print:hidden">
        {verdict === null && (
          <GuardedButton
            size="small"
            because={may}
            isPending={tick.isPending}
            onPress={() => tick.mutate({ sampleId, dealId: deal.dealId, verdict: "holds" })}
          >
            Holds
          </GuardedButton>
        )}
        {may === true && (
          <Button size="small" look="quiet" onPress={() => setOpen(true)}>
            {verdict === null ? "Does not, or with a note…" : "Change…"}
          </Button>
        )}
      </div>
      {isOpen && <TickDialog sampleId={sampleId} deal={deal} onClose={() => setOpen(false)} />}
    </div>
  );
}
