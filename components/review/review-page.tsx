"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { usePeople } from "@/components/shared/case/use-people";
import { useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { useKeys } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useOnline } from "@/components/ui/use-online";
import { api } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { Agenda } from "./agenda";
import type { ReviewAnswer } from "./answers";
import { MeetingBar, StartLine } from "./meeting-bar";
import { MinutesField } from "./minutes-section";
import { REVIEW_PARAMS } from "./review-params";
import { Section } from "./section";
import { asksForMore, isAmongCases, type Step, stepBeside, stepsOf } from "./steps";
import { useCasesBeside } from "./use-cases-beside";
import { useMeeting } from "./use-meeting";
import { usePulse } from "./use-pulse";
import { type MoreCases, useReviewCases } from "./use-review-cases";

const KeysDialog = onDemand(() => import("@/components/shared/keys-dialog").then((m) => m.KeysDialog));

/** Can we finish in the meeting? `first` is the server's answer; null where it refused. */
export function ReviewPage({ quarter, first }: { quarter: string; first: ReviewAnswer | null }) {
  const answer = useQuery({
    ...api.review.queryOptions({ input: { quarter } }),
    ...(first && { initialData: first }),
    // A rate that is missing is missing the next second, too.
    retry: false,
  });
  if (answer.data) return <Pulsing review={answer.data} />;
  if (!answer.error) return <SkeletonRows rows={10} label={`Loading the review of ${quarter}`} />;
  return <Refused error={answer.error} onRetry={() => answer.refetch()} />;
}

function Pulsing({ review }: { review: ReviewAnswer }) {
  const { review: now, isLost } = usePulse(review);
  return <Meeting {...useReviewCases(now)} isLost={isLost} />;
}

