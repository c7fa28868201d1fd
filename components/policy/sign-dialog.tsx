"use client";

import { useEffect } from "react";
import type { Seat } from "@/components/shared/signing/seat-list";
import { SignForm } from "@/components/shared/signing/sign-form";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { dayInWords } from "@/lib/text/days";
import type { PolicyAnswer } from "./policy-words";
import { SignatureEffect } from "./signature-effect";

/** A first day that has passed meanwhile is the day of the third signature. */
const beginsOn = (activeFrom: string, today = activeFrom) => (activeFrom > today ? activeFrom : today);

/** One signature in one's own seat, over the hash that was read, after entering one's own password. */
export function SignDialog({ policy, seat, onClose }: { policy: PolicyAnswer; seat: Seat; onClose(): void }) {
  const today = useMe()?.today;
  const hash = policy.hash ?? policy.draftHash;
  const { mutate: view } = useWrite("viewPolicy", { quiet: true, said: () => null });
  // Opened here: the certificate says when. What refuses it refuses the signature, in its words.
  useEffect(() => view({ policyId: policy.id, hash }), [view, policy.id, hash]);
  const sign = useWrite("signPolicy", {
    quiet: true,
    said: ({ answer }) =>
      answer.activeFrom
        ? {
            message: "Signed by all three",
            detail: `The policy is active from ${dayInWords(answer.activeFrom)}.`,
          }
        : { message: "Signed", detail: `${answer.signatures} of 3 signatures.` },
    onDone: onClose,
  });
  return (
    <SignForm
      text={{ canonical: policy.canonical, hash }}
      seats={policy.seats}
      seat={seat}
      binds="with it the policy is binding from its first day on"
      verb="sign-policy"
      about={{ policyId: policy.id, hash }}
      sent={(shown) => ({ policyId: policy.id, hash, ...shown })}
      write={sign}
      onClose={onClose}
    >
      <p className="text-pretty">
        You sign <strong className="font-semibold">{policy.title}</strong>
        {policy.activeFrom && <>, to be active from {dayInWords(policy.activeFrom)}</>}: exactly the memo with
        this hash, and no other.
      </p>
      {policy.activeFrom && (
        <SignatureEffect policyId={policy.id} activeFrom={beginsOn(policy.activeFrom, today)} />
      )}
    </SignForm>
  );
}
