"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useForm } from "@/components/ui/use-form";
import type { SampleMethod } from "@/lib/metrics/audit-sample";
import { count } from "@/lib/text/words";

const METHODS = [
  { value: "deals", label: "Each deal alike" },
  { value: "amount", label: "By amount" },
] as const;

/** A seed and a size. Two auditors agree on a seed beforehand, so that neither chose the deals. */
export function DrawDialog({
  quarter,
  onClose,
  onDrawn,
}: {
  quarter: string;
  onClose(): void;
  onDrawn(sampleId: string): void;
}) {
  const form = useForm({
    start: { seed: "", size: "25", method: "deals" as SampleMethod },
    sent: ({ seed, size, method }) =>
      seed.trim() && /^\d+$/.test(size.trim())
        ? { quarter, seed: seed.trim(), size: Number(size), method }
        : null,
    write: useWrite("drawSample", {
      quiet: true,
      said: ({ answer }) => `${count(answer.deals.length, "deal")} drawn`,
      onDone: ({ answer }) => onDrawn(answer.sampleId),
    }),
  });
  return (
    <FormDialog form={form} title={`Draw a sample of ${quarter}`} save="Draw" onClose={onClose}>
      <TextField
        label="Seed"
        autoFocus
        isRequired
        maxLength={200}
        note="Any text; agree on it before you draw. The same seed draws the same deals of this seal."
        {...form.field("seed")}
      />
      <TextField
        label="How many"
        isRequired
        inputProps={{ inputMode: "numeric" }}
        className="w-28"
        {...form.field("size")}
      />
      <SegmentedControl label="How" labelHidden={false} choices={METHODS} {...form.field("method")} />
      <p className="text-pretty text-ink-2 text-xs">
        {form.values.method === "deals"
          ? "Every closed deal is as likely as any other; the result says how many of all deals hold."
          : "Points at equal distances along the amounts: a large deal is likelier, one above the distance is certain."}
      </p>
    </FormDialog>
  );
}