/** Why it cannot be shown, and the ways out: to the rates where one is missing, and back. */
function Refused({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const isRate = problemOf(error).field.startsWith("rates.");
  return (
    <main className="flex-1">
      <ErrorState error={error} onRetry={onRetry} />
      <p className="-mt-8 flex justify-center gap-4 pb-14">
        {isRate && (
          <Link href="/settings/finance" className="text-accent underline underline-offset-2">
            Record the rate in costs and rates
          </Link>
        )}
        <Link href="/review" className="text-accent underline underline-offset-2">
          All quarters
        </Link>
      </p>
    </main>
  );
}

function Meeting({ review, more, isLost }: { review: ReviewAnswer; more: MoreCases; isLost: boolean }) {
  const me = useMe();
  const [{ present: presents }] = useQueryStates(REVIEW_PARAMS);
  const place = useMeeting(review, me, presents);
  const { steps, step, at, go } = useSteps(review, place, more);
  useCasesBeside(steps, at, review.seal !== null);
  const [isMinuting, setMinuting] = useState(false);
  const [keys, setKeys] = useState(false);
  useKeys({
    ArrowLeft: () => go(-1),
    ArrowRight: () => go(1),
    m: () => setMinuting((now) => !now),
    f: place.follow,
    "?": () => setKeys(true),
  });
  const hasMinutes = isMinuting && review.may.writeMinutes === true && step.id !== "minutes" && !presents;

  return (
    <>
      {presents ? (
        <PresenterBar review={review} step={step} at={at} of={steps.length + more.left} />
      ) : (
        <>
          <MeetingBar
            review={review}
            place={place}
            isMinuting={hasMinutes}
            onMinutes={() => setMinuting((now) => !now)}
            onKeys={() => setKeys(true)}
          />
          <StartLine review={review} />
        </>
      )}
      <Connection isLost={isLost} />
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        {!presents && <AgendaBeside review={review} more={more} steps={steps} step={step} onGo={place.go} />}
        <Middle review={review} more={more} step={step} presents={presents} onOpen={place.go} />
        {hasMinutes && (
          <aside
            aria-label="Minutes"
            className="w-80 shrink-0 overflow-y-auto border-line border-l p-4 max-lg:w-full max-lg:border-t max-lg:border-l-0"
          >
            <MinutesField review={review} lines={20} />
          </aside>
        )}
      </div>
      {!presents && <Steps step={step} at={at} of={steps.length + more.left} onGo={go} />}
      {keys && <KeysDialog isOpen onClose={() => setKeys(false)} />}
    </>
  );
}

/** The agenda's steps, which of them one is at, and the way to those beside it. */
function useSteps(review: ReviewAnswer, place: ReturnType<typeof useMeeting>, more: MoreCases) {
  const steps = stepsOf(review);
  const found = steps.findIndex(({ id }) => id === place.position);
  const at = Math.max(0, found);
  const asksMore = more.left > 0 && asksForMore(steps, found, review.exceptions.open);
  useEffect(() => {
    if (asksMore) more.ask();
  });
  const go = (by: 1 | -1) => {
    const to = stepBeside(steps, at, by);
    // Past the last case that is here others may be to decide: they are being asked for.
    if (asksMore && to?.caseState === null && isAmongCases(steps[at]!, by)) return;
    if (to) place.go(to.id);
  };
  return { steps, step: steps[at] as Step, at, go };
}

/** The agenda: a list beside, or a choice above where there is no room. */
function AgendaBeside({
  review,
  more,
  steps,
  step,
  onGo,
}: {
  review: ReviewAnswer;
  more: MoreCases;
  steps: readonly Step[];
  step: Step;
  onGo(id: string): void;
}) {
  return (
    <>
      <aside className="w-60 shrink-0 overflow-y-auto border-line border-r bg-sunken p-2 max-lg:hidden">
        <Agenda steps={steps} kinds={review.exceptions.kinds} more={more} position={step.id} onGo={onGo} />
      </aside>
      <nav aria-label="Agenda, as a list" className="border-line border-b p-3 lg:hidden">
        <Select
          label="Go to"
          labelHidden
          choices={steps.map(({ id, name, detail }) => ({ value: id, label: name, note: detail }))}
          value={step.id}
          onChange={onGo}
        />
      </nav>
    </>
  );
}

/** For the room: larger, and a case close to the top, so that what it waits for is in sight. */
const PRESENTED = "mx-auto max-w-6xl px-6 [zoom:1.25] max-lg:[zoom:1]";

/** The one thing on the screen; another place begins at its top. */
function Middle({
  review,
  more,
  step,
  presents,
  onOpen,
}: {
  review: ReviewAnswer;
  more: MoreCases;
  step: Step;
  presents: boolean;
  onOpen(id: string): void;
}) {
  const people = usePeople();
  const middle = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place begins at its top
  useEffect(() => {
    middle.current?.scrollTo({ top: 0 });
  }, [step.id]);
  const measure =
    step.caseState === null
      ? "mx-auto max-w-5xl px-4 pt-7 pb-10 sm:px-8"
      : "mx-auto max-w-7xl px-4 pt-6 sm:px-8";
  return (
    <main
      ref={middle}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={step.name}
      className="min-w-0 flex-1 outline-none lg:overflow-y-auto"
    >
      <div className={presents ? `${PRESENTED} ${step.caseState === null ? "pt-10" : "pt-4"}` : measure}>
        <Section
          review={review}
          more={more}
          position={step.id}
          people={people}
          presents={presents}
          onOpen={onOpen}
        />
      </div>
    </main>
  );
}

/** Back and on, with their keys. */
function Steps({ step, at, of, onGo }: { step: Step; at: number; of: number; onGo(by: 1 | -1): void }) {
  return (
    <footer className="flex shrink-0 items-center justify-center gap-4 border-line border-t bg-canvas px-3 py-2 max-lg:sticky max-lg:bottom-0">
      <Button onPress={() => onGo(-1)} isDisabled={at === 0}>
        <Kbd keys="←" /> Back
      </Button>
      <div className="w-56 min-w-0">
        <p className="tabular truncate text-center text-ink-3 text-xs">
          {at + 1} of {of}
          <span className="max-sm:hidden"> · {step.name}</span>
        </p>
        <div aria-hidden="true" className="mt-1 h-0.75 rounded-full bg-hover">
          <div className="h-full rounded-full bg-accent" style={{ width: `${((at + 1) / of) * 100}%` }} />
        </div>
      </div>
      <Button look="primary" onPress={() => onGo(1)} isDisabled={at === of - 1}>
        On <Kbd keys="→" className="opacity-80" />
      </Button>
    </footer>
  );
}

/** For the room: where we are, and nothing to press. */
function PresenterBar({
  review,
  step,
  at,
  of,
}: {
  review: ReviewAnswer;
  step: Step;
  at: number;
  of: number;
}) {
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-6 py-3 text-base">
      <p className="font-semibold">Review of {review.quarter.label}</p>
      <p className="text-ink-2">{step.name}</p>
      <p className="tabular ml-auto text-ink-3">
        {review.meeting?.facilitator && !review.seal && <>led by {review.meeting.facilitator.name} · </>}
        {at + 1} of {of}
      </p>
    </header>
  );
}

/** Says that the others cannot be heard, and that nothing is lost by it. */
function Connection({ isLost }: { isLost: boolean }) {
  const online = useOnline();
  if (online && !isLost) return null;
  return (
    <p role="status" className="flex items-center gap-2 bg-warn-soft px-4 py-1.5 text-warn">
      <Icon name="alert" className="size-3.5" />
      No connection. What you write stays in this browser and is saved as soon as it is back.
    </p>
  );
}
