"use client";

import { Icon } from "@/components/ui/icon";
import { problemWords } from "@/components/ui/problem-words";
import { Skeleton } from "@/components/ui/skeleton";
import type { Inputs, Writes } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import type { PartnerResult } from "@/lib/attribution/result";
import { missingPhrase } from "@/lib/attribution/sentence";
import type { Grade as GradeName, Outcome } from "@/lib/attribution/vocabulary";
import { GRADE_WORDS, GRAY_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";
import { list } from "@/lib/text/words";
import { OutcomeBadge } from "./outcome-badge";
import { type RehearsedDeal, useRehearsal } from "./use-rehearsal";

/** The effect of a write on its deal, shown before it is saved: the deal's outcome, then its partners' own. */
export function Effect<K extends Writes>({
  verb,
  input,
  partnerName,
  unsaid,
}: {
  verb: K;
  /** Null while it is not told. */
  input: Inputs[K] | null;
  /** By id, of those whose standing is shown; undefined for the others. */
  partnerName(partnerId: string): string | undefined;
  /** What stands here while nothing is told. */
  unsaid: string;
}) {
  const effect = useRehearsal(verb, input);
  const deal = effect.data?.deals[0];
  return (
    <div aria-live="polite" className="min-h-9 rounded-md bg-sunken px-3 py-2 text-xs">
      {input === null ? (
        <p className="text-ink-3">{unsaid}</p>
      ) : effect.error ? (
        <p className="text-danger">{problemWords(problemOf(effect.error)).detail}</p>
      ) : !deal ? (
        <Skeleton className="my-0.5 w-48" />
      ) : (
        <OnDeal deal={deal} partnerName={partnerName} />
      )}
    </div>
  );
}

function OnDeal({
  deal: { before, after },
  partnerName,
}: {
  deal: RehearsedDeal;
  partnerName(partnerId: string): string | undefined;
}) {
  if (!before || !after) return null;
  const was = new Map(before.result.partners.map((one) => [one.partnerId, one]));
  const opened = after.result.gray.filter((code) => !before.result.gray.includes(code));
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-ink-2">The deal</span>
        <Becomes before={before.result.outcome} after={after.result.outcome} />
        <Grade before={before.result.evidence} after={after.result.evidence} />
      </p>
      {before.state !== after.state && (
        <p className="mt-1">
          It was {before.state}, and is <strong className="font-semibold">{after.state}</strong> then.
        </p>
      )}
      {after.result.partners.map((partner) => (
        <PartnerEffect
          key={partner.partnerId}
          name={partnerName(partner.partnerId)}
          before={was.get(partner.partnerId)}
          after={partner}
        />
      ))}
      {opened.length > 0 && (
        <p className="mt-1 text-warn">
          Opens a case: {list(opened.map((code) => GRAY_WORDS[code].label.toLowerCase()))}.
        </p>
      )}
    </>
  );
}

/** On whose word it rests, before and after; nothing without credit. */
function Grade({ before, after }: { before: GradeName | null; after: GradeName | null }) {
  if (after === null) return null;
  const was =
    before !== null && before !== after ? `${GRADE_WORDS[before].label.toLowerCase()} so far` : null;
  return (
    <span className="text-ink-2">
      {GRADE_WORDS[after].label.toLowerCase()}
      {was && `, ${was}`}
    </span>
  );
}

/** What an outcome becomes, in words as well as in sight. */
export function Becomes({ before, after }: { before: Outcome; after: Outcome }) {
  if (before === after)
    return (
      <>
        <span className="text-ink-2">stays</span>
        <OutcomeBadge outcome={after} />
      </>
    );
  return (
    <>
      <OutcomeBadge outcome={before} />
      <Icon name="chevronRight" className="size-3 text-ink-3" />
      <span className="sr-only">becomes</span>
      <OutcomeBadge outcome={after} />
    </>
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

/** How one partner would stand; nothing of those that nobody asks about. */
function PartnerEffect({
  name,
  before,
  after,
}: {
  name: string | undefined;
  before: PartnerResult | undefined;
  after: PartnerResult;
}) {
  if (name === undefined) return null;
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
