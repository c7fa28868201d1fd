"use client";

import type { ReviewAnswer } from "./answers";
import { undecidedWords } from "./freeze-words";
import { SavedTextField } from "./saved-text-field";
import { SectionHead } from "./section-head";
import { useSavedText } from "./use-saved-text";

/** The minutes as a section of their own: what was said, to be sealed with the numbers. */
export function MinutesSection({ review, presents }: { review: ReviewAnswer; presents: boolean }) {
  const text = review.meeting?.minutes ?? "";
  return (
    <>
      <SectionHead title="Minutes" lead="What was said and agreed. Sealed with the quarter." />
      {presents || review.may.writeMinutes !== true ? (
        text ? (
          <p className="max-w-prose whitespace-pre-wrap text-base leading-7">{text}</p>
        ) : (
          <p className="text-ink-2">
            {presents || review.may.writeMinutes === true
              ? "No minutes have been written yet."
              : `${review.may.writeMinutes}.`}
          </p>
        )
      ) : (
        <MinutesField review={review} lines={18} />
      )}
      {review.exceptions.open > 0 && review.seal === null && (
        <p className="mt-4 text-ink-3 text-xs">{undecidedWords(review.exceptions.open)}</p>
      )}
    </>
  );
}

/** The minutes under way, wherever they are written: one text, one draft. */
export function MinutesField({ review, lines }: { review: ReviewAnswer; lines: number }) {
  const saved = useSavedText(review, "minutes");
  return (
    <SavedTextField
      label="Minutes"
      saved={saved}
      lines={lines}
      placeholder="Who said what, and what was agreed. Saved while you write."
    />
  );
}
