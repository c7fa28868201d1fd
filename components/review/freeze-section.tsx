"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { api } from "@/lib/api/client";
import { count } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";
import { undecidedWords } from "./freeze-words";
import { Seal } from "./seal";
import { SectionHead } from "./section-head";
import { TakeAway } from "./take-away";

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
  const [isAsking, setAsking] = useState(false);
  const { label } = review.quarter;
  const freeze = useWrite("freezeQuarter", {
    quiet: true,
    said: ({ answer }) => ({
      message: `${answer.quarter} is frozen`,
      detail: `${count(answer.deals, "deal")} sealed.`,
    }),
    onDone: () => setAsking(false),
  });
  if (review.seal) return <Frozen review={review} presents={presents} />;
  const barred = review.may.freeze === true ? null : review.may.freeze;
  const open = review.exceptions.rows.filter(({ state }) => state === "open");
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
          <h2 className="eyebrow mb-2">{barred === null ? "Ready" : "What stands in its way"}</h2>
          {open.length > 0 && (
            <div className="mb-4">
              <p className="text-warn">{undecidedWords(open.length)}</p>
              <ul className="mt-1.5 flex flex-col gap-0.5">
                {open.slice(0, 8).map((row) => (
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
                {open.length > 8 && <li className="text-ink-3 text-xs">and {open.length - 8} more</li>}
              </ul>
            </div>
          )}
          {barred === null ? (
            <p className="text-ink-2">Everything is decided or deferred. Finance freezes with one press.</p>
          ) : (
            open.length === 0 && <p className="text-ink-2">{barred}.</p>
          )}
          {!presents && (
            <div className="mt-4 flex flex-col items-start gap-3">
              <Button look="primary" icon="lock" isDisabled={barred !== null} onPress={() => setAsking(true)}>
                Freeze {label}
              </Button>
              {barred !== null && open.length > 0 && <p className="text-ink-3 text-xs">{barred}.</p>}
              {freeze.error && <ProblemLine error={freeze.error} />}
            </div>
          )}
          <h2 className="eyebrow mt-8 mb-2">Take it away as it stands</h2>
          <TakeAway quarter={label} />
        </section>
      </div>
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
    </>
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

function Frozen({ review, presents }: { review: ReviewAnswer; presents: boolean }) {
  const { label } = review.quarter;
  const differs = useQuery({
    ...api.restatements.queryOptions({ input: { quarter: label, limit: 1 } }),
    enabled: !presents,
  }).data;
  return (
    <>
      <SectionHead
        title={`${label} is frozen`}
        lead="Its numbers come from the seal, whatever happens to the deals."
      />
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <div className="flex flex-col gap-6">
          {review.seal && <Seal seal={review.seal} quarter={label} />}
          <section aria-label="Restatements">
            <h2 className="eyebrow mb-1.5">Since then</h2>
            <p className="text-ink-2">
              {!differs
                ? "Looking for what differs…"
                : differs.total === 0
                  ? "Nothing differs from the seal."
                  : `${count(differs.total, "deal differs", "deals differ")} from the seal, ${
                      differs.counts.movesNumbers
                    } by which the numbers would.`}{" "}
              <Link
                href={`/review/${label}/restatements`}
                className="text-accent-ink underline decoration-line-control underline-offset-2 hover:decoration-current"
              >
                Restatements
              </Link>
            </p>
          </section>
        </div>
        <section aria-label="Take-away">
          <h2 className="eyebrow mb-2">Take it away</h2>
          <TakeAway quarter={label} long />
        </section>
      </div>
    </>
  );
}
