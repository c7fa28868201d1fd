"use client";

import Link from "next/link";
import { useState } from "react";
import { AccountName, PartnerName } from "@/components/shared/names";
import { useShell } from "@/components/shared/shell-actions";
import { mayEver, useMe } from "@/components/shared/use-me";
import { Button, GuardedButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { onDemand } from "@/components/ui/on-demand";
import type { Outputs } from "@/lib/api/client";
import { REGISTRATION_STATUS_LABELS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { dealFrom } from "./deal-from";

const DecideDialog = onDemand(() => import("./decide-dialog").then((m) => m.DecideDialog));
const MatchDialog = onDemand(() => import("./match-dialog").then((m) => m.MatchDialog));
const ExtendDialog = onDemand(() => import("./extend-dialog").then((m) => m.ExtendDialog));

type Answer = Outputs["registrationsList"];
export type RegistrationLine = Answer["rows"][number];

const TONES = { pending: "warn", approved: "accent", rejected: "quiet" } as const;

/** Registrations, each with what can be done to it now. */
export function RegistrationTable({
  label,
  rows,
  limitDays,
  open,
  onOpen,
}: {
  label: string;
  rows: readonly RegistrationLine[];
  limitDays: number;
  /** The one that is being decided, where the address says so. */
  open?: string | null;
  onOpen?(id: string | null): void;
}) {
  const [own, setOwn] = useState<string | null>(null);
  const deciding = onOpen ? (open ?? null) : own;
  const setDeciding = onOpen ?? setOwn;
  return (
    <>
      <ul aria-label={label} className="divide-y divide-line">
        {rows.map((row) => (
          <Row key={row.id} row={row} limitDays={limitDays} onDecide={() => setDeciding(row.id)} />
        ))}
      </ul>
      {deciding && <DecideDialog registrationId={deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}

function Row({ row, limitDays, onDecide }: { row: RegistrationLine; limitDays: number; onDecide(): void }) {
  const [open, setOpen] = useState<"extend" | "match" | null>(null);
  const close = () => setOpen(null);
  return (
    <li className="grid gap-x-4 gap-y-1.5 py-2.5 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <PartnerName partner={row.partner} className="font-medium" />
          <span className="text-ink-3">for</span>
          {row.account ? <AccountName account={row.account} /> : "an account nobody named"}
          <Chip tone={TONES[row.status]}>{REGISTRATION_STATUS_LABELS[row.status]}</Chip>
          {row.collisions > 0 && <Chip tone="danger">collides with {row.collisions}</Chip>}
        </p>
        <p className="text-ink-3 text-xs">
          submitted {dayInWords(row.submittedOn)}
          {row.recordedBy && `, recorded by ${row.recordedBy}`}
          {row.domain && ` · ${row.domain}`}
          {row.deal && (
            <>
              {" · "}
              <Link href={`/deals/${encodeURIComponent(row.deal.id)}`} className="rounded-sm hover:underline">
                {row.deal.name ?? `its deal ${row.deal.id}`}
              </Link>
            </>
          )}
        </p>
        <Standing row={row} limitDays={limitDays} />
      </div>
      <div className="flex flex-wrap items-start gap-2">
        {row.status === "pending" && (
          <GuardedButton look="primary" size="small" because={row.may.decide} onPress={onDecide}>
            Decide
          </GuardedButton>
        )}
        {row.status === "approved" && row.protectedUntil && (
          <GuardedButton size="small" because={row.may.extend} onPress={() => setOpen("extend")}>
            Extend
          </GuardedButton>
        )}
        {row.deal === null && row.status !== "rejected" && (
          <GuardedButton size="small" because={row.may.match} onPress={() => setOpen("match")}>
            Match with a deal
          </GuardedButton>
        )}
        <MakeDeal row={row} />
      </div>
      {open === "extend" && <ExtendDialog registration={row} onClose={close} />}
      {open === "match" && <MatchDialog line={row} onClose={close} />}
    </li>
  );
}

/** How long it waits against the limit; or what became of it, and how long it protects. */
function Standing({ row, limitDays }: { row: RegistrationLine; limitDays: number }) {
  const today = useMe()?.today ?? "";
  if (row.waitingDays !== null) {
    const isLate = row.waitingDays > limitDays;
    return (
      <p className={isLate ? "font-medium text-danger text-xs" : "text-ink-2 text-xs"}>
        waits {count(row.waitingDays, "day")}
        {isLate ? `, the limit is ${count(limitDays, "day")}` : ` of ${limitDays}`}
      </p>
    );
  }
  const isOver = row.protectedUntil !== null && row.protectedUntil < today;
  return (
    <p className="text-ink-2 text-xs">
      {row.status} on {row.decidedOn ? dayInWords(row.decidedOn) : "a day that nobody wrote down"}
      {row.decidedBy && ` by ${row.decidedBy}`}
      {row.reason && `: ${row.reason}`}
      {row.protectedUntil &&
        (isOver
          ? ` · protection ended on ${dayInWords(row.protectedUntil)}`
          : ` · protected until ${dayInWords(row.protectedUntil)}`)}
    </p>
  );
}

/** The deal that comes of it. */
function MakeDeal({ row }: { row: RegistrationLine }) {
  const me = useMe();
  const { make } = useShell();
  if (row.deal || row.status === "rejected" || !mayEver(me, "deal.create")) return null;
  return (
    <Button size="small" onPress={() => make("deal", dealFrom(row))}>
      Enter its deal
    </Button>
  );
}
