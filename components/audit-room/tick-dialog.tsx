"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useForm } from "@/components/ui/use-form";
import type { Verdict } from "@/lib/metrics/audit-sample";
import type { SampledDeal } from "./answers";
import { VERDICT_WORDS } from "./sample-words";

const CHOICES = [
  { value: "holds", label: VERDICT_WORDS.holds },
  { value: "does_not_hold", label: VERDICT_WORDS.does_not_hold },
] as const;

/** What was found of one deal, with a note; where it does not hold, the note says why. */
export function TickDialog({
  sampleId,
  deal,
  onClose,
}: {
  sampleId: string;
  deal: SampledDeal;
  onClose(): void;
}) {
  const form = useForm({
    start: { verdict: (deal.verdict ?? "does_not_hold") as Verdict, note: deal.note ?? "" },
    sent: ({ verdict, note }) => ({ sampleId, dealId: deal.dealId, verdict, note: note.trim() || null }),
    check: ({ verdict, note }) => ({
      note:
        verdict === "does_not_hold" && !note.trim()
          ? "Say what does not hold: whoever signs off reads it"
          : null,
    }),
    write: useWrite("tickSampledDeal", {
      quiet: true,
      said: () => `Written down of ${deal.account ?? deal.dealId}`,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog
      form={form}
      title={`What you found: ${deal.account ?? deal.dealId}`}
      save="Save"
      onClose={onClose}
    >
      <SegmentedControl label="Verdict" choices={CHOICES} {...form.field("verdict")} />
      <TextField
        label="Note"
        lines={3}
        autoFocus
        isRequired={form.values.verdict === "does_not_hold"}
        maxLength={2000}
        {...form.field("note")}
      />
    </FormDialog>
  );
}
