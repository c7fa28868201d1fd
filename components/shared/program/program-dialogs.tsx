"use client";

import { useMe } from "@/components/shared/use-me";
import { useRehearsal } from "@/components/shared/use-rehearsal";
import { useWrite } from "@/components/shared/use-write";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { problemWords } from "@/components/ui/problem-words";
import { useForm } from "@/components/ui/use-form";
import type { Inputs } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { dayInWords } from "@/lib/text/days";
import { count, list } from "@/lib/text/words";
import type { HeldProgram, ProgramPartner } from "./program-days";

/** Takes a partner into a program from a day on. */
export function GrantDialog({
  partner,
  listed,
  onClose,
}: {
  partner: ProgramPartner;
  /** The programs that the policy of today lists. */
  listed: readonly { name: string; label: string }[];
  onClose(): void;
}) {
  const today = useMe()?.today ?? "";
  // A listed program is carried by its name, whichever of its two somebody types.
  const nameOf = (typed: string) =>
    listed.find(({ label }) => label.toLowerCase() === typed.trim().toLowerCase())?.name ?? typed.trim();
  const sent = ({ name, from, to }: { name: string; from: string; to: string }) =>
    name.trim() && from ? { partnerId: partner.id, name: nameOf(name), from, to: to || null } : null;
  const form = useForm({
    start: { name: listed[0]?.label ?? "", from: today, to: "" },
    sent,
    write: useWrite("grantProgram", {
      quiet: true,
      said: (_, { name, from }) =>
        `${partner.name} is in ${listed.find((one) => one.name === name)?.label ?? name} from ${dayInWords(from ?? today)}`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog form={form} title={`Take ${partner.name} into a program`} save="Take in" onClose={onClose}>
      <TextField
        label="Program"
        autoFocus
        isRequired
        note={
          listed.length > 0
            ? `The policy of today lists ${list(listed.map(({ label }) => label))}.`
            : "The policy of today lists none."
        }
        {...form.field("name")}
      />
      <div className="grid grid-cols-2 gap-3">
        <DateField label="From" min={today} isRequired {...form.field("from")} />
        <DateField label="Last day" min={form.values.from} note="Empty: no end yet" {...form.field("to")} />
      </div>
      <OnDeals verb="grantProgram" input={form.ready ? sent(form.values) : null} />
    </FormDialog>
  );
}

/** Says the last day of a program. */
export function EndDialog({
  partner,
  program,
  onClose,
}: {
  partner: ProgramPartner;
  program: HeldProgram;
  onClose(): void;
}) {
  const today = useMe()?.today ?? "";
  const earliest = program.from !== null && program.from > today ? program.from : today;
  const sent = ({ to }: { to: string }) => (to ? { partnerId: partner.id, name: program.name, to } : null);
  const form = useForm({
    start: { to: earliest },
    sent,
    write: useWrite("endProgram", {
      quiet: true,
      said: (_, { to }) => `${program.label} of ${partner.name} ends on ${dayInWords(to ?? today)}`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog form={form} title={`End ${program.label} of ${partner.name}`} save="End" onClose={onClose}>
      <p className="text-ink-2">What it claimed until its last day stands.</p>
      <DateField label="Last day" min={earliest} isRequired className="max-w-44" {...form.field("to")} />
      <OnDeals verb="endProgram" input={sent(form.values)} />
    </FormDialog>
  );
}

/** How many of the partner's deals would come out otherwise. */
function OnDeals<K extends "grantProgram" | "endProgram">({
  verb,
  input,
}: {
  verb: K;
  input: Inputs[K] | null;
}) {
  const { data, error } = useRehearsal(verb, input);
  if (input === null) return null;
  const moved = data?.deals.filter(({ before, after }) => before?.result.outcome !== after?.result.outcome);
  return (
    <p aria-live="polite" className="min-h-8 rounded-md bg-sunken px-3 py-2 text-ink-2 text-xs">
      {error ? (
        <span className="text-danger">{problemWords(problemOf(error)).detail}</span>
      ) : !data || !moved ? (
        "Judging its deals…"
      ) : moved.length === 0 ? (
        `None of its ${count(data.touched, "deal")} comes out otherwise today.`
      ) : (
        `${count(moved.length, "deal comes", "deals come")} out otherwise: ${list(moved.slice(0, 3).map(({ dealId, after, before }) => after?.account ?? before?.account ?? dealId))}${moved.length > 3 ? " and others" : ""}.`
      )}
    </p>
  );
}
