"use client";

import { useQuery } from "@tanstack/react-query";
import { type Makes, useShell } from "@/components/shared/shell-actions";
import { GuardedButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { RegistrationTable } from "./registration-table";

/** Whose registrations a record shows, and with what a new one begins. */
type Of = { partnerId: string; limit: number } | { accountId: string };

/** The registrations of a partner or of an account, and the way to record one. */
export function RegistrationsPanel({
  of,
  name,
  start,
}: {
  of: Of;
  name: string;
  start: Makes["registration"];
}) {
  const { make } = useShell();
  const { data, error, refetch } = useQuery(api.registrationsList.queryOptions({ input: of }));
  return (
    <Panel
      title="Registrations"
      id="registrations"
      aside={
        <GuardedButton
          size="small"
          icon="plus"
          because={data?.may.submit ?? null}
          onPress={() => make("registration", start)}
        >
          Record one
        </GuardedButton>
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => refetch()} />
      ) : !data ? (
        <SkeletonRows rows={2} label="Loading registrations" />
      ) : data.rows.length === 0 ? (
        <p className="text-ink-3">None yet.</p>
      ) : (
        <RegistrationTable label={`Registrations of ${name}`} rows={data.rows} limitDays={data.limitDays} />
      )}
    </Panel>
  );
}
