"use client";

import { ReasonForm } from "@/components/shared/signing/reason-form";
import { useWrite } from "@/components/shared/use-write";
import type { Plan } from "./compensation-answers";

/** Ends a plan that three people have not signed. */
export function WithdrawPlanDialog({ plan, onClose }: { plan: Plan; onClose(): void }) {
  const write = useWrite("withdrawCompensationPlan", {
    quiet: true,
    said: () => `${plan.title} is withdrawn`,
    onDone: onClose,
  });
  return (
    <ReasonForm
      title="Withdraw this plan"
      text="Its signatures become void. The reason is kept with it; another plan is drafted anew."
      save="Withdraw"
      sent={(reason) => ({ planId: plan.id, reason })}
      write={write}
      onClose={onClose}
    />
  );
}
