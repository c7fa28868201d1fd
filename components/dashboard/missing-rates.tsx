"use client";

import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { useForm } from "@/components/ui/use-form";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { list } from "@/lib/text/words";

/** The currencies whose rates the quarter's own figures lack. */
function missingIn(metrics: readonly MetricReport[]): string[] {
  const found = metrics.flatMap(({ figures }) =>
    figures.flatMap(({ value }) => (!isDefined(value) && value.currency ? [value.currency] : [])),
  );
  return [...new Set(found)].sort();
}

/** What a missing rate leaves blank, and the rate asked for where it is missed. */
export function MissingRates({
  metrics,
  quarter,
  currency,
}: {
  metrics: readonly MetricReport[];
  quarter: string;
  /** The reporting currency. */
  currency: string;
}) {
  const me = useMe();
  const missing = missingIn(metrics);
  if (missing.length === 0) return null;
  return (
    <section
      aria-label="Missing rates"
      className="flex flex-wrap items-end gap-x-6 gap-y-2 border-line border-t bg-warn-soft px-4 py-2.5 text-warn sm:px-5 print:hidden"
    >
      <p className="flex min-w-60 flex-1 items-start gap-2">
        <Icon name="alert" className="mt-0.5" />
        <span>
          No rate from {list(missing)} to {currency} is stored for {quarter}: the numbers that need it are
          blank, the others stand.
          {!mayEver(me, "finance.edit") && " Finance records it."}
        </span>
      </p>
      {mayEver(me, "finance.edit") &&
        missing.map((one) => <RateForm key={one} foreign={one} to={currency} quarter={quarter} />)}
    </section>
  );
}

function RateForm({ foreign, to, quarter }: { foreign: string; to: string; quarter: string }) {
  const form = useForm({
    start: { rate: "" },
    sent: ({ rate }) => (rate.trim() === "" ? null : { quarter, currency: foreign, rate: rate.trim() }),
    write: useWrite("recordRate", {
      quiet: true,
      undo: true,
      said: () => `Rate of ${foreign} recorded for ${quarter}`,
    }),
  });
  return (
    <Form
      form={form}
      className="flex items-end gap-2 text-ink"
      foot={
        <Button type="submit" look="primary" isDisabled={!form.ready} isPending={form.isPending}>
          Record
        </Button>
      }
    >
      <TextField label={`${to} for 1 ${foreign}`} {...form.field("rate")} />
    </Form>
  );
}
