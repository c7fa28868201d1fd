"use client";

import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import type { Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";

type Happening = Outputs["deal"]["timeline"][number];
type Registration = Extract<Happening, { kind: "registration" }>;
type Row = Outputs["deal"]["roles"][number];
type Activity = Extract<Happening, { kind: "activity" }>;

/** Asks why before it says no. */
export function WithReason({
  verb,
  label,
  isPending,
  onSay,
}: {
  verb: string;
  label: string;
  isPending: boolean;
  onSay(reason: string): void;
}) {
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null)
    return (
      <Button size="small" onPress={() => setReason("")}>
        {verb}
      </Button>
    );
  return (
    <span className="flex items-end gap-1">
      <TextField label={label} value={reason} onChange={setReason} autoFocus />
      <GuardedButton
        size="small"
        because={reason.trim() === "" ? "It needs a reason: they will ask" : true}
        isPending={isPending}
        onPress={() => onSay(reason)}
      >
        {verb}
      </GuardedButton>
    </span>
  );
}

/** Both hands of a registration, as far as they have moved. */
export function RegisteredBy({ one }: { one: Registration }) {
  const decided = one.status !== "pending" && one.decidedOn;
  return (
    <span className="mt-0.5 block text-ink-2 text-xs">
      Recorded {dayInWords(one.recordedOn)} by {one.recordedBy ?? "an import"}
      {decided && `, ${one.status} ${dayInWords(decided)} by ${one.decidedBy ?? "an import"}`}
      {one.reason && `: ${one.reason}`}
    </span>
  );
}

/** Approve, or reject with the reason: by somebody other than who recorded it. */
export function DecideRegistration({ one }: { one: Registration }) {
  const decide = useWrite("decideRegistration", {
    said: (_, { status }) => `${one.partner.name}'s registration ${status}`,
  });
  if (one.may.decide !== true) return <span className="max-w-56 text-2xs text-ink-3">{one.may.decide}</span>;
  const registrationId = one.id;
  return (
    <span className="flex items-end gap-1">
      <GuardedButton
        size="small"
        because={true}
        isPending={decide.isPending}
        onPress={() => decide.mutate({ registrationId, status: "approved" })}
      >
        Approve
      </GuardedButton>
      <WithReason
        verb="Reject"
        label="Why it is rejected"
        isPending={decide.isPending}
        onSay={(reason) => decide.mutate({ registrationId, status: "rejected", reason })}
      />
    </span>
  );
}

/** The AE's other answer to a proposed row. */
export function RefuseRow({ row }: { row: Row }) {
  const refuse = useWrite("refuseRole", { undo: true, said: () => `${row.partner.name}'s row refused` });
  return (
    <WithReason
      verb="Refuse"
      label="Why it is refused"
      isPending={refuse.isPending}
      onSay={(reason) => refuse.mutate({ rowId: row.id, reason })}
    />
  );
}

/** The second hand of the deal's AE on what somebody else logged. */
export function Vouch({ one }: { one: Activity }) {
  const vouch = useWrite("vouchActivity", {
    undo: true,
    said: () => "Vouched for",
  });
  return (
    <Button
      size="small"
      icon="check"
      isPending={vouch.isPending}
      onPress={() => vouch.mutate({ activityId: one.id })}
    >
      Vouch
    </Button>
  );
}
