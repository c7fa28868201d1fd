"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Inputs, type Outputs } from "@/lib/api/client";
import { HAND_WORDS } from "@/lib/attribution/adversary/hands";
import {
  holeSentence,
  lettingSentence,
  seenSentence,
  stoppedSentence,
} from "@/lib/attribution/adversary/hole-words";
import { HEADLINES } from "@/lib/metrics/headlines";
import { numberText } from "@/lib/metrics/value-text";
import { thousands } from "@/lib/text/numbers";
import { capital, count, plural } from "@/lib/text/words";

type Answer = Outputs["adversary"];
type Way = Answer["ways"][number];
type Found = Way["cheapest"];

/** What one hand alone could raise under this text, before anybody signs it (domain.md §8.8). */
export function AdversaryPane({
  question,
  onAsk,
}: {
  /** What would be asked now; it is searched once somebody asks. */
  question(): Inputs["adversary"];
  /** Saves what is being typed; false where it could not. */
  onAsk(): Promise<boolean>;
}) {
  const [asked, setAsked] = useState<Inputs["adversary"] | null>(null);
  const answer = useQuery({
    ...api.adversary.queryOptions({ input: asked ?? question() }),
    enabled: asked !== null,
  });
  const start = async () => {
    if (!(await onAsk())) return;
    setAsked(question());
    if (asked !== null) await answer.refetch();
  };
  return (
    <Panel
      title="What one hand alone could raise"
      aside={
        <Button size="small" isPending={answer.isFetching} onPress={start}>
          Look for it
        </Button>
      }
    >
      {asked === null ? (
        <p className="text-pretty text-ink-2">
          Before it is signed: the cheapest writes of one role alone that would raise a deal, a partner or a
          quarter under this text, and the clause that lets them through. Judges the largest deals and stores
          nothing.
        </p>
      ) : (
        <Answered answer={answer.data} error={answer.error} onRetry={() => answer.refetch()} />
      )}
    </Panel>
  );
}

function Answered({
  answer,
  error,
  onRetry,
}: {
  answer: Answer | undefined;
  error: unknown;
  onRetry(): void;
}) {
  if (!answer)
    return error ? (
      <ErrorState error={error} onRetry={onRetry} />
    ) : (
      <SkeletonRows rows={4} label="Looking for what one hand alone could raise" />
    );
  const { ways, tried, of, stops, quarters } = answer;
  return (
    <div className="flex flex-col gap-4" aria-live="polite">
      <p className="text-pretty text-base">
        <strong className="font-semibold">
          {ways.length === 0
            ? "No hand alone raises anything under this text."
            : `${count(ways.length, "way")} ${plural(ways.length, "leads", "lead")} one hand alone to more credit.`}
        </strong>{" "}
        <span className="text-ink-2 text-sm">
          Tried on {tried < of ? `the ${thousands(tried)} largest of ${thousands(of)}` : thousands(of)}{" "}
          {plural(of, "deal")} that {plural(of, "is", "are")} not frozen.
        </span>
      </p>
      {ways.length > 0 && <Ways ways={ways} tried={tried} />}
      {quarters.length > 0 && <Quarters quarters={quarters} />}
      {stops.length > 0 && <Stops stops={stops} />}
    </div>
  );
}

/** Cheapest first: the writes, before and after, where it would be seen, what lets it through. */
function Ways({ ways, tried }: { ways: readonly Way[]; tried: number }) {
  return (
    <ol className="flex flex-col divide-y divide-line" aria-label="Ways, cheapest first">
      {ways.map((way) => (
        <li key={keyOf(way)} className="flex flex-col gap-0.5 py-2">
          <p className="text-pretty">
            <Sentence found={way.cheapest} />
          </p>
          <p className="text-pretty text-ink-2 text-xs">
            {seenSentence(way.cheapest)} {lettingSentence(way.through)} Possible on {thousands(way.deals)} of{" "}
            {count(tried, "deal")}
            {way.dearest.deal.id !== way.cheapest.deal.id && (
              <>
                , most of all on <DealLink found={way.dearest} />
              </>
            )}
            .
          </p>
        </li>
      ))}
    </ol>
  );
}

const keyOf = ({ cheapest: { hand, outcome, seenAs, writes } }: Way) =>
  [hand, outcome, seenAs.length > 0, ...writes.map(({ kind }) => kind)].join(" ");

function Sentence({ found }: { found: Found }) {
  const { deal, partner, currency, ...hole } = found;
  const names = { deal: deal.name, partner: partner?.name ?? null, currency };
  return (
    <>
      {holeSentence({ ...hole, partnerId: partner?.id ?? null }, names)} <DealLink found={found} />
    </>
  );
}

function DealLink({ found: { deal } }: { found: Found }) {
  return (
    <Link href={`/deals/${encodeURIComponent(deal.id)}`} className="underline underline-offset-2">
      {deal.id}
    </Link>
  );
}

function Quarters({ quarters }: Pick<Answer, "quarters">) {
  const currency = useMe()?.reportingCurrency ?? "USD";
  return (
    <section aria-label="What it would make of the quarters">
      <h3 className="font-medium text-ink-2 text-xs">What it would make of the quarters</h3>
      <ul className="mt-1 flex flex-col gap-1.5">
        {quarters.map(({ quarter, found, raised }) => (
          <li key={`${quarter} ${found.hand}`} className="text-pretty">
            <span className="font-medium">{quarter}</span>, {HAND_WORDS[found.hand]} alone:{" "}
            {raised.map(({ metric, before, after }, at) => {
              const { name, unit } = HEADLINES.find((one) => one.metric === metric)!;
              return (
                <span key={metric} className="tabular">
                  {at > 0 && "; "}
                  {name.toLowerCase()} {numberText(before, unit, currency)} →{" "}
                  {numberText(after, unit, currency)}
                </span>
              );
            })}{" "}
            <span className="text-ink-2 text-xs">
              by <DealLink found={found} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Stops({ stops }: Pick<Answer, "stops">) {
  return (
    <details>
      <summary className="cursor-pointer text-ink-2 text-xs">
        {capital(`what comes to nothing, and what stops it (${stops.length})`)}
      </summary>
      <ul className="mt-1.5 flex flex-col gap-1 text-ink-2 text-xs">
        {stops.map((stop) => (
          <li key={`${stop.hand} ${stop.outcome}`}>{stoppedSentence(stop)}</li>
        ))}
      </ul>
    </details>
  );
}
