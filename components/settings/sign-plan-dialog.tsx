"use client";

import { useEffect } from "react";
import type { Seat } from "@/components/shared/signing/seat-list";
import { SignForm } from "@/components/shared/signing/sign-form";
import { useWrite } from "@/components/shared/use-write";
import type { Plan } from "./compensation-answers";

/** One signature in one's own seat, over the plan's hash. */
export function SignPlanDialog({ plan, seat, onClose }: { plan: Plan; seat: Seat; onClose(): void }) {
  const { id: planId, hash, canonical, title } = plan;
  const { mutate: view } = useWrite("viewCompensationPlan", { quiet: true, said: () => null });
  // Opened here: the certificate says when. What refuses it refuses the signature, in its words.
  useEffect(() => view({ planId, hash }), [view, planId, hash]);
  const sign = useWrite("signCompensationPlan", {
    quiet: true,
    said: ({ answer }) => `${answer.signatures} of 3 signatures on ${title}`,
    onDone: onClose,
  });
  return (
    <SignForm
      text={{ canonical, hash }}
      seats={plan.seats}
      seat={seat}
      binds="with it the plan pays, out of frozen quarters"
      verb="sign-compensation-plan"
      about={{ planId, hash }}
      sent={(shown) => ({ planId, hash, ...shown })}
      write={sign}
      onClose={onClose}
    >
      <p className="text-pretty">
        You sign <strong className="font-semibold">{title}</strong>: exactly the plan with this hash. It pays
        for credit under a signed policy alone, and reduces no AE's credit.
      </p>
    </SignForm>
  );
}
