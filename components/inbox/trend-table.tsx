"use client";

import { DayText } from "@/components/ui/day";
import { Table, Td, Th } from "@/components/ui/table";
import { INBOX_WORDS, type InboxKind } from "@/lib/metrics/inbox-kinds";
import { leftOf, type Week } from "./week-left";

/** What the line is drawn from, the latest week first. */
export function TrendTable({ weeks, kind }: { weeks: readonly Week[]; kind: InboxKind | null }) {
  return (
    <>
      <p className="pb-2 text-ink-2 text-sm">
        What was left at each week's last count, put off or not, of who looks after it today.
      </p>
      <Table label="What was left, week by week" className="text-sm">
        <thead>
          <tr>
            <Th>Week of</Th>
            <Th>Counted</Th>
            <Th align="end">Left</Th>
            {kind === null && <Th>Of which</Th>}
          </tr>
        </thead>
        <tbody>
          {weeks.toReversed().map((week) => (
            <tr key={week.week}>
              <Td>
                <DayText day={week.week} />
              </Td>
              <Td>{week.countedOn ? <DayText day={week.countedOn} /> : "not counted"}</Td>
              <Td align="end">{leftOf(week, kind) ?? "–"}</Td>
              {kind === null && (
                <Td className="text-ink-2">
                  {week.kinds.map((one) => `${INBOX_WORDS[one.kind].label} ${one.left}`).join(", ")}
                </Td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}
