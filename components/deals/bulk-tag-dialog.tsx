"use client";

import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { rememberPartner, usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import { ROLE_CHOICES, roleOfKey } from "@/components/shared/tag-form";
import { type Me, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { DateField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { problemWords } from "@/components/ui/problem-words";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import type { Outcome, Role } from "@/lib/attribution/vocabulary";
import { count } from "@/lib/text/words";
import type { DealRow } from "./deal-row";

const NOBODY = { account: null, owner: null, onDeal: [] };

/** Why a deal cannot be among those tagged; null when it can. */
function leftOut(
  row: DealRow,
  { partnerId, role, me }: { partnerId: string | null; role: Role | null; me: Me | undefined },
): string | null {
  if (me?.may["role.add"] === "own" && me.user.ownerName !== row.owner)
    return `it is ${row.owner}'s, who names its partners`;
  const held = row.partners.some((partner) => partner.id === partnerId && partner.role === role);
  return held && role ? "the partner holds this role on it already" : null;
}

/** Tags many deals with one partner, after showing what each of them becomes. */
export function BulkTagDialog({ rows, onClose }: { rows: readonly DealRow[]; onClose(done: boolean): void }) {
  const me = useMe();
  const today = me?.today ?? "";
  const { choices } = usePartnerChoices(NOBODY);
  const [partnerId, setPartner] = useState<string | null>(null);
  const [role, setRole] = useState<Role | null>(null);
  const [day, setDay] = useState(today);
  const ready = partnerId !== null && role !== null && day !== "";
  const partner = choices.find((one) => one.id === partnerId)?.name;

  const effects = useQueries({
    queries: rows.map((row) => ({
      ...api.preview.queryOptions({
        input: {
          dealId: row.id,
          change: {
            verb: "tag-partner",
            partnerId: partnerId ?? "",
            role: role ?? "sourcer",
            touchedOn: day,
          },
        },
      }),
      enabled: ready && leftOut(row, { partnerId, role, me }) === null,
      retry: false,
      staleTime: 0,
    })),
  });
  const tagged = rows.filter((row) => leftOut(row, { partnerId, role, me }) === null);
  const deals = count(tagged.length, "deal");

  const tag = useWrite("tagPartners", {
    quiet: true,
    undo: true,
    said: ({ answer: { rowIds } }) => `${partner ?? "The partner"} tagged on ${count(rowIds.length, "deal")}`,
    onDone: (_, input) => {
      rememberPartner(input.partnerId);
      onClose(true);
    },
  });
  const save = () => {
    if (!ready || tagged.length === 0 || tag.isPending) return;
    tag.mutate({ dealIds: tagged.map((row) => row.id), partnerId, role, touchedOn: day });
  };

  return (
    <Dialog
      title={`Tag partner on ${count(rows.length, "deal")}`}
      width="wide"
      isOpen
      onClose={() => onClose(false)}
      notes="Touched at the stage each deal was in on that day. One undo takes all back."
      actions={
        <>
          <Button onPress={() => onClose(false)}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="bulk-tag"
            isDisabled={!ready || tagged.length === 0}
            isPending={tag.isPending}
          >
            {tag.isPending ? "Tagging…" : `Tag ${deals}`}
          </Button>
        </>
      }
    >
      <form
        id="bulk-tag"
        onKeyDownCapture={(event) => {
          const meant = roleOfKey(event, partner);
          if (!meant) return;
          event.preventDefault();
          event.stopPropagation();
          setRole(meant);
        }}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        className="flex flex-col gap-3"
      >
        <div className="grid gap-3 sm:grid-cols-[1fr_10rem]">
          <PartnerField choices={choices} value={partnerId} onChange={setPartner} autoFocus />
          <DateField label="Day" value={day} onChange={setDay} max={today} />
        </div>
        <SegmentedControl
          label="Role"
          labelHidden={false}
          choices={ROLE_CHOICES}
          value={role}
          onChange={setRole}
          className="[&>div]:h-auto [&>div]:flex-wrap [&_label]:h-7"
        />
        <ul
          aria-label="What each deal becomes"
          className="max-h-72 divide-y divide-line overflow-auto border-line border-y"
        >
          {rows.map((row, at) => {
            const effect = effects[at];
            const out = leftOut(row, { partnerId, role, me });
            const problem = out ?? (effect?.error ? problemWords(problemOf(effect.error)).detail : null);
            return (
              <li key={row.id} className="flex min-h-9 flex-wrap items-center gap-x-3 py-1">
                <span className="min-w-0 flex-1 truncate">
                  {row.account ?? row.id} <span className="tabular text-ink-3 text-xs">{row.id}</span>
                </span>
                {problem ? (
                  <span className={classNames("basis-full text-xs", out ? "text-warn" : "text-danger")}>
                    {out && "Left out: "}
                    {problem}
                  </span>
                ) : (
                  <Becomes before={row.outcome} after={effect?.data?.after.outcome} isAsked={ready} />
                )}
              </li>
            );
          })}
        </ul>
        {tag.error && <ProblemLine error={tag.error} />}
      </form>
    </Dialog>
  );
}

function Becomes({
  before,
  after,
  isAsked,
}: {
  before: Outcome;
  after: Outcome | undefined;
  isAsked: boolean;
}) {
  if (!isAsked) return <OutcomeBadge outcome={before} />;
  if (after === undefined) return <Skeleton className="w-20" />;
  if (after === before)
    return (
      <span className="flex items-center gap-2 text-ink-3 text-xs">
        stays <OutcomeBadge outcome={before} />
      </span>
    );
  return (
    <span className="flex items-center gap-2">
      <OutcomeBadge outcome={before} />
      <Icon name="chevronRight" className="size-3 text-ink-3" />
      <span className="sr-only">becomes</span>
      <OutcomeBadge outcome={after} />
    </span>
  );
}
