"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { formatMajor } from "@/lib/money";
import { capital } from "@/lib/text/words";
import { CostShares } from "./cost-shares";
import type { Finance } from "./finance-rows";
import { readAmount } from "./read-amount";

/** One line of the ledger: its amount, the link to what shows it, and what of it went to which partner. */
export function CostDialog({ cost, onClose }: { cost: Finance["costs"][number]; onClose(): void }) {
  const { quarter, side, category, currency } = cost;
  const name = capital(category.replaceAll("_", " "));
  const record = useWrite("recordCost", {
    quiet: true,
    said: () => `${name} kept`,
    undo: true,
    onDone: onClose,
  });
  const form = useForm({
    start: { amount: formatMajor(cost.amount, currency), evidence: cost.evidence ?? "" },
    check: ({ amount }) => {
      const read = readAmount(amount, currency);
      return { amount: typeof read === "string" ? read : null };
    },
    sent: ({ amount, evidence }) => {
      const read = readAmount(amount, currency);
      if (typeof read === "string") return null;
      return { quarter, side, category, currency, amount: read, evidence: evidence.trim() || null };
    },
    write: record,
  });
  return (
    <FormDialog
      form={form}
      title={`${name}, ${quarter}`}
      save="Keep"
      onClose={onClose}
      beside={<CostShares cost={cost} />}
    >
      <TextField
        label={`Amount, ${currency}`}
        isRequired
        inputClassName="tabular text-right"
        inputProps={{ inputMode: "decimal" }}
        {...form.field("amount")}
      />
      <TextField
        label="Shown by"
        note="A link to the invoice, the payroll sheet, the booking"
        placeholder="https://"
        {...form.field("evidence")}
      />
    </FormDialog>
  );
}
