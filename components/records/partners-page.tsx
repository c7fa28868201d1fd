"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useDeferredValue, useState } from "react";
import { PartnerName } from "@/components/shared/names";
import { PrintHead } from "@/components/shared/print-head";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { DayText } from "@/components/ui/day";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { More } from "@/components/ui/more";
import { useNarrow } from "@/components/ui/narrow";
import { onDemand } from "@/components/ui/on-demand";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api, type Outputs } from "@/lib/api/client";
import { isInfluencedFamily } from "@/lib/attribution/models";
import { OUTCOMES } from "@/lib/attribution/vocabulary";
import { percentOf, thousands } from "@/lib/text/numbers";
import { dealsOfPartner } from "./deals-of-partner";
import { PartnerBelongs, PartnerCards } from "./partner-cards";
import { PARTNERS_PARAMS } from "./records-params";
import { STANDING_LABELS, StandingChip } from "./standing";

type Answer = Outputs["partnersInMotion"];
type Line = Answer["rows"][number];

const SORTS = [
  { value: "name", label: "By name" },
  { value: "lastActionOn", label: "Last action first" },
  { value: "deals", label: "Most deals first" },
] as const;
const ResponseTimes = onDemand(() => import("./response-times").then((m) => m.ResponseTimes));

const STANDINGS = ["active", "silent", "attached", "new"] as const;

