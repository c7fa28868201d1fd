"use client";

import { useMemo } from "react";
import { Becomes } from "@/components/shared/effect";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { type LookingFor, usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import { hearRole, ROLE_CHOICES } from "@/components/shared/role-choices";
import { useMe } from "@/components/shared/use-me";
import { DateField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { problemWords } from "@/components/ui/problem-words";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { problemOf } from "@/lib/api/problem-of";
import { count } from "@/lib/text/words";
import type { DealRow } from "./deal-row";
import { type Rehearsed, useBulkTag } from "./use-bulk-tag";

/** Whom one would name on all of them: who is on one without a role yet, else whom their owner names. */
function lookingFor(rows: readonly DealRow[]): LookingFor {
  const owners = new Set(rows.map(({ owner }) => owner));
  const [owner = null] = owners;
  const without = rows.flatMap(({ partners }) => partners.filter(({ role }) => role === null));
  return { account: null, owner: owners.size === 1 ? owner : null, onDeal: without };
}

/** Tags many deals with one partner, after showing what each of them becomes. */
export function BulkTagDialog({ rows, onClose }: { rows: readonly DealRow[]; onClose(done: boolean): void }) {
  const me = useMe();
  const looking = useMemo(() => lookingFor(rows), [rows]);
  const { choices, likely } = usePartnerChoices(looking);
  const nameOf = (id: string | null) => choices?.find((one) => one.id === id)?.name;
  const { form, partnerId, rehearsed, taking } = useBulkTag(rows, {
    likely,
    nameOf,
    onDone: () => onClose(true),
  });
  return (
    <FormDialog
      form={form}
      title={`Tag partner on ${count(rows.length, "deal")}`}
      save={form.isPending ? "Tagging…" : `Tag ${count(taking.length, "deal")}`}
      width="wide"
      notes="Touched at the stage each deal was in on that day. One undo takes all back."
      className="flex flex-col gap-3"
      onKeyDownCapture={(event) =>
        hearRole(event, { choices, chosenId: partnerId }, (claim) => form.set(claim))
      }
      onClose={() => onClose(false)}
    >
      <div className="grid gap-3 sm:grid-cols-[1fr_10rem]">
        <PartnerField
          choices={choices}
          {...form.field("partnerId")}
          value={partnerId}
          opens="input"
          autoFocus
        />
        <DateField label="Day" max={me?.today} {...form.field("touchedOn")} />
      </div>
      <SegmentedControl
        label="Role"
        labelHidden={false}
        choices={ROLE_CHOICES}
        className="[&>div]:h-auto [&>div]:flex-wrap [&_label]:h-7 pointer-coarse:[&_label]:h-10"
        {...form.field("role")}
      />
      {rehearsed.error !== null && (
        <p role="alert" className="text-danger text-xs">
          {problemWords(problemOf(rehearsed.error)).detail}
        </p>
      )}
      <Effects rows={rows} rehearsed={rehearsed} />
    </FormDialog>
  );
}

/** What each deal would become, one line a deal, or why it is left out. */
function Effects({ rows, rehearsed }: { rows: readonly DealRow[]; rehearsed: Rehearsed }) {
  const { isAsked, error } = rehearsed;
  return (
    <ul
      aria-label="What each deal becomes"
      className="max-h-72 divide-y divide-line overflow-auto border-line border-y"
    >
      {rows.map((row) => {
        const out = rehearsed.leftOut.get(row.id);
        const effect = rehearsed.deals.get(row.id);
        return (
          <li key={row.id} className="flex min-h-9 flex-wrap items-center gap-x-3 py-1">
            <span className="min-w-0 flex-1 truncate">
              {row.account ?? row.id} <span className="tabular text-ink-3 text-xs">{row.id}</span>
            </span>
            {out ? (
              <span className="basis-full text-warn text-xs">Left out: {out}</span>
            ) : !isAsked || error !== null ? (
              <OutcomeBadge outcome={row.outcome} />
            ) : effect?.before && effect.after ? (
              <span className="flex items-center gap-2 text-xs">
                <Becomes before={effect.before.result.outcome} after={effect.after.result.outcome} />
              </span>
            ) : (
              <Skeleton className="w-20" />
            )}
          </li>
        );
      })}
    </ul>
  );
}
