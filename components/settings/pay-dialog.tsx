"use client";

import { InPerson, NOT_SHOWN, withShown } from "@/components/shared/signing/in-person";
import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { formatMoney } from "@/lib/money";
import type { Plan } from "./compensation-answers";

/** Seals what is due: the first run, or what corrections added and took since. */
export function PayDialog({
  plan,
  quarter,
  amount,
  onClose,
}: {
  plan: Plan;
  quarter: string;
  amount: number;
  onClose(): void;
}) {
  const pay = useWrite("payCompensation", {
    quiet: true,
    said: ({ answer }) => `Run ${answer.run}: ${formatMoney(answer.amount, answer.currency)} sealed as paid`,
    onDone: onClose,
  });
  const form = useForm({
    start: NOT_SHOWN,
    sent: (shown) => withShown({ planId: plan.id, quarter }, shown),
    write: pay,
  });
  return (
    <FormDialog form={form} title={`Pay ${quarter}`} save="Seal as paid" icon="lock" onClose={onClose}>
      <p className="text-pretty">
        {formatMoney(amount, plan.currency)} is sealed as paid, line by line, and nobody can take that back.
        What is corrected later is an addition or a clawback beside it.
      </p>
      <InPerson form={form} verb="pay-compensation" input={{ planId: plan.id, quarter }} />
    </FormDialog>
  );
}
