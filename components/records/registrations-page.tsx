"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useDeferredValue } from "react";
import { PrintHead } from "@/components/shared/print-head";
import { useShell } from "@/components/shared/shell-actions";
import { GuardedButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { More } from "@/components/ui/more";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { REGISTRATION_STATUSES } from "@/lib/attribution/vocabulary";
import { REGISTRATION_STATUS_LABELS } from "@/lib/attribution/words";
import { count } from "@/lib/text/words";
import { REGISTRATIONS_PARAMS } from "./records-params";
import { RegistrationTable } from "./registration-table";

const STATUSES = REGISTRATION_STATUSES.map((value) => ({ value, label: REGISTRATION_STATUS_LABELS[value] }));

/** Who waits for an answer, and what does it collide with? */
export function RegistrationsPage() {
  const { make } = useShell();
  const [{ status, search, open }, set] = useQueryStates(REGISTRATIONS_PARAMS);
  const settled = useDeferredValue(search.trim());
  const input = { status, ...(settled && { search: settled }) };
  const list = useInfiniteQuery(
    api.registrationsList.infiniteOptions({
      input: (after: string | undefined) => ({ ...input, after }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <PageHeader
        title="Registrations"
        lead={first ? waitingWords(first) : "Who waits for an answer."}
        actions={
          <GuardedButton
            look="primary"
            icon="plus"
            because={first?.may.submit ?? null}
            onPress={() => make("registration")}
          >
            New registration
          </GuardedButton>
        }
      />
      <PrintHead noun="registration" rows={rows.length} total={list.hasNextPage ? null : rows.length} />
      <Filters />
      <div className="max-w-5xl px-4 pb-8 sm:px-6">
        {list.error ? (
          <ErrorState error={list.error} onRetry={() => list.refetch()} />
        ) : !first ? (
          <SkeletonRows rows={6} label="Loading registrations" />
        ) : rows.length === 0 ? (
          <EmptyState icon="registration" title={settled ? "None like that" : emptyTitle(status)}>
            {!settled &&
              "A partner manager records one when a partner registers a deal; somebody else decides it."}
          </EmptyState>
        ) : (
          <RegistrationTable
            label="Registrations"
            rows={rows}
            limitDays={first.limitDays}
            open={open}
            onOpen={(id) => set({ open: id })}
          />
        )}
        <More list={list} />
      </div>
    </>
  );
}

/** Which to show; it stands in the address. */
function Filters() {
  const [{ status, search }, set] = useQueryStates(REGISTRATIONS_PARAMS);
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SegmentedControl
        label="Status"
        choices={STATUSES}
        value={status}
        onChange={(next) => set({ status: next, open: null })}
      />
      <TextField
        label="Find a registration"
        labelHidden
        placeholder="Partner, account or domain"
        className="w-60"
        value={search}
        onChange={(text) => set({ search: text || null })}
      />
    </div>
  );
}

function waitingWords({ waiting, overdue, limitDays }: Outputs["registrationsList"]): string {
  if (waiting === 0) return "Nobody waits for an answer.";
  const late = overdue > 0 ? `; longer than ${count(limitDays, "day")}: ${overdue}` : "";
  return `${count(waiting, "registration waits", "registrations wait")} for an answer${late}.`;
}

const emptyTitle = (status: string) =>
  status === "pending" ? "Nobody waits for an answer" : `None was ${status} yet`;
