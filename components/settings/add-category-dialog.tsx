"use client";

import { ComboBox } from "@/components/ui/combo-box";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useForm } from "@/components/ui/use-form";
import { CURRENCIES } from "@/lib/currencies";
import { COST_SIDES, type CostSide } from "@/lib/interchange/kinds";
import { type CostRow, SIDE_LABELS } from "./finance-rows";

const CURRENCY_ITEMS = Object.keys(CURRENCIES).map((code) => ({ id: code, name: code }));
const SIDE_CHOICES = COST_SIDES.map((value) => ({ value, label: SIDE_LABELS[value] }));

/** Begins another line of costs, which its first amount keeps. */
export function AddCategoryDialog({
  currency,
  onAdd,
  onClose,
}: {
  currency: string;
  onAdd(row: Omit<CostRow, "amounts">): void;
  onClose(): void;
}) {
  const form = useForm({
    start: { side: "partner_program" as CostSide, category: "", currency: currency as string | null },
    sent: (line) => {
      const category = line.category.trim().toLowerCase();
      return category && line.currency ? { ...line, category, currency: line.currency } : null;
    },
    write: { mutate: onAdd, isPending: false, error: null },
  });
  return (
    <FormDialog form={form} title="Add category" save="Add line" width="narrow" onClose={onClose}>
      <SegmentedControl label="Side" labelHidden={false} choices={SIDE_CHOICES} {...form.field("side")} />
      <TextField label="Category" placeholder="events" isRequired autoFocus {...form.field("category")} />
      <ComboBox label="Currency" noun="currency" items={CURRENCY_ITEMS} {...form.field("currency")} />
    </FormDialog>
  );
}
