"use client";

import { useQuery } from "@tanstack/react-query";
import { Effect } from "@/components/shared/effect";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { FormDialog } from "@/components/ui/form-dialog";
import { RadioCards } from "@/components/ui/radio-cards";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { formatMoney } from "@/lib/money";
import { dealFrom } from "./deal-from";

type Line = Outputs["registrationsList"]["rows"][number];
type Candidate = Outputs["registration"]["deals"][number];

/** Says to which open deal a registration belongs that stands before one, after showing what it makes of it. */
export function MatchDialog({ line, onClose }: { line: Line; onClose(): void }) {
  const { data, error, refetch } = useQuery(
    api.registration.queryOptions({ input: { registrationId: line.id } }),
  );
  const of = line.account?.name ?? "its account";
  const only = data?.deals.length === 1 ? data.deals[0]!.id : null;
  const form = useForm({
    start: { dealId: null as string | null },
    sent: ({ dealId }) => {
      const chosen = dealId ?? only;
      return chosen ? { registrationId: line.id, dealId: chosen } : null;
    },
    write: useWrite("matchRegistration", {
      quiet: true,
      undo: true,
      said: () => `${line.partner.name}'s registration belongs to the deal of ${of} now`,
      onDone: onClose,
    }),
  });
  const chosen = form.values.dealId ?? only;
  return (
    <FormDialog
      form={form}
      title={`Which deal of ${of} does ${line.partner.name} mean?`}
      save="Match"
      notes="It keeps the day on which it was recorded, and is a fact of that deal from now on."
      onClose={onClose}
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!data && !error && <SkeletonRows rows={3} label="Looking for its deals" />}
      {data?.deals.length === 0 && <NoDeal line={line} onClose={onClose} />}
      {data && data.deals.length > 0 && (
        <>
          <RadioCards
            label="Deal"
            choices={data.deals.map(choiceOf)}
            value={chosen}
            onChange={(dealId) => form.set({ dealId })}
          />
          <Effect
            verb="matchRegistration"
            input={chosen ? { registrationId: line.id, dealId: chosen } : null}
            partnerName={(id) => (id === line.partner.id ? line.partner.name : undefined)}
            unsaid="Choose a deal to see what the registration makes of it."
          />
        </>
      )}
    </FormDialog>
  );
}

const choiceOf = ({ id, account, owner, stage, amount, currency, partners }: Candidate) => ({
  value: id,
  label: (
    <>
      {account ?? id}, {formatMoney(amount, currency)}
    </>
  ),
  detail: [`${id} · ${owner} · stage ${stage}`, ...new Set(partners.map(({ name }) => name))].join(" · "),
});

/** Where none of its account is open: how one comes about, and where else to look. */
function NoDeal({ line, onClose }: { line: Line; onClose(): void }) {
  const me = useMe();
  const { make } = useShell();
  const { account, domain } = line;
  return (
    <EmptyState
      title={`No open deal of ${account?.name ?? "its account"}`}
      action={
        mayEver(me, "deal.create") && (
          <Button
            onPress={() => {
              onClose();
              void make("deal", dealFrom(line));
            }}
          >
            Enter its deal
          </Button>
        )
      }
    >
      {domain
        ? `The account that is known by ${domain} has none either. Does the customer go by another name here? Put the domain on that account, and its deals are offered.`
        : "The partner gave no domain by which an account of another name would be found."}
    </EmptyState>
  );
}
