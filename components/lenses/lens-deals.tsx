"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { DealsPanel, LINES, nextOffset } from "@/components/shared/deals-panel";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { api, type Inputs } from "@/lib/api/client";
import { MODEL_WORDS, OUTCOME_WORDS } from "@/lib/attribution/words";

/** The deals of one cell of the lens table, each with the outcome that counts when it is another. */
export function LensDeals({
  question,
  onClose,
}: {
  question: Pick<Inputs["lensDeals"], "model" | "outcome" | "quarter">;
  onClose(): void;
}) {
  const { model, outcome, quarter } = question;
  const answer = useInfiniteQuery(
    api.lensDeals.infiniteOptions({
      input: (offset: number) => ({ ...question, offset, limit: LINES }),
      initialPageParam: 0,
      getNextPageParam: nextOffset,
    }),
  );
  return (
    <DealsPanel
      title={`${OUTCOME_WORDS[outcome].label} under ${MODEL_WORDS[model].label.toLowerCase()}`}
      of={quarter ? `, ${quarter}` : ", all time"}
      onClose={onClose}
      answer={answer}
      empty="No deal is in this cell"
      more={(row) =>
        row.outcome !== row.lens && (
          <p className="mt-0.5 flex items-center gap-1.5 text-ink-2 text-xs">
            Counts today as <OutcomeBadge outcome={row.outcome} />
          </p>
        )
      }
    />
  );
}
