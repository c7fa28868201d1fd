"use client";

import { DateField } from "@/components/ui/field";
import { FormPanel } from "@/components/ui/form-dialog";
import { Select } from "@/components/ui/select";
import type { FormOf } from "@/components/ui/use-form";
import { addDays } from "@/lib/calendar";
import type { Person } from "./use-people";

/** How long a case is put off unless somebody says otherwise. */
export const DEFERRED_DAYS = 30;

/** Who takes what is put off, and until when: one case or several, in the same words. */
export function DeferPanel({
  form,
  title,
  isOne,
  people,
  today,
  onClose,
}: {
  form: FormOf<{ to: string | null; until: string }>;
  title: string;
  isOne: boolean;
  people: readonly Person[];
  today: string;
  onClose(): void;
}) {
  return (
    <FormPanel
      form={form}
      title={title}
      note={
        isOne
          ? "The quarter can freeze without it: somebody owns it, and it comes back on the day."
          : "The quarter can freeze without them: somebody owns them, and they come back on the day."
      }
      save="Defer"
      focus="input[type=date]"
      onClose={onClose}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label={isOne ? "Who takes it" : "Who takes them"}
          choices={people.map(({ id, name }) => ({ value: id, label: name }))}
          placeholder="Choose a person"
          {...form.field("to")}
        />
        <DateField label="Until" min={addDays(today, 1)} {...form.field("until")} />
      </div>
    </FormPanel>
  );
}
