"use client";

import { useQueries } from "@tanstack/react-query";
import { OutcomeBadge } from "@/components/shared/outcome-badge";
import { rememberPartner, usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import { hearRole, ROLE_CHOICES } from "@/components/shared/role-choices";
import { type Me, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { classNames } from "@/components/ui/class-names";
import { DateField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Icon } from "@/components/ui/icon";
import { problemWords } from "@/components/ui/problem-words";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { useForm } from "@/components/ui/use-form";
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

interface Fields {
  partnerId: string | null;
  role: Role | null;
  touchedOn: string;
}

/** Tags many deals with one partner, after showing what each of them becomes. */
export function BulkTagDialog({ rows, onClose }: { rows: readonly DealRow[]; onClose(done: boolean): void }) {
  const me = useMe();
  const { choices } = usePartnerChoices(NOBODY);
  const nameOf = (id: string | null) => choices.find((one) => one.id === id)?.name;
  const tagged = ({ partnerId, role }: Fields) =>
    rows.filter((row) => leftOut(row, { partnerId, role, me }) === null);
  const start: Fields = { partnerId: null, role: null, touchedOn: me?.today ?? "" };
  const form = useForm({
    start,
    sent: (values) => {
      const { partnerId, role, touchedOn } = values;
      const dealIds = tagged(values).map((row) => row.id);
      return partnerId !== null && role !== null && touchedOn !== "" && dealIds.length > 0
        ? { dealIds, partnerId, role, touchedOn }
        : null;
    },
    write: useWrite("tagPartners", {
      quiet: true,
      undo: true,
      said: ({ answer: { rowIds } }, { partnerId }) =>
        `${nameOf(partnerId) ?? "The partner"} tagged on ${count(rowIds.length, "deal")}`,
      onDone: (_, { partnerId }) => {
        rememberPartner(partnerId);
        onClose(true);
      },
    }),
  });
  return (
    <FormDialog
      form={form}
      title={`Tag partner on ${count(rows.length, "deal")}`}
      save={form.isPending ? "Tagging…" : `Tag ${count(tagged(form.values).length, "deal")}`}
      width="wide"
      notes="Touched at the stage each deal was in on that day. One undo takes all back."
      className="flex flex-col gap-3"
      onKeyDownCapture={(event) =>
        hearRole(event, nameOf(form.values.partnerId), (role) => form.set({ role }))
      }
      onClose={() => onClose(false)}
    >
      <div className="grid gap-3 sm:grid-cols-[1fr_10rem]">
        <PartnerField choices={choices} autoFocus {...form.field("partnerId")} />
        <DateField label="Day" max={me?.today} {...form.field("touchedOn")} />
      </div>
      <SegmentedControl
        label="Role"
        labelHidden={false}
        choices={ROLE_CHOICES}
        className="[&>div]:h-auto [&>div]:flex-wrap [&_label]:h-7"
        {...form.field("role")}
      />
      <Effects rows={rows} values={form.values} />
    </FormDialog>
  );
}

/** What each deal would become, one line a deal, or why it is left out. */
function Effects({ rows, values }: { rows: readonly DealRow[]; values: Fields }) {
  const me = useMe();
  const { partnerId, role, touchedOn } = values;
  const isAsked = partnerId !== null && role !== null && touchedOn !== "";
  const outOf = (row: DealRow) => leftOut(row, { partnerId, role, me });
  const effects = useQueries({
    queries: rows.map((row) => ({
      ...api.preview.queryOptions({
        input: {
          dealId: row.id,
          change: { verb: "tag-partner", partnerId: partnerId ?? "", role: role ?? "sourcer", touchedOn },
        },
      }),
      enabled: isAsked && outOf(row) === null,
      retry: false,
      staleTime: 0,
    })),
  });
  return (
    <ul
      aria-label="What each deal becomes"
      className="max-h-72 divide-y divide-line overflow-auto border-line border-y"
    >
      {rows.map((row, at) => {
        const effect = effects[at];
        const out = outOf(row);
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
              <Becomes before={row.outcome} after={effect?.data?.after.outcome} isAsked={isAsked} />
            )}
          </li>
        );
      })}
    </ul>
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
