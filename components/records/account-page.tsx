"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { PartnerName } from "@/components/shared/names";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton, IconButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { DealTable } from "./deal-table";
import { RegistrationsPanel } from "./registrations-panel";

const AccountDialog = onDemand(() => import("./account-dialog").then((m) => m.AccountDialog));
const EnterAccountDialog = onDemand(() => import("./enter-account-dialog").then((m) => m.EnterAccountDialog));

type Answer = Outputs["accountRecord"];

/** Who is in this account? */
export function AccountPage({ accountId, first }: { accountId: string; first: Answer }) {
  const { data, error, refetch } = useQuery({
    ...api.accountRecord.queryOptions({ input: { accountId } }),
    initialData: first,
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <SkeletonRows rows={8} label="Loading the account" />;
  return (
    <div className="flex flex-col gap-6 px-4 pt-4 pb-10 sm:px-6">
      <Head answer={data} />
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-8">
          <Deals answer={data} />
          <RegistrationsPanel
            of={{ accountId: data.account.id }}
            name={data.account.name}
            start={{ accountId: data.account.id, accountName: data.account.name }}
          />
        </div>
        <PartnersIn answer={data} />
      </div>
    </div>
  );
}

function Head({ answer: { account, may } }: { answer: Answer }) {
  const [isEditing, setEditing] = useState(false);
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <p className="text-ink-3 text-xs">
          <Link href="/accounts" className="rounded-sm hover:underline">
            Accounts
          </Link>
        </p>
        <div className="flex flex-wrap items-center gap-x-3">
          <h1 className="font-semibold text-2xl tracking-tight">{account.name}</h1>
          {account.demo && <DemoMarker />}
        </div>
        <p className="text-ink-2">
          {account.domains.length > 0 ? account.domains.join(", ") : "No domain named yet."}
        </p>
      </div>
      <GuardedButton icon="edit" because={may.edit} onPress={() => setEditing(true)}>
        Edit
      </GuardedButton>
      {isEditing && <AccountDialog account={account} onClose={() => setEditing(false)} />}
    </header>
  );
}

function Deals({ answer: { account, deals } }: { answer: Answer }) {
  const me = useMe();
  const { make } = useShell();
  return (
    <Panel
      title="Deals"
      id="deals"
      aside={
        mayEver(me, "deal.create") && (
          <Button
            size="small"
            icon="plus"
            onPress={() => make("deal", { accountId: account.id, accountName: account.name })}
          >
            New deal
          </Button>
        )
      }
    >
      {deals.length === 0 ? (
        <p className="text-ink-3">No deal yet.</p>
      ) : (
        <DealTable label={`Deals of ${account.name}`} rows={deals} />
      )}
    </Panel>
  );
}

/** Everybody in the account; who is on no deal of it shows as attached. */
function PartnersIn({ answer: { account, partners, may } }: { answer: Answer }) {
  const [isOpen, setOpen] = useState(false);
  const leave = useWrite("leaveAccount", { said: () => "Taken out of the account" });
  return (
    <Panel
      title="Partners in it"
      id="partners"
      aside={
        <GuardedButton size="small" icon="plus" because={may.edit} onPress={() => setOpen(true)}>
          Add partner
        </GuardedButton>
      }
    >
      {partners.length === 0 && <p className="text-ink-3">Nobody yet.</p>}
      <ul className="divide-y divide-line">
        {partners.map((partner) => (
          <li key={partner.id} className="flex items-center justify-between gap-2 py-1.5">
            <span className="min-w-0">
              <span className="flex flex-wrap items-center gap-x-2">
                <PartnerName partner={partner} className="font-medium" />
                {partner.deals === 0 && <Chip tone="dashed">Attached</Chip>}
              </span>
              <span className="block text-ink-3 text-xs">
                {partner.deals > 0 ? `on ${count(partner.deals, "deal")}` : "on no deal of it"}
                {partner.said &&
                  ` · named ${dayInWords(partner.said.on)}${partner.said.by ? ` by ${partner.said.by}` : ""}`}
              </span>
            </span>
            {partner.said && may.edit === true && (
              <IconButton
                label={`${partner.name} is not in ${account.name}`}
                icon="close"
                size="small"
                onPress={() => leave.mutate({ partnerId: partner.id, accountId: account.id })}
              />
            )}
          </li>
        ))}
      </ul>
      {isOpen && <EnterAccountDialog account={account} onClose={() => setOpen(false)} />}
    </Panel>
  );
}
