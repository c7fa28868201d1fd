"use client";

import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { DateField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { addDays } from "@/lib/calendar";
import { dayInWords } from "@/lib/text/days";

/** Puts off the day until which an approved registration protects its partner. */
export function ExtendDialog({
  registration,
  onClose,
}: {
  registration: { id: string; partner: { name: string }; protectedUntil: string | null };
  onClose(): void;
}) {
  const today = useMe()?.today ?? "";
  const now = registration.protectedUntil ?? today;
  const least = addDays(now < today ? today : now, 1);
  const form = useForm({
    start: { until: addDays(least, 29) },
    sent: ({ until }) => (until ? { registrationId: registration.id, until } : null),
    write: useWrite("extendRegistration", {
      quiet: true,
      undo: true,
      said: (_, { until }) => `${registration.partner.name} is protected until ${dayInWords(until)}`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog
      form={form}
      title={`Protect ${registration.partner.name} longer`}
      save="Extend"
      onClose={onClose}
    >
      <p className="text-ink-2">It is protected until {dayInWords(now)} now.</p>
      <DateField label="Until" min={least} isRequired className="max-w-44" {...form.field("until")} />
    </FormDialog>
  );
}
