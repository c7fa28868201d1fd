"use client";

import { useMe } from "@/components/shared/use-me";
import { DateField } from "@/components/ui/field";
import { FormPanel } from "@/components/ui/form-dialog";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { addDays } from "@/lib/calendar";
import type { ExceptionDetail } from "./answers";
import { useDefer } from "./use-case-writes";
import type { Person } from "./use-people";

/** How long a case is put off unless somebody says otherwise. */
export const DEFERRED_DAYS = 30;

/** Puts a case off: who takes it, and until when. */
export function DeferForm({
  detail,
  people,
  onClose,
}: {
  detail: ExceptionDetail;
  people: readonly Person[];
  onClose(): void;
}) {
  const me = useMe();
  const today = me?.today ?? detail.openedOn;
  const own = people.find(({ id }) => id === me?.user.id);
  const form = useForm({
    start: {
      to: detail.deferred?.to.id ?? detail.owner?.id ?? own?.id ?? null,
      until: detail.deferred?.until ?? addDays(today, DEFERRED_DAYS),
    },
    sent: ({ to, until }) => (to !== null && until > today ? { detail, to, until } : null),
    write: useDefer(onClose),
  });
  return (
    <FormPanel
      form={form}
      title="Defer"
      note="The quarter can freeze without it: somebody owns it, and it comes back on the day."
      save="Defer"
      focus="input[type=date]"
      onClose={onClose}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label="Who takes it"
          choices={people.map(({ id, name }) => ({ value: id, label: name }))}
          placeholder="Choose a person"
          {...form.field("to")}
        />
        <DateField label="Until" min={addDays(today, 1)} {...form.field("until")} />
      </div>
    </FormPanel>
  );
}
