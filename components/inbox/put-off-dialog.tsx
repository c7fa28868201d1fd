"use client";

import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { DateField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useForm } from "@/components/ui/use-form";
import { addDays } from "@/lib/calendar";
import { titleOf } from "@/lib/metrics/inbox-words";
import { dayInWords } from "@/lib/text/days";
import { type InboxItem, keyOf } from "./item-words";
import { withoutItem } from "./shown-at-once";

/** Until when it is put off: the day on which it is there again, a week from now unless one says otherwise. */
export function PutOffDialog({ item, onClose }: { item: InboxItem; onClose(): void }) {
  const today = useMe()?.today ?? item.since;
  const { kind, subjectId } = item;
  const form = useForm({
    start: { until: addDays(today, 7) },
    sent: ({ until }) => (until > today ? { kind, subjectId, until } : null),
    write: useWrite("snoozeItem", {
      ...{ quiet: true, onDone: onClose },
      said: (_, { until }) => `${titleOf(item)} put off until ${dayInWords(until ?? today)}`,
      undo: () => ({ verb: "snoozeItem", input: { kind, subjectId, until: null } }),
      shows: (_, show) => withoutItem(show, (one) => keyOf(one) === keyOf(item)),
    }),
  });
  const { value, onChange } = form.field("until");
  const days = [1, 7, 14, 28].map((after) => ({ value: addDays(today, after), label: AFTER[after] ?? "" }));
  return (
    <FormDialog
      form={form}
      title={`Put off ${titleOf(item)}`}
      save="Put off"
      width="narrow"
      onClose={onClose}
    >
      <SegmentedControl
        label="For how long"
        choices={days}
        value={days.some((one) => one.value === value) ? value : null}
        onChange={onChange}
      />
      <DateField
        label="Until"
        min={addDays(today, 1)}
        max={addDays(today, 92)}
        autoFocus
        note="It comes back by itself on that day; for nobody else it is put off."
        {...form.field("until")}
      />
    </FormDialog>
  );
}

const AFTER: Readonly<Record<number, string>> = {
  1: "A day",
  7: "A week",
  14: "Two weeks",
  28: "Four weeks",
};
