"use client";

import Link from "next/link";
import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { dayInWords } from "@/lib/text/days";
import type { RestatementsAnswer } from "./answers";

type Row = RestatementsAnswer["rows"][number];

/** Two people make a correction of a difference: one proposes it with a reason, another accepts it. */
export function Restating({ quarter, row }: { quarter: string; row: Row }) {
  const [asks, setAsks] = useState<"propose" | "decline" | null>(null);
  const { waiting, may } = row;
  const accept = useWrite("acceptRestatement", {
    said: ({ answer }) => ({
      message: "Accepted as a correction",
      detail: `It counts in the journal of ${answer.journal}; the seal of ${quarter} stays.`,
    }),
  });
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      {waiting ? (
        <>
          <p className="text-ink-2 text-xs">
            Proposed as a correction by <span className="font-medium">{waiting.by.name}</span> on{" "}
            {dayInWords(waiting.on)}: “{waiting.reason}”
          </p>
          <GuardedButton
            size="small"
            look="primary"
            because={may.accept}
            isPending={accept.isPending}
            onPress={() => accept.mutate({ restatementId: waiting.id })}
          >
            Accept it
          </GuardedButton>
          <GuardedButton size="small" because={may.decline} onPress={() => setAsks("decline")}>
            Decline it
          </GuardedButton>
        </>
      ) : (
        <GuardedButton size="small" because={may.propose} onPress={() => setAsks("propose")}>
          Propose as a correction
        </GuardedButton>
      )}
      {asks === "propose" && <Propose quarter={quarter} row={row} onClose={() => setAsks(null)} />}
      {asks === "decline" && waiting && <Decline id={waiting.id} onClose={() => setAsks(null)} />}
    </div>
  );
}

function Propose({ quarter, row, onClose }: { quarter: string; row: Row; onClose(): void }) {
  const write = useWrite("proposeRestatement", {
    quiet: true,
    said: () => ({ message: "Proposed", detail: "A second person accepts it, one of the two of finance." }),
    onDone: onClose,
  });
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) => (reason.trim() ? { quarter, dealId: row.dealId, reason } : null),
    write,
  });
  const account = (row.current ?? row.sealed)?.account ?? row.dealId;
  return (
    <FormDialog form={form} title={`Correct ${account} in ${quarter}`} save="Propose it" onClose={onClose}>
      <p className="text-pretty text-ink-2">
        The seal of {quarter} stays as it is. Once a second person accepts, the deal counts as it is now in
        every quarter that is not frozen, and the correction stands in the review that is under way.
      </p>
      <TextField label="Reason" isRequired autoFocus {...form.field("reason")} />
    </FormDialog>
  );
}

function Decline({ id, onClose }: { id: string; onClose(): void }) {
  const write = useWrite("declineRestatement", { quiet: true, said: () => "Declined", onDone: onClose });
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) => (reason.trim() ? { restatementId: id, reason } : null),
    write,
  });
  return (
    <FormDialog form={form} title="Decline the correction" save="Decline it" onClose={onClose}>
      <TextField label="Reason" isRequired autoFocus {...form.field("reason")} />
    </FormDialog>
  );
}

const KIND_WORDS = { changed: "changed", deleted: "gone", added: "not in the seal" } as const;

/** What two accepted, and in which review it stands. */
export function Accepted({ accepted }: Pick<RestatementsAnswer, "accepted">) {
  return (
    <ul className="divide-y divide-line">
      {accepted.map(({ id, account, dealId, kind, reason, proposedBy, acceptedBy, acceptedOn, journal }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2">
          <span className="font-medium">{account ?? dealId}</span>
          <span className="text-ink-3 text-xs">{KIND_WORDS[kind]}</span>
          <span className="min-w-0 flex-1 text-pretty text-ink-2">“{reason}”</span>
          <span className="text-ink-2 text-xs">
            {proposedBy} and {acceptedBy}, {dayInWords(acceptedOn)}, in the journal of{" "}
            <Link href={`/review/${journal}`} className="text-accent-ink underline underline-offset-2">
              {journal}
            </Link>
          </span>
        </li>
      ))}
    </ul>
  );
}
