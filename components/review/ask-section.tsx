"use client";

import type { ReviewAnswer } from "./answers";
import { MetricTile } from "./metric-tile";
import { SavedTextField } from "./saved-text-field";
import { SectionHead } from "./section-head";
import { useSavedText } from "./use-saved-text";

/** What the programme asks for, written beside the numbers that it stands on. */
export function AskSection({ review, presents }: { review: ReviewAnswer; presents: boolean }) {
  const saved = useSavedText(review, "ask");
  const mayWrite = review.may.writeAsk === true && review.seal === null && !presents;
  const text = review.meeting?.ask ?? "";
  return (
    <>
      <SectionHead
        title="Investment ask"
        lead="What the programme asks for, and the numbers it stands on."
        aside={
          review.meeting?.askBy && (
            <p className="text-ink-3 text-xs">Written by {review.meeting.askBy.name}</p>
          )
        }
      />
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_15rem]">
        <div className="min-w-0">
          {mayWrite ? (
            <SavedTextField
              label="The ask"
              labelHidden
              saved={saved}
              lines={12}
              placeholder="What you ask for, how much, for what, and which of these numbers will have moved by when"
            />
          ) : text ? (
            <p className="whitespace-pre-wrap text-pretty text-lg leading-7">{text}</p>
          ) : (
            <p className="rounded-md border border-line-control border-dashed px-4 py-8 text-center text-ink-2">
              {review.meeting === null
                ? "The ask is written once the review has been started."
                : "The head of partnerships has not written the ask yet."}
            </p>
          )}
        </div>
        <div className="grid content-start gap-5 sm:grid-cols-2 xl:grid-cols-1">
          {review.headline.map((metric) => (
            <MetricTile
              key={metric.key}
              small
              metric={metric}
              quarter={review.quarter.label}
              prior={review.prior}
              currency={review.reportingCurrency}
            />
          ))}
        </div>
      </div>
    </>
  );
}
