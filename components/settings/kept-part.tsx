"use client";

import type { Me } from "@/components/shared/use-me";
import { TextField } from "@/components/ui/field";
import type { FormOf } from "@/components/ui/use-form";

type Kept = Me["kept"];

/** The settings, each a number of days as it is typed. */
const FIELDS = {
  keptWhenceDays: [
    "whenceDays",
    "Whence somebody signed in",
    "Browser and address; that they did stays in the audit log",
  ],
  keptSessionDays: ["sessionDays", "Sessions", "30 at least: by them a browser is known as its owner’s"],
  keptRepeatDays: ["repeatDays", "First answers to writes", "For programs that repeat a write by its key"],
  keptNoticeDays: ["noticeDays", "What people were told", "Mails and messages; what they told of stays"],
  keptDeliveryDays: ["deliveryDays", "What webhooks were sent", "Once it arrived, or was given up"],
  keptOriginalDays: [
    "originalDays",
    "Mails, calls and notes that were read",
    "Once all that was read of them was answered",
  ],
} as const satisfies Record<string, readonly [keyof Kept, string, string]>;

export type KeptField = keyof typeof FIELDS;
export const KEPT_FIELDS = Object.keys(FIELDS) as KeptField[];

export const keptStart = (kept: Kept) =>
  Object.fromEntries(KEPT_FIELDS.map((field) => [field, String(kept[FIELDS[field][0]])])) as Record<
    KeptField,
    string
  >;

/** What differs from what is stored. */
export const keptChanges = (kept: Kept, values: Record<KeptField, string>) =>
  Object.fromEntries(
    KEPT_FIELDS.flatMap((field) => {
      const days = Number(values[field]);
      return days === kept[FIELDS[field][0]] ? [] : [[field, days]];
    }),
  ) as Partial<Record<KeptField, number>>;

/** Six fields of days. */
export function KeptPart({
  form,
  isDisabled,
}: {
  form: FormOf<Record<KeptField, string>>;
  isDisabled: boolean;
}) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {KEPT_FIELDS.map((field) => (
        <TextField
          key={field}
          label={`${FIELDS[field][1]}, days`}
          note={FIELDS[field][2]}
          isRequired
          inputClassName="tabular max-w-28"
          inputProps={{ inputMode: "numeric" }}
          isDisabled={isDisabled}
          {...form.field(field)}
        />
      ))}
    </div>
  );
}
