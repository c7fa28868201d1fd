"use client";

import { TextField } from "@/components/ui/field";
import { FormPanel } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { ExceptionDetail } from "./answers";
import { useWithdraw } from "./use-case-writes";

/** Takes back what one raised: it stays in the log, with nothing left to decide. */
export function WithdrawForm({ detail, onClose }: { detail: ExceptionDetail; onClose(): void }) {
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) => (reason.trim() === "" ? null : { exceptionId: detail.id, reason: reason.trim() }),
    write: useWithdraw(onClose),
  });
  return (
    <FormPanel
      form={form}
      title="Withdraw"
      note="You raised it. It stays in the log with your reason, and nothing is left to decide."
      save="Withdraw"
      focus="textarea"
      onClose={onClose}
    >
      <TextField
        label="Reason"
        lines={2}
        placeholder="What made it settled between you"
        {...form.field("reason")}
      />
    </FormPanel>
  );
}
