"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { PartnerName } from "@/components/shared/names";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button, GuardedButton } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { DealTable } from "./deal-table";
import { MembershipPanel } from "./membership-panel";
import { RegistrationsPanel } from "./registrations-panel";

const AccountDialog = onDemand(() => import("./account-dialog").then((m) => m.AccountDialog));

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

/** Everybody in the account. */
function PartnersIn({ answer: { account, partners, may } }: { answer: Answer }) {
  return (
    <MembershipPanel
      title="Partners in it"
      id="partners"
      of={{ account }}
      add="Add partner"
      may={may.edit}
      empty="Nobody yet."
      members={partners.map((partner) => ({
        ...{ partner, account, deals: partner.deals, isSaid: partner.said !== null },
        shown: <PartnerName partner={partner} className="font-medium" />,
        detail: [onDeals(partner.deals), partner.said && namedWords(partner.said)]
          .filter(Boolean)
          .join(" · "),
      }))}
    />
  );
}

const onDeals = (deals: number) => (deals > 0 ? `on ${count(deals, "deal")}` : "on no deal of it");
const namedWords = ({ on, by }: { on: string; by: string | null }) =>
  `named ${dayInWords(on)}${by ? ` by ${by}` : ""}`;
