"use client";

import { lazy, Suspense, useState } from "react";
import { Term } from "@/components/shared/term";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { dayOfInstant } from "@/lib/company-day";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";
import { CloseChecklist } from "./close-checklist";
import { FrozenQuarter } from "./frozen-quarter";
import { SectionHead } from "./section-head";
import { TakeAway } from "./take-away";

const FreezeDialog = lazy(() => import("./freeze-dialog").then((m) => ({ default: m.FreezeDialog })));

/** The end of the meeting: what a freeze seals, what still stands in its way; after it, the seal. */
export function FreezeSection({
  review,
  presents,
  onOpen,
}: {
  review: ReviewAnswer;
  presents: boolean;
  onOpen(id: string): void;
}) {
  const { label } = review.quarter;
  if (review.seal) return <FrozenQuarter review={review} presents={presents} />;
  return (
    <>
      <SectionHead
        title={
          <>
            <Term of="freeze">Freeze</Term> {label}
          </>
        }
        lead="A frozen quarter never changes again. What anybody edits later shows beside it, as a restatement."
      />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <section aria-label="What it seals">
          <h2 className="eyebrow mb-2">What it seals</h2>
          <Contents review={review} />
        </section>
        <section aria-label="Freeze">
          <h2 className="eyebrow mb-2">Before it is frozen</h2>
          <CloseChecklist review={review} presents={presents} onOpen={onOpen} />
          <TwoHands review={review} presents={presents} />
          <h2 className="eyebrow mt-8 mb-2">Take it away as it stands</h2>
          <TakeAway quarter={label} />
        </section>
      </div>
    </>
  );
}

/** One person prepares it, another, from finance, freezes it. */
function TwoHands({ review, presents }: { review: ReviewAnswer; presents: boolean }) {
  const { label } = review.quarter;
  const { preparation } = review.close;
  const zone = useMe()?.timeZone ?? "UTC";
  const [isAsking, setAsking] = useState(false);
  const prepare = useWrite("prepareFreeze", {
    quiet: true,
    said: () => ({
      message: `The freeze of ${label} is prepared`,
      detail: "Another person of finance freezes it.",
    }),
  });
  return (
    <div className="mt-5 flex flex-col items-start gap-3">
      <p className="text-ink-2">
        {preparation
          ? `Prepared by ${preparation.by.name} on ${dayInWords(dayOfInstant(preparation.at, zone))}. Whoever freezes it freezes exactly that: a closed deal, a case, a cost, a rate, the ask or the minutes that change meanwhile call it off.`
          : "Two people freeze a quarter: one prepares it, another, from finance, freezes."}
      </p>
      {!presents && (
        <div className="flex flex-wrap gap-2">
          <GuardedButton
            look={preparation ? "plain" : "primary"}
            because={review.may.prepare}
            isPending={prepare.isPending}
            onPress={() => prepare.mutate({ quarter: label })}
          >
            {preparation ? "Prepare it again" : "Prepare the freeze"}
          </GuardedButton>
          <GuardedButton
            look={preparation ? "primary" : "plain"}
            icon="lock"
            because={review.may.freeze}
            onPress={() => setAsking(true)}
          >
            Freeze {label}
          </GuardedButton>
        </div>
      )}
      {!presents && preparation && review.may.freeze !== true && (
        <p className="text-ink-3 text-xs">{review.may.freeze}.</p>
      )}
      {prepare.error && <ProblemLine error={prepare.error} />}
      {isAsking && (
        <Suspense fallback={<Button isPending>Freeze {label}</Button>}>
          <FreezeDialog review={review} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Contents({ review }: { review: ReviewAnswer }) {
  const { exceptions, policy, meeting } = review;
  const lines: { what: string; detail: string; missing?: boolean }[] = [
    {
      what: "The closed deals",
      detail: `${count(exceptions.grayShare.closed, "deal")}, with every fact, verdict and credit line`,
      missing: exceptions.grayShare.closed === 0,
    },
    {
      what: "The memo",
      detail: policy.signed
        ? `“${policy.signed.title}”, ${policy.hash.slice(0, 12)}`
        : `a draft nobody signed, ${policy.hash.slice(0, 12)}`,
      missing: policy.signed === null,
    },
    {
      what: "The numbers",
      detail: "with the costs, the rates and the quarters before that they are held against",
    },
    {
      what: "The exceptions",
      detail: `${exceptions.settled} settled, ${exceptions.deferred} deferred, ${exceptions.open} to decide`,
      missing: exceptions.open > 0,
    },
    {
      what: "The ask",
      detail: meeting?.ask ? `by ${meeting.askBy?.name ?? "the head of partnerships"}` : "not written",
      missing: !meeting?.ask,
    },
    {
      what: "The minutes",
      detail: meeting?.minutes ? "as written" : "not written",
      missing: !meeting?.minutes,
    },
  ];
  return (
    <ul className="divide-y divide-line border-line border-y">
      {lines.map(({ what, detail, missing }) => (
        <li key={what} className="flex items-start gap-2.5 py-2">
          <Icon
            name={missing ? "minus" : "check"}
            className={missing ? "mt-0.5 size-3.5 text-warn" : "mt-0.5 size-3.5 text-accent"}
          />
          <span className="min-w-0">
            <span className="font-medium">{what}</span>
            <span className="block text-ink-2 text-xs">{detail}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
