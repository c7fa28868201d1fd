"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { PartnerName, PartnerNames } from "@/components/shared/names";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button, GuardedButton } from "@/components/ui/button";
import { DayText } from "@/components/ui/day";
import { ErrorState } from "@/components/ui/error-state";
import { onDemand } from "@/components/ui/on-demand";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { PARTNER_KIND_LABELS } from "@/lib/attribution/words";
import { count, list } from "@/lib/text/words";
import { ActivityByMonth } from "./activity-by-month";
import { PartnerFigures } from "./partner-figures";
import { PartnerActivities, PartnerDeals, SHOWN } from "./partner-lists";
import { PartnerAccounts, PartnerContacts, PartnerProgramList } from "./partner-panels";
import { PartnerPlay } from "./partner-play";
import { PartnerStatements } from "./partner-statements";
import { PartnerSteps } from "./partner-steps";
import { RegistrationsPanel } from "./registrations-panel";
import { ResponseTimes } from "./response-times";
import { StandingChip, standingWords } from "./standing";

const MergeDialog = onDemand(() => import("./merge-dialog").then((m) => m.MergeDialog));
const PartnerDialog = onDemand(() => import("./partner-dialog").then((m) => m.PartnerDialog));

type Answer = Outputs["partner"];
type Motion = Outputs["partnerMotion"];

/** One partner: who they are, where they are, and what they did for outcomes. */
export function PartnerPage({
  partnerId,
  first,
  motion,
}: {
  partnerId: string;
  first: Answer;
  motion: Motion;
}) {
  const { data, error, refetch } = useQuery({
    ...api.partner.queryOptions({ input: { partnerId } }),
    initialData: first,
  });
  const { data: moves = motion } = useQuery({
    ...api.partnerMotion.queryOptions({ input: { partnerId } }),
    initialData: motion,
  });
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <SkeletonRows rows={8} label="Loading the partner" />;
  return (
    <div className="flex flex-col gap-6 px-4 pt-4 pb-10 sm:px-6">
      <Head answer={data} sinceDays={moves.sinceDays} />
      <PartnerFigures partnerId={partnerId} motion={moves} />
      <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-8">
          <ActivityByMonth partnerId={partnerId} months={moves.months} />
          <PartnerDeals partner={data.partner} />
          <RegistrationsPanel
            of={{ partnerId: data.partner.id, limit: SHOWN }}
            name={data.partner.name}
            start={{ partnerId: data.partner.id }}
          />
          <PartnerActivities partner={data.partner} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <PartnerPlay partner={data.partner} />
          <PartnerSteps steps={moves.steps} />
          <ResponseTimes partnerId={partnerId} />
          <PartnerContacts answer={data} />
          <PartnerAccounts answer={data} />
          <PartnerProgramList answer={data} />
          <PartnerStatements partner={data.partner} />
        </div>
      </div>
    </div>
  );
}

function Head({
  answer: { partner, may, windowDays },
  sinceDays,
}: {
  answer: Answer;
  sinceDays: number | null;
}) {
  const [open, setOpen] = useState<"edit" | "merge" | null>(null);
  const me = useMe();
  const { logActivity } = useShell();
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <p className="text-ink-3 text-xs">
          <Link href="/partners" className="rounded-sm hover:underline">
            Partners
          </Link>
        </p>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="font-semibold text-2xl tracking-tight">{partner.name}</h1>
          <StandingChip standing={partner.standing} days={windowDays} />
          {partner.demo && <DemoMarker />}
        </div>
        <dl className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-ink-2">
          <Said what="Kind">{PARTNER_KIND_LABELS[partner.kind]}</Said>
          <Said what="Owner">{partner.owner?.name ?? "nobody yet"}</Said>
          {partner.parent && (
            <Said what="Part of">
              <PartnerName partner={partner.parent} />
            </Said>
          )}
          {partner.children.length > 0 && (
            <Said what="Parent of">
              <PartnerNames partners={partner.children} />
            </Said>
          )}
          {partner.records.length > 0 && (
            <Said what="Also recorded as">{list(partner.records.map(({ name }) => name))}</Said>
          )}
          <Said what="Last action">
            {partner.lastActionOn ? (
              <>
                <DayText day={partner.lastActionOn} />
                {sinceDays !== null && `, ${agoWords(sinceDays)}`}
              </>
            ) : (
              "none yet"
            )}
          </Said>
        </dl>
        <p className="mt-1 text-ink-3 text-xs">It {standingWords(partner.standing, windowDays)}.</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <GuardedButton icon="edit" because={may.edit} onPress={() => setOpen("edit")}>
          Edit
        </GuardedButton>
        <GuardedButton because={may.merge} onPress={() => setOpen("merge")}>
          Merge
        </GuardedButton>
        {mayEver(me, "activity.log") && (
          <Button look="primary" icon="activity" onPress={() => logActivity({ partnerId: partner.id })}>
            Log activity
          </Button>
        )}
      </div>
      {open === "edit" && <PartnerDialog partner={partner} onClose={() => setOpen(null)} />}
      {open === "merge" && <MergeDialog partner={partner} onClose={() => setOpen(null)} />}
    </header>
  );
}

const agoWords = (days: number) => (days === 0 ? "today" : `${count(days, "day")} ago`);

function Said({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-ink-3 text-xs">{what}</dt>
      <dd>{children}</dd>
    </div>
  );
}
