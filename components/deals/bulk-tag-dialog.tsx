"use client";

import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { rememberPartner, usePartnerChoices } from "@/components/deal/partner-choices";
import { PartnerField } from "@/components/deal/partner-field";
import { ROLE_CHOICES, roleOfKey } from "@/components/deal/tag-form";
import { useMe } from "@/components/shell/use-me";
import { useUndo } from "@/components/shell/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DateField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { OutcomeBadge } from "@/components/ui/outcome-badge";
import { problemWords } from "@/components/ui/problem-words";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { say } from "@/components/ui/toasts";
import { api, client, problemOf } from "@/lib/api/client";
import type { Role } from "@/lib/attribution/vocabulary";
import type { DealRow } from "./deal-row";

const NOBODY = { account: null, owner: null, onDeal: [] };

/** Tags many deals with one partner, after showing what each of them becomes. */
export function BulkTagDialog({ rows, onClose }: { rows: readonly DealRow[]; onClose(done: boolean): void }) {
  const me = useMe();
  const today = me?.today ?? "";
  const queries = useQueryClient();
  const takeBack = useUndo();
  const { choices } = usePartnerChoices(NOBODY);
  const [partnerId, setPartner] = useState<string | null>(null);
  const [role, setRole] = useState<Role | null>(null);
  const [day, setDay] = useState(today);
  const [done, setDone] = useState<number | null>(null);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const ready = partnerId !== null && role !== null && day !== "";

  const effects = useQueries({
    queries: rows.map((row) => ({
      ...api.preview.queryOptions({
        input: {
          dealId: row.id,
          change: {
            verb: "tag-partner" as const,
            partnerId: partnerId ?? "",
            role: role ?? "sourcer",
            touchStage: row.stage,
            touchedOn: day,
          },
        },
      }),
      enabled: ready,
      retry: false,
      staleTime: 0,
    })),
  });

  const save = async () => {
    if (!ready || done !== null) return;
    const requests: string[] = [];
    const problems: Record<string, string> = {};
    for (const [at, row] of rows.entries()) {
      setDone(at);
      try {
        const { request } = await client.tagPartner({
          dealId: row.id,
          partnerId,
          role,
          touchStage: row.stage,
          touchedOn: day,
        });
        requests.push(request);
      } catch (error) {
        problems[row.id] = problemWords(problemOf(error)).detail;
      }
    }
    setDone(null);
    setRefused(problems);
    rememberPartner(partnerId);
    await queries.invalidateQueries();
    const failed = Object.keys(problems).length;
    if (requests.length > 0)
      say(`${requests.length} ${requests.length === 1 ? "deal" : "deals"} tagged`, {
        detail: failed > 0 ? `${failed} refused; the reasons are in the list.` : undefined,
        undo: () => takeBack(requests),
      });
    if (failed === 0) onClose(true);
  };

  return (
    <Dialog
      title={`Tag partner on ${rows.length} deals`}
      width="wide"
      isOpen
      onClose={() => onClose(false)}
      notes="Each deal keeps its own stage as the stage touched."
      actions={
        <>
          <Button onPress={() => onClose(false)}>Cancel</Button>
          <Button look="primary" isDisabled={!ready} isPending={done !== null} onPress={save}>
            {done === null ? `Tag ${rows.length} deals` : `${done + 1} of ${rows.length}…`}
          </Button>
        </>
      }
    >
      <form
        onKeyDownCapture={(event) => {
          const meant = roleOfKey(event, choices.find((one) => one.id === partnerId)?.name);
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
            const problem =
              refused[row.id] ?? (effect?.error ? problemWords(problemOf(effect.error)).detail : null);
            return (
              <li key={row.id} className="flex min-h-9 flex-wrap items-center gap-x-3 py-1">
                <span className="min-w-0 flex-1 truncate">
                  {row.account ?? row.id} <span className="tabular text-ink-3 text-xs">{row.id}</span>
                </span>
                {problem ? (
                  <span className="basis-full text-danger text-xs">{problem}</span>
                ) : (
                  <span className="flex items-center gap-2">
                    <OutcomeBadge outcome={row.outcome} />
                    {ready && (
                      <>
                        <Icon name="chevronRight" className="size-3 text-ink-3" />
                        <span className="sr-only">becomes</span>
                        {effect?.data ? (
                          <OutcomeBadge outcome={effect.data.after.outcome} />
                        ) : (
                          <Skeleton className="w-20" />
                        )}
                      </>
                    )}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      </form>
    </Dialog>
  );
}
