"use client";

import type { Me } from "@/components/shared/use-me";
import { ComboBox } from "@/components/ui/combo-box";
import type { FormField } from "@/components/ui/use-form";
import { companyDay, companyTime } from "@/lib/company-day";
import { dayInWords } from "@/lib/text/days";

/** Whose day it is: the zone in which the company's days are counted (domain.md §9). */
export function TimeZone({
  me,
  isDisabled,
  ...field
}: FormField<string | null> & { me: Me; isDisabled: boolean }) {
  const zones = [...new Set([me.timeZone, "UTC", ...Intl.supportedValuesOf("timeZone")])];
  return (
    <div className="flex flex-col gap-2">
      <ComboBox
        label="Days are counted in"
        noun="time zone"
        className="max-w-80"
        items={zones.map((zone) => ({ id: zone, name: zone }))}
        isDisabled={isDisabled}
        note={field.value && noteOf(field.value, me)}
        {...field}
      />
      <p className="max-w-prose text-ink-3 text-xs">
        Today, the day something was recorded, a deadline and a quarter's end are days in this zone, for
        everybody and wherever the server is. Days that are recorded already stay as they are.
      </p>
      {me.timeZoneSaidOn === null && (
        <p role="status" className="max-w-prose text-warn text-xs">
          This is the zone of the server that started first. Save it, or the company's own, so that it is
          settled.
        </p>
      )}
    </div>
  );
}

/** Of the stored zone the day alone, as the server said it: a clock would show another minute than the page that it sent. */
function noteOf(zone: string, me: Me): string {
  if (zone === me.timeZone) return `Today is ${dayInWords(me.today)}`;
  const now = Date.now();
  return `It is ${companyTime(now, zone)} on ${dayInWords(companyDay(now, zone))} there`;
}
