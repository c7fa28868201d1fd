"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Money } from "@/components/shared/money";
import { DayText } from "@/components/ui/day";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SidePanel } from "@/components/ui/side-panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api, type Inputs } from "@/lib/api/client";
import { COMPARISONS, LIFT_MEASURES } from "@/lib/metrics/lift";
import { MEASURE_WORDS } from "@/lib/metrics/lift-words";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";

type Question = Inputs["lift"];

/** `winRate.plain.with` as what is asked; null for any other text. */
function figureIn(text: string) {
  const [first, second, third] = text.split(".");
  const measure = LIFT_MEASURES.find((one) => one === first);
  const comparison = COMPARISONS.find((one) => one === second);
  const side = (["with", "without"] as const).find((one) => one === third);
  return measure && comparison && side ? { measure, comparison, side } : null;
}

/** The deals that a figure of the comparison is made of, beside the page. */
export default function LiftDeals({
  figure,
  question,
  onClose,
}: {
  figure: string;
  question: Question;
  onClose(): void;
}) {
  const asked = figureIn(figure);
  const answer = useQuery({
    ...api.liftDeals.queryOptions({
      input: { ...question, ...(asked ?? { measure: "winRate", comparison: "plain", side: "with" }) },
    }),
    enabled: asked !== null,
  });
  const found = answer.data;
  const title = asked
    ? `${MEASURE_WORDS[asked.measure].label}, ${asked.side} a partner, ${asked.comparison === "plain" ? "by outcome" : "from the landmark"}`
    : "No such figure";
  return (
    <SidePanel
      title={title}
      lead={found && <span className="text-xs">{count(found.total, "deal")}</span>}
      onClose={onClose}
    >
      {answer.error ? (
        <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
      ) : !asked ? (
        <EmptyState icon="compare" title="The address names no figure of this page" />
      ) : !found ? (
        <SkeletonRows rows={8} label="Reading the deals" />
      ) : found.total === 0 ? (
        <EmptyState icon="compare" title="No deal is compared here">
          A type, currency and size is compared where it has deals on both sides.
        </EmptyState>
      ) : (
        <>
          <Deals deals={found.deals} label={title} />
          {found.total > found.deals.length && (
            <p className="pt-2 text-2xs text-ink-3">
              The last {thousands(found.deals.length)} that closed, of {thousands(found.total)}.
            </p>
          )}
        </>
      )}
    </SidePanel>
  );
}

function Deals({
  deals,
  label,
}: {
  deals: readonly {
    id: string;
    account: string | null;
    owner: string;
    amount: number;
    currency: string;
    closedOn: string;
    state: string;
    days: number | null;
  }[];
  label: string;
}) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Deal</Th>
          <Th>Closed</Th>
          <Th align="end">Days</Th>
          <Th align="end">Amount</Th>
        </tr>
      </thead>
      <tbody>
        {deals.map((deal) => (
          <tr key={deal.id}>
            <Td>
              <Link href={`/deals/${encodeURIComponent(deal.id)}`} className="font-medium hover:underline">
                {deal.account ?? deal.id}
              </Link>
              <span className="block text-2xs text-ink-3">{deal.owner}</span>
            </Td>
            <Td>
              <DayText day={deal.closedOn} />
              <span className="block text-2xs text-ink-3">{deal.state}</span>
            </Td>
            <Td align="end" className="tabular">
              {deal.days ?? "—"}
            </Td>
            <Td align="end">
              <Money amount={deal.amount} currency={deal.currency} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
