"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { isRefusal } from "@/lib/errors";
import { formatMajor, parseMajor } from "@/lib/money";

/** Minor units as somebody types an amount, null for nothing; the rule that it breaks instead. */
function read(typed: string, currency: string): number | null | string {
  if (typed.trim() === "") return null;
  try {
    return parseMajor(typed.replaceAll(",", ""), currency);
  } catch (error) {
    if (isRefusal(error)) return error.rule;
    throw error;
  }
}

/** One target of a quarter; left empty it is taken away. */
export function TargetDialog({
  quarter,
  currency,
  target: { line, owner, target },
  onClose,
}: {
  quarter: string;
  currency: string;
  target: Outputs["targets"]["targets"][number];
  onClose(): void;
}) {
  const set = useWrite("setTarget", { quiet: true, said: () => "Target kept", onDone: onClose });
  const form = useForm({
    start: { amount: target === null ? "" : formatMajor(target, currency) },
    check: ({ amount }) => {
      const amounts = read(amount, currency);
      return { amount: typeof amounts === "string" ? amounts : null };
    },
    sent: ({ amount }) => {
      const is = read(amount, currency);
      return typeof is === "string" ? null : { quarter, line, ownerId: owner?.id ?? null, amount: is };
    },
    write: set,
  });
  return (
    <FormDialog
      form={form}
      title={`${line === "sourced" ? "Sourced" : "Influenced"} target, ${quarter}: ${owner?.name ?? "everybody"}`}
      save="Keep"
      width="narrow"
      onClose={onClose}
    >
      <TextField
        label={`Amount, ${currency}`}
        note="Left empty it is taken away"
        autoFocus
        inputClassName="tabular text-right"
        inputProps={{ inputMode: "decimal" }}
        {...form.field("amount")}
      />
    </FormDialog>
  );
}
