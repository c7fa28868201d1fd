"use client";

import { useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { GuardedButton, IconButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { useKeys } from "@/components/ui/keys";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { firstOfMonth, monthIndex } from "@/lib/calendar";
import { dayInWords, monthInWords } from "@/lib/text/days";
import type { Answer } from "./reconciliation-params";

/** Which month it is, whether it is locked; lock, unlock, another month. */
export function MonthHead({
  answer,
  month,
  onMonth,
}: {
  answer: Answer | undefined;
  month: string | undefined;
  onMonth(month: string): void;
}) {
  const [isUnlocking, setUnlocking] = useState(false);
  const lock = useWrite("lockMonth", {
    said: (_, asked) => `${monthInWords(asked.month)} is locked`,
    // The page opens on the first month that is not locked: whoever locked one is left looking at it.
    onDone: (_, asked) => onMonth(asked.month),
  });
  const locked = answer?.locked ?? null;
  const press = () => (locked ? setUnlocking(true) : answer && lock.mutate({ month: answer.month }));
  const may = locked ? answer?.may.unlock : answer?.may.lock;
  useKeys({ l: () => may === true && press() });
  return (
    <PageHeader
      title="Reconciliation"
      beside={answer && <LockChip answer={answer} />}
      lead="Do the month's closed deals match their evidence?"
      actions={
        <>
          {answer && (
            <GuardedButton
              icon="lock"
              look={locked || may !== true ? "plain" : "primary"}
              because={may ?? null}
              isPending={lock.isPending}
              onPress={press}
            >
              {locked ? "Unlock" : "Lock the month"} <Kbd keys="L" className="opacity-80" />
            </GuardedButton>
          )}
          {month && <MonthPicker month={month} onChange={onMonth} />}
          {isUnlocking && month && <UnlockDialog month={month} onClose={() => setUnlocking(false)} />}
        </>
      }
    />
  );
}

function LockChip({ answer: { locked, frozen } }: { answer: Answer }) {
  if (frozen)
    return (
      <Chip tone="accent" says={`${frozen} is frozen, and the month with it`}>
        <Icon name="lock" className="size-3" /> Frozen with {frozen}
      </Chip>
    );
  if (!locked) return null;
  return (
    <Chip tone="accent" says={`Locked by ${locked.by.name} on ${dayInWords(locked.on)}`}>
      <Icon name="lock" className="size-3" /> Locked
    </Chip>
  );
}

const BACK = 36;

/** The months up to today's, the newest first. */
function MonthPicker({ month, onChange }: { month: string; onChange(month: string): void }) {
  const today = useMe()?.today ?? `${month}-01`;
  const last = monthIndex(today);
  const at = monthIndex(`${month}-01`);
  const nameOf = (index: number) => firstOfMonth(index).slice(0, 7);
  const all = Array.from({ length: Math.max(BACK, last - at + 1) }, (_, back) => nameOf(last - back));
  const months = all.includes(month) ? all : [month, ...all];
  return (
    <div className="flex items-center gap-0.5 print:hidden">
      <IconButton
        label={`Month before: ${monthInWords(nameOf(at - 1))}`}
        icon="chevronLeft"
        onPress={() => onChange(nameOf(at - 1))}
      />
      <Select
        label="Month"
        labelHidden
        className="w-40"
        value={month}
        choices={months.map((value) => ({ value, label: monthInWords(value) }))}
        onChange={onChange}
      />
      <IconButton
        label={at < last ? `Month after: ${monthInWords(nameOf(at + 1))}` : "No later month"}
        icon="chevronRight"
        isDisabled={at >= last}
        onPress={() => onChange(nameOf(at + 1))}
      />
    </div>
  );
}

function UnlockDialog({ month, onClose }: { month: string; onClose(): void }) {
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) => {
      const line = reason.trim().replace(/\s+/g, " ");
      return line ? { month, reason: line } : null;
    },
    write: useWrite("unlockMonth", {
      quiet: true,
      said: () => `${monthInWords(month)} is open again`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog form={form} title={`Unlock ${monthInWords(month)}`} save="Unlock" onClose={onClose}>
      <p className="text-pretty text-ink-2">
        Its deals can be decided anew. Who unlocked it, when and why stays in the audit log.
      </p>
      <TextField label="Reason" lines={3} autoFocus isRequired maxLength={2000} {...form.field("reason")} />
    </FormDialog>
  );
}
