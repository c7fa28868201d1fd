"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type inferParserType, parseAsString, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { ACTION_WORDS } from "@/components/shared/audit-words";
import { PrintHead } from "@/components/shared/print-head";
import { useMe, useZone } from "@/components/shared/use-me";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { usePrintWhole } from "@/components/ui/print-whole";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { scopeOf } from "@/lib/auth/permissions";
import { placeOf } from "@/lib/text/days";
import { capital } from "@/lib/text/words";
import { AuditDay, daysOf } from "./audit-entries";
import { AuditHead } from "./audit-head";

const PAGE = 60;
const ANY = "any";
const PARAMS = { actor: parseAsString, action: parseAsString, deal: parseAsString };
const ACTION_CHOICES = [
  { value: ANY, label: "Anything" },
  ...Object.entries(ACTION_WORDS).map(([value, label]) => ({
    value,
    label: capital(label),
  })),
];
const OTHER_ACTORS = [
  { value: "command-line", label: "Command line" },
  { value: "system:demo", label: "The demo story" },
  { value: "stranger", label: "Somebody not signed in" },
];

/** Who wrote what, when, and what stood before and after; append-only, newest first. */
export function AuditSettings() {
  const me = useMe();
  const [params, setParams] = useQueryStates(PARAMS, { history: "push" });
  const readsAll = me !== undefined && scopeOf("audit.read", me.user.role) !== null;
  return (
    <div className="flex max-w-5xl flex-col gap-4">
      <Filters params={params} readsAll={readsAll} onChange={setParams} />
      {readsAll && <AuditHead />}
      {me && !readsAll && !params.deal ? (
        <EmptyState icon="lock" title="Name a deal">
          The log of one deal is open to everybody. The whole of it is for whoever signs, for admins and
          auditors.
        </EmptyState>
      ) : (
        <Log params={params} mayAsk={me !== undefined} proves={readsAll} />
      )}
    </div>
  );
}

type Params = inferParserType<typeof PARAMS>;

function Filters({
  params,
  readsAll,
  onChange,
}: {
  params: Params;
  /** Whether the whole log is open, and so whose entries are asked for. */
  readsAll: boolean;
  onChange(change: Partial<Params>): void;
}) {
  const [deal, setDeal] = useState(params.deal ?? "");
  const people = useQuery({ ...api.colleagues.queryOptions({ input: {} }), enabled: readsAll });
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ deal: deal.trim() || null });
      }}
    >
      {readsAll && (
        <Select
          label="Who"
          className="w-48 max-sm:w-full"
          value={params.actor ?? ANY}
          choices={[
            { value: ANY, label: "Anybody" },
            ...(people.data?.people ?? []).map(({ id, name }) => ({ value: `user:${id}`, label: name })),
            ...OTHER_ACTORS,
          ]}
          onChange={(actor) => onChange({ actor: actor === ANY ? null : actor })}
        />
      )}
      <Select
        label="Did what"
        className="w-60 max-sm:w-full"
        value={params.action ?? ANY}
        choices={ACTION_CHOICES}
        onChange={(action) => onChange({ action: action === ANY ? null : action })}
      />
      <TextField
        label="On the deal"
        placeholder="D-1042, then Enter"
        className="w-44 max-sm:w-full"
        value={deal}
        onChange={setDeal}
      />
      {isFiltered(params) && (
        <Button
          look="quiet"
          className="print:hidden"
          onPress={() => {
            setDeal("");
            onChange({ actor: null, action: null, deal: null });
          }}
        >
          Clear
        </Button>
      )}
    </form>
  );
}

const isFiltered = ({ actor, action, deal }: Params) => Boolean(actor || action || deal);

/** The entries, day by day. */
function Log({ params, mayAsk, proves }: { params: Params; mayAsk: boolean; proves: boolean }) {
  const filter = {
    ...(params.deal && { dealId: params.deal }),
    ...(params.actor && { actor: params.actor }),
    ...(params.action && { action: params.action }),
  };
  const log = useInfiniteQuery({
    ...api.auditLog.infiniteOptions({
      input: (before: number | undefined) => ({
        ...filter,
        ...(before !== undefined && { before }),
        perRequest: true,
        limit: PAGE,
      }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
    enabled: mayAsk,
  });
  usePrintWhole(log, PAGE);
  const zone = useZone();
  const entries = useMemo(() => log.data?.pages.flatMap((page) => page.entries) ?? [], [log.data]);
  const days = useMemo(() => daysOf(entries, zone), [entries, zone]);
  if (log.error) return <ErrorState error={log.error} onRetry={() => log.refetch()} />;
  if (log.isPending) return <SkeletonRows rows={12} label="Loading the log" />;
  if (days.length === 0)
    return isFiltered(params) ? (
      <EmptyState icon="note" title="Nobody wrote such a thing">
        Clear a filter to see more.
      </EmptyState>
    ) : (
      <EmptyState icon="note" title="Nothing was written yet">
        Every write by anybody is kept here, with what stood before and after.
      </EmptyState>
    );
  return (
    <>
      <PrintHead
        noun="entry"
        many="entries"
        rows={entries.length}
        total={log.hasNextPage ? null : entries.length}
      />
      <p className="text-ink-3 text-xs">Days and times are those of {placeOf(zone)}, the company's zone.</p>
      {days.map((day) => (
        <AuditDay key={day.day} day={day} filter={filter} proves={proves} />
      ))}
      {log.hasNextPage && (
        <Button
          className="self-center print:hidden"
          isPending={log.isFetchingNextPage}
          onPress={() => void log.fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </>
  );
}