/** Who is in motion, who is noise? */
export function PartnersPage() {
  const router = useRouter();
  const me = useMe();
  const { make } = useShell();
  const [{ search, standing, sort }] = useQueryStates(PARTNERS_PARAMS);
  const settled = useDeferredValue(search.trim());
  const input = {
    ...(settled && { search: settled }),
    ...(standing && { standing }),
    sort,
  };
  const list = useInfiniteQuery(
    api.partnersInMotion.infiniteOptions({
      input: (after: string | undefined) => ({ ...input, after }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const add = async () => {
    const made = await make("partner");
    if (made) router.push(`/partners/${encodeURIComponent(made.id)}`);
  };
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const mayAdd = mayEver(me, "partner.edit");
  return (
    <>
      <PageHeader
        title="Partners"
        lead="Who is in motion, and who is noise."
        actions={
          mayAdd && (
            <Button look="primary" icon="plus" onPress={add}>
              New partner
            </Button>
          )
        }
      />
      <PrintHead noun="partner" rows={rows.length} total={list.hasNextPage ? null : rows.length} />
      <Filters counts={first?.counts ?? null} />
      <div className="px-4 pb-8 sm:px-6">
        {list.error ? (
          <ErrorState error={list.error} onRetry={() => list.refetch()} />
        ) : !first ? (
          <SkeletonRows rows={10} label="Loading partners" />
        ) : rows.length === 0 ? (
          <Nobody isNarrowed={Boolean(settled || standing)} onAdd={mayAdd ? add : undefined} />
        ) : (
          <Shown rows={rows} days={first.windowDays} />
        )}
        <More list={list} />
        <ResponsesByRep />
      </div>
    </>
  );
}

/** Asked for, since it looks at every introduction of a year. */
function ResponsesByRep() {
  const [isOpen, setOpen] = useState(false);
  if (isOpen)
    return (
      <div className="max-w-xl pt-6">
        <ResponseTimes />
      </div>
    );
  return (
    <Button className="mt-6" size="small" icon="clock" onPress={() => setOpen(true)}>
      Time to response, by rep and partner
    </Button>
  );
}

/** Whom to show, and in which order; it stands in the address. */
function Filters({ counts }: { counts: Answer["counts"] }) {
  const [{ search, standing, sort }, set] = useQueryStates(PARTNERS_PARAMS);
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <TextField
        label="Find a partner"
        labelHidden
        placeholder="Find a partner"
        className="w-56"
        value={search}
        onChange={(text) => set({ search: text || null })}
      />
      <SegmentedControl
        label="Standing"
        value={standing ?? "all"}
        onChange={(next) => set({ standing: next === "all" ? null : next })}
        choices={[
          { value: "all", label: "All" },
          ...STANDINGS.map((value) => ({
            value,
            label: (
              <>
                {STANDING_LABELS[value]} <span className="tabular text-ink-3">{counts?.[value] ?? ""}</span>
              </>
            ),
          })),
        ]}
        className="max-w-full overflow-x-auto"
      />
      <Select
        label="Order"
        labelHidden
        choices={SORTS}
        value={sort}
        onChange={(next) => set({ sort: next })}
        className="w-40"
      />
    </div>
  );
}

function Nobody({ isNarrowed, onAdd }: { isNarrowed: boolean; onAdd?(): void }) {
  if (isNarrowed) return <EmptyState icon="people" title="No partner like that" />;
  return (
    <EmptyState
      icon="people"
      title="No partners yet"
      action={
        onAdd && (
          <Button look="primary" icon="plus" onPress={onAdd}>
            New partner
          </Button>
        )
      }
    >
      Enter them here, or bring them with partners.csv in Import.
    </EmptyState>
  );
}

function Shown(shown: { rows: readonly Line[]; days: number }) {
  return useNarrow() ? <PartnerCards {...shown} /> : <Partners {...shown} />;
}

/** Of the influenced family without co-sell, a number of its own (domain.md §7). */
const INFLUENCED = OUTCOMES.filter((one) => isInfluencedFamily(one) && one !== "co_sell");

function Partners({ rows, days }: { rows: readonly Line[]; days: number }) {
  const hasCoSell = rows.some(({ coSell }) => coSell > 0);
  return (
    <Table label="Partners">
      <thead>
        <tr>
          <Th>Partner</Th>
          <Th>Standing</Th>
          <Th>Last action</Th>
          <Th align="end">Sourced</Th>
          {hasCoSell && <Th align="end">Co-sell</Th>}
          <Th align="end">Influenced</Th>
          <Th align="end">Disputed</Th>
          <Th align="end">Deals</Th>
          <Th align="end">Proof rate</Th>
          <Th align="end">Next steps</Th>
          <Th>Owner</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="hover:bg-hover">
            <Td className="min-w-48">
              <PartnerName partner={row} className="font-medium" />
              <span className="block text-ink-3 text-xs">
                <PartnerBelongs row={row} />
              </span>
            </Td>
            <Td>
              <StandingChip standing={row.standing} days={days} />
            </Td>
            <Td>
              {row.lastActionOn ? (
                <DayText day={row.lastActionOn} />
              ) : (
                <span className="text-ink-3">never</span>
              )}
            </Td>
            <Figure value={row.sourced} opens={dealsOfPartner(row.id, { partnerOutcome: ["sourced"] })} />
            {hasCoSell && (
              <Figure value={row.coSell} opens={dealsOfPartner(row.id, { partnerOutcome: ["co_sell"] })} />
            )}
            <Figure
              value={row.influenced - (hasCoSell ? row.coSell : 0)}
              opens={dealsOfPartner(row.id, { partnerOutcome: INFLUENCED })}
            />
            <Figure value={row.disputed} opens={dealsOfPartner(row.id, { partnerDisputed: true })} />
            <Figure value={row.deals} opens={dealsOfPartner(row.id)} />
            <Td align="end" className="tabular whitespace-nowrap">
              <ProofShare row={row} />
            </Td>
            <Figure value={row.openSteps} opens={`/partners/${encodeURIComponent(row.id)}#next-steps`} />
            <Td className="whitespace-nowrap">
              {row.owner?.name ?? <span className="text-ink-3">nobody</span>}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Figure({ value, opens }: { value: number; opens: string }) {
  return (
    <Td align="end" className={value === 0 ? "tabular text-ink-3" : "tabular"}>
      {value === 0 ? (
        thousands(value)
      ) : (
        <Link href={opens} prefetch={false} className="rounded-sm hover:text-accent-ink hover:underline">
          {thousands(value)}
        </Link>
      )}
    </Td>
  );
}

/** Activities with proof among those of the last twelve months; none is no rate. */
function ProofShare({ row: { id, proven, activities } }: { row: Line }) {
  if (activities === 0)
    return (
      <span className="text-ink-3">
        <span aria-hidden="true">—</span>
        <span className="sr-only">no activity in twelve months</span>
      </span>
    );
  return (
    <Link
      href={dealsOfPartner(id, { partnerProof: proven === activities ? "proven" : "missing" })}
      prefetch={false}
      className="rounded-sm hover:text-accent-ink hover:underline"
    >
      {percentOf(proven, activities, 0)}
    </Link>
  );
}
