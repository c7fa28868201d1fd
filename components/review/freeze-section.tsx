"use client";

import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { count } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";
import { undecidedWords } from "./freeze-words";
import { FrozenQuarter } from "./frozen-quarter";
import { SectionHead } from "./section-head";
import { TakeAway } from "./take-away";

/** Open cases named before the rest is counted. */
const SHOWN = 8;

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
        title={`Freeze ${label}`}
        lead="A frozen quarter never changes again. What anybody edits later shows beside it, as a restatement."
      />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <section aria-label="What it seals">
          <h2 className="eyebrow mb-2">What it seals</h2>
          <Contents review={review} />
        </section>
        <section aria-label="Freeze">
          <Readiness review={review} onOpen={onOpen} />
          {!presents && <Freeze review={review} />}
          <h2 className="eyebrow mt-8 mb-2">Take it away as it stands</h2>
          <TakeAway quarter={label} />
        </section>
      </div>
    </>
  );
}

const openCases = ({ exceptions }: ReviewAnswer) => exceptions.rows.filter(({ state }) => state === "open");

/** Whether everything is decided, and the cases that are not. */
function Readiness({ review, onOpen }: { review: ReviewAnswer; onOpen(id: string): void }) {
  const { freeze } = review.may;
  const open = openCases(review);
  return (
    <>
      <h2 className="eyebrow mb-2">{freeze === true ? "Ready" : "What stands in its way"}</h2>
      {open.length > 0 && (
        <div className="mb-4">
          <p className="text-warn">{undecidedWords(open.length)}</p>
          <ul className="mt-1.5 flex flex-col gap-0.5">
            {open.slice(0, SHOWN).map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  onClick={() => onOpen(row.id)}
                  className="rounded-sm text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current"
                >
                  {row.account ?? row.dealId}
                </button>{" "}
                <span className="text-ink-3 text-xs">{row.label}</span>
              </li>
            ))}
            {open.length > SHOWN && <li className="text-ink-3 text-xs">and {open.length - SHOWN} more</li>}
          </ul>
        </div>
      )}
      {freeze === true ? (
        <p className="text-ink-2">Everything is decided or deferred. Finance freezes with one press.</p>
      ) : (
        open.length === 0 && <p className="text-ink-2">{freeze}.</p>
      )}
    </>
  );
}

/** The one press, asked twice. */
function Freeze({ review }: { review: ReviewAnswer }) {
  const [isAsking, setAsking] = useState(false);
  const { label } = review.quarter;
  const { freeze: may } = review.may;
  const freeze = useWrite("freezeQuarter", {
    quiet: true,
    said: ({ answer }) => ({
      message: `${answer.quarter} is frozen`,
      detail: `${count(answer.deals, "deal")} sealed.`,
    }),
    onDone: () => setAsking(false),
  });
  return (
    <div className="mt-4 flex flex-col items-start gap-3">
      <Button look="primary" icon="lock" isDisabled={may !== true} onPress={() => setAsking(true)}>
        Freeze {label}
      </Button>
      {may !== true && openCases(review).length > 0 && <p className="text-ink-3 text-xs">{may}.</p>}
      {freeze.error && <ProblemLine error={freeze.error} />}
      <ConfirmDialog
        title={`Freeze ${label}?`}
        confirm={`Freeze ${label}`}
        isOpen={isAsking}
        isPending={freeze.isPending}
        onConfirm={() => freeze.mutate({ quarter: label })}
        onClose={() => setAsking(false)}
      >
        Its deals, numbers, policy, costs, rates, exceptions, ask and minutes are sealed under one digest.
        This cannot be taken back by anybody.
      </ConfirmDialog>
    </div>
  );
}

function Contents({ review }: { review: ReviewAnswer }) {
  const { exceptions, policy, meeting } = review;
  const lines: { what: string; detail: string; missing?: boolean }[] = [
    {
      what: "The closed deals",
      detail: `${exceptions.grayShare.closed} of them, with every fact, verdict and credit line`,
    },
    {
      what: "The memo",
      detail: policy.signed
        ? `“${policy.signed.title}”, ${policy.hash.slice(0, 12)}`
        : `a draft nobody signed, ${policy.hash.slice(0, 12)}`,
      missing: policy.signed === null,
    },
    { what: "The numbers", detail: "with the costs and rates they were counted from" },
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
