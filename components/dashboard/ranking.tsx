"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { dealsOfParts } from "@/components/shared/figures/deals-of-parts";
import { ValueText } from "@/components/shared/figures/figure-value";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SidePanel } from "@/components/ui/side-panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api, type Outputs } from "@/lib/api/client";
import { ENOUGH_A_SIDE } from "@/lib/metrics/definition";
import { percentOf } from "@/lib/text/numbers";
import { RankedProofs } from "./ranked-proofs";

type By = "partner" | "owner";
type Found = Outputs["ranking"];
type Proofs = Pick<Found["rows"][number], "id" | "name" | "activities" | "proven">;

const OPENS =
  "-mx-1 rounded-sm px-1 decoration-line-control underline-offset-4 hover:bg-hover hover:underline";

/** By which parameter a page is narrowed to one of them. */
const LOOK_OF = { partner: "forPartner", owner: "forOwner" } as const;
const FIGURES: Readonly<Record<keyof Found["opens"], string>> = {
  sourced: "sourced",
  creditedWon: "won with credit",
  winRate: "win rate",
};

/** Partners, or owners, beside each other, each by the numbers narrowed to it; a name narrows the page to it. */
export default function Ranking({
  quarter,
  by,
  onBy,
  onClose,
}: {
  quarter: string;
  by: By;
  onBy(by: By): void;
  onClose(): void;
}) {
  const answer = useQuery(api.ranking.queryOptions({ input: { quarter, by } }));
  const found = answer.data;
  return (
    <SidePanel title="Ranking" lead={<span className="text-xs">{quarter}</span>} onClose={onClose}>
      <div className="flex flex-col gap-3 pt-3">
        <SegmentedControl
          label="Of whom"
          value={by}
          onChange={onBy}
          choices={[
            { value: "partner", label: "Partners" },
            { value: "owner", label: "Owners" },
          ]}
        />
        {answer.error ? (
          <ErrorState error={answer.error} onRetry={() => answer.refetch()} />
        ) : !found ? (
          <SkeletonRows rows={8} label="Counting for each" />
        ) : found.rows.length === 0 ? (
          <EmptyState icon="compare" title={`Nobody has a deal in ${quarter}`}>
            Whoever is on a deal that was created, closed or open in the quarter stands here.
          </EmptyState>
        ) : (
          <Ranked key={by} found={found} by={by} />
        )}
      </div>
    </SidePanel>
  );
}

function Ranked({ found, by }: { found: Found; by: By }) {
  const { quarter, reportingCurrency: currency } = found;
  const key = LOOK_OF[by];
  const [proofsOf, setProofsOf] = useState<Proofs | null>(null);
  if (proofsOf) return <RankedProofs by={by} row={proofsOf} onBack={() => setProofsOf(null)} />;
  return (
    <Table label={by === "partner" ? "Partners ranked" : "Owners ranked"}>
      <thead>
        <tr>
          <Th>{by === "partner" ? "Partner" : "Owner"}</Th>
          <Th align="end">Sourced</Th>
          <Th align="end">Credited, won</Th>
          <Th align="end">Win rate</Th>
          <Th align="end">Proven</Th>
        </tr>
      </thead>
      <tbody>
        {found.rows.map(({ id, name, sourced, creditedWon, winRate, closed, activities, proven }) => (
          <tr key={id}>
            <Td className="text-xs">
              <Link
                href={`/dashboard?${new URLSearchParams({ quarter, [key]: id })}`}
                className="rounded-sm font-medium hover:underline"
              >
                {name}
              </Link>
            </Td>
            <Td align="end" className="text-xs">
              <Opening of="sourced" id={id} {...{ found, by, name }}>
                <ValueText value={sourced} unit="money" currency={currency} isInLink />
              </Opening>
            </Td>
            <Td align="end" className="text-xs">
              <Opening of="creditedWon" id={id} {...{ found, by, name }}>
                <ValueText value={creditedWon} unit="money" currency={currency} isInLink />
              </Opening>
            </Td>
            <Td align="end" className="text-xs">
              <Opening of="winRate" id={id} {...{ found, by, name }}>
                {closed > 0 && closed < ENOUGH_A_SIDE ? (
                  <span className="text-ink-3">too few to tell</span>
                ) : (
                  <ValueText value={winRate} unit="share" currency={currency} isInLink />
                )}
              </Opening>
              <span className="tabular block text-2xs text-ink-3">n = {closed}</span>
            </Td>
            <Td align="end" className="text-xs">
              {activities === 0 ? (
                <span className="text-ink-3">—</span>
              ) : (
                <button
                  type="button"
                  onClick={() => setProofsOf({ id, name, activities, proven })}
                  className={OPENS}
                >
                  {percentOf(proven, activities)}
                  <span className="sr-only">, proof rate of {name}, open its activities</span>
                </button>
              )}
              <span className="tabular block text-2xs text-ink-3">n = {activities}</span>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** A figure of a row, which opens to the deals that it is counted from, each as the row counts it. */
function Opening({
  of,
  id,
  name,
  found: { quarter, opens },
  by,
  children,
}: {
  of: keyof Found["opens"];
  id: string;
  name: string;
  found: Found;
  by: By;
  children: ReactNode;
}) {
  const { number, figure, parts } = opens[of];
  return (
    <Link
      href={dealsOfParts(quarter, number, parts, { figure, look: { [LOOK_OF[by]]: id } })}
      prefetch={false}
      className={OPENS}
    >
      {children}
      <span className="sr-only">
        , {FIGURES[of]} of {name}, open its deals
      </span>
    </Link>
  );
}
