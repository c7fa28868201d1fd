"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useDeferredValue } from "react";
import { AccountName, PartnerNames } from "@/components/shared/names";
import { PrintHead } from "@/components/shared/print-head";
import { useShell } from "@/components/shared/shell-actions";
import { GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { More } from "@/components/ui/more";
import { useNarrow } from "@/components/ui/narrow";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Table, Td, Th } from "@/components/ui/table";
import { api, type Outputs } from "@/lib/api/client";
import { thousands } from "@/lib/text/numbers";
import { count } from "@/lib/text/words";
import { ACCOUNTS_PARAMS } from "./records-params";

type Line = Outputs["accountsList"]["rows"][number];

/** Who is in which account? */
export function AccountsPage() {
  const router = useRouter();
  const { make } = useShell();
  const [{ search }, set] = useQueryStates(ACCOUNTS_PARAMS);
  const settled = useDeferredValue(search.trim());
  const list = useInfiniteQuery(
    api.accountsList.infiniteOptions({
      input: (after: string | undefined) => ({ ...(settled && { search: settled }), after }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const first = list.data?.pages[0];
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const add = async () => {
    const made = await make("account");
    if (made) router.push(`/accounts/${encodeURIComponent(made.id)}`);
  };
  return (
    <>
      <PageHeader
        title="Accounts"
        lead="Customers, and the partners in each."
        actions={
          <GuardedButton look="primary" icon="plus" because={first?.may.create ?? null} onPress={add}>
            New account
          </GuardedButton>
        }
      />
      <PrintHead noun="account" rows={rows.length} total={list.hasNextPage ? null : rows.length} />
      <div className="px-4 pb-3 sm:px-6">
        <TextField
          label="Find an account"
          labelHidden
          placeholder="Name or domain"
          className="max-w-60"
          value={search}
          onChange={(text) => set({ search: text || null })}
        />
      </div>
      <div className="px-4 pb-8 sm:px-6">
        {list.error ? (
          <ErrorState error={list.error} onRetry={() => list.refetch()} />
        ) : !first ? (
          <SkeletonRows rows={10} label="Loading accounts" />
        ) : rows.length === 0 ? (
          <EmptyState icon="account" title={settled ? "No account like that" : "No accounts yet"}>
            {!settled && "The first deal of a customer enters its account. Or enter one here."}
          </EmptyState>
        ) : (
          <Shown rows={rows} />
        )}
        <More list={list} />
      </div>
    </>
  );
}

function Shown(shown: { rows: readonly Line[] }) {
  return useNarrow() ? <AccountCards {...shown} /> : <Accounts {...shown} />;
}

/** Accounts where a table has no room. */
function AccountCards({ rows }: { rows: readonly Line[] }) {
  return (
    <ul aria-label="Accounts" className="divide-y divide-line border-line border-t">
      {rows.map((row) => (
        <li key={row.id} className="py-2.5">
          <div className="flex items-center justify-between gap-3">
            <AccountName account={row} className="min-w-0 truncate py-1 font-medium" />
            {row.waiting > 0 && <Chip tone="warn">{row.waiting} waiting</Chip>}
          </div>
          <p className="text-ink-3 text-xs">
            {[count(row.deals, "deal"), openWords(row.open), ...row.domains].join(" · ")}
          </p>
          {row.partners.length > 0 && (
            <p className="mt-0.5 text-xs">
              <PartnerNames partners={row.partners} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

const openWords = (open: number) => (open === 0 ? "none open" : `${thousands(open)} open`);

function Accounts({ rows }: { rows: readonly Line[] }) {
  return (
    <Table label="Accounts">
      <thead>
        <tr>
          <Th>Account</Th>
          <Th align="end">Open deals</Th>
          <Th align="end">Deals</Th>
          <Th>Partners in it</Th>
          <Th>Registrations</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="hover:bg-hover">
            <Td className="min-w-48">
              <AccountName account={row} className="font-medium" />
              {row.domains.length > 0 && (
                <span className="block text-ink-3 text-xs">{row.domains.join(", ")}</span>
              )}
            </Td>
            <Td align="end" className="tabular">
              {thousands(row.open)}
            </Td>
            <Td align="end" className="tabular">
              {thousands(row.deals)}
            </Td>
            <Td className="min-w-48">
              <PartnerNames partners={row.partners} />
            </Td>
            <Td>{row.waiting > 0 && <Chip tone="warn">{row.waiting} waiting</Chip>}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
