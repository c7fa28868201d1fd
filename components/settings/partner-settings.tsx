"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { DemoMarker } from "@/components/shared/demo-marker";
import { PartnerName } from "@/components/shared/names";
import { Program } from "@/components/shared/program/program";
import type { ProgramPartner } from "@/components/shared/program/program-days";
import { GuardedButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { onDemand } from "@/components/ui/on-demand";
import { Panel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api, type Outputs } from "@/lib/api/client";
import { PARTNER_KIND_LABELS } from "@/lib/attribution/words";
import { list } from "@/lib/text/words";

const GrantDialog = onDemand(() =>
  import("@/components/shared/program/program-dialogs").then((m) => m.GrantDialog),
);

type Answer = Outputs["partnerPrograms"];

/** Which partner is in which program, from when until when. */
export function PartnerSettings() {
  const [search, setSearch] = useState("");
  const settled = useDeferredValue(search.trim());
  const answer = useQuery({
    ...api.partnerPrograms.queryOptions({ input: settled ? { search: settled } : {} }),
    placeholderData: keepPreviousData,
  });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => answer.refetch()} />;
  return (
    <div className="flex max-w-5xl flex-col gap-4">
      <p className="max-w-[70ch] text-pretty text-ink-2">
        {answer.data && listedInWords(answer.data.listed)} So the head of partnerships takes a partner in,
        never one of their own, and not for days that have passed.
      </p>
      <TextField
        label="Find a partner"
        labelHidden
        placeholder="Find a partner"
        className="max-w-72"
        value={search}
        onChange={setSearch}
      />
      <Panel title="Programs" id="programs">
        {answer.data ? (
          <Partners answer={answer.data} search={settled} />
        ) : (
          <SkeletonRows rows={7} label="Loading partners" />
        )}
      </Panel>
    </div>
  );
}

function listedInWords(listed: Answer["listed"]): string {
  if (listed.length === 0) return "The policy of today lists no program: none stands for an origin.";
  return `While a partner is in ${list(
    listed.map(({ label }) => label),
    "or",
  )}, which the policy of today lists, its sourcer's row counts without the AE's tag.`;
}

function Partners({ answer: { partners, listed, count }, search }: { answer: Answer; search: string }) {
  const [taking, setTaking] = useState<ProgramPartner | null>(null);
  if (partners.length === 0)
    return (
      <EmptyState icon="people" title={search ? "No partner by that name" : "No partners yet"}>
        {search ? "Try another part of its name." : "Partners come with partners.csv, in Import."}
      </EmptyState>
    );
  return (
    <>
      <ul className="divide-y divide-line">
        {partners.map((partner) => (
          <li
            key={partner.id}
            className="grid gap-x-4 gap-y-1.5 py-2.5 sm:grid-cols-[15rem_minmax(0,1fr)_auto]"
          >
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2">
                <PartnerName partner={partner} className="font-medium" />
                {partner.demo && <DemoMarker />}
              </p>
              <p className="text-ink-3 text-xs">
                {PARTNER_KIND_LABELS[partner.kind]} · {partner.owner ?? "nobody looks after it"}
              </p>
            </div>
            {partner.programs.length > 0 ? (
              <ul className="flex min-w-0 flex-col gap-1.5">
                {partner.programs.map((program) => (
                  <Program key={`${program.name} ${program.from}`} partner={partner} program={program} />
                ))}
              </ul>
            ) : (
              <p className="text-ink-3">in no program</p>
            )}
            <GuardedButton
              size="small"
              className="self-start justify-self-start"
              aria-label={`Take ${partner.name} into a program`}
              because={partner.may.grant}
              onPress={() => setTaking(partner)}
            >
              Take in
            </GuardedButton>
          </li>
        ))}
      </ul>
      {count > partners.length && (
        <p className="pt-2 text-ink-3 text-xs">
          {partners.length} of {count} partners, those in a program first. Find the others by name.
        </p>
      )}
      {taking && <GrantDialog partner={taking} listed={listed} onClose={() => setTaking(null)} />}
    </>
  );
}
