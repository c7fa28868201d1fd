"use client";

import type { ExceptionLine } from "@/components/shared/case/answers";
import { KindText, SeatDots, StateChip } from "@/components/shared/case/case-marks";
import { GrayShare } from "@/components/shared/case/gray-share";
import { Money } from "@/components/shared/money";
import { EmptyState } from "@/components/ui/empty-state";
import { count } from "@/lib/text/words";
import type { ReviewAnswer } from "./answers";
import { SectionHead } from "./section-head";
import { casesInOrder } from "./steps";

/** All cases of the quarter at a glance, before they are taken one by one. */
export function ExceptionsSection({ review, onOpen }: { review: ReviewAnswer; onOpen(id: string): void }) {
  const { rows, open, grayShare } = review.exceptions;
  return (
    <>
      <SectionHead
        title="Exceptions"
        lead={
          rows.length === 0
            ? "Nothing was contested in this quarter."
            : review.seal
              ? `${count(rows.length, "case")}, as the meeting left them.`
              : open === 0
                ? "Every case of this quarter is decided or deferred."
                : `${open} of ${count(rows.length, "case")} to decide, the most at stake first.`
        }
        aside={
          <GrayShare
            gray={grayShare.gray}
            closed={grayShare.closed}
            limit={grayShare.limit}
            className="w-80 max-w-full"
          />
        }
      />
      {rows.length === 0 ? (
        <EmptyState title="No cases" icon="stamp">
          The quarter can be frozen as soon as the minutes are written.
        </EmptyState>
      ) : (
        <ol className="divide-y divide-line border-line border-y">
          {casesInOrder(rows).map((row) => (
            <CaseLine key={row.id} row={row} onOpen={() => onOpen(row.id)} />
          ))}
        </ol>
      )}
    </>
  );
}

function CaseLine({ row, onOpen }: { row: ExceptionLine; onOpen(): void }) {
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 rounded-sm px-1 py-2 text-left hover:bg-hover"
      >
        <span className="min-w-0 flex-1 basis-56">
          <span className="font-medium text-base">{row.account ?? row.dealId}</span>
          <span className="block text-ink-2 text-xs">
            <KindText kind={row.kind} />
          </span>
        </span>
        <SeatDots row={row} />
        <span className="w-40">
          <StateChip row={row} />
        </span>
        <Money amount={row.amount} currency={row.currency} className="w-36 text-right font-medium" />
      </button>
    </li>
  );
}
