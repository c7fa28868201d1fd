"use client";

import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { OwnPassword } from "@/components/ui/own-password";
import { useForm } from "@/components/ui/use-form";
import type { Plan } from "./compensation-answers";

/** One signature in one's own seat, over the plan's hash. */
export function SignPlanDialog({ plan, onClose }: { plan: Plan; onClose(): void }) {
  const sign = useWrite("signCompensationPlan", {
    quiet: true,
    said: ({ answer }) => `${answer.signatures} of 3 signatures on ${plan.title}`,
    onDone: onClose,
  });
  const form = useForm({
    start: { password: "" },
    sent: ({ password }) => (password ? { planId: plan.id, hash: plan.hash, password } : null),
    write: sign,
  });
  return (
    <FormDialog form={form} title={`Sign ${plan.title}`} save="Sign this plan" icon="stamp" onClose={onClose}>
      <p className="text-pretty">
        You sign exactly the plan with this hash. It pays for credit under a signed policy alone, out of
        frozen quarters, and reduces no AE's credit. A signature cannot be taken back.
      </p>
      <p className="break-all font-mono text-2xs text-ink-3">{plan.hash}</p>
      <OwnPassword {...form.field("password")} />
    </FormDialog>
  );
}
