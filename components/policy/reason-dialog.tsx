"use client";

import { ReasonForm } from "@/components/shared/signing/reason-form";
import { useWrite } from "@/components/shared/use-write";

const WORDS = {
  declinePolicy: {
    title: "Decline this proposal",
    text: "It ends here, for all three seats. The reason is kept with it, and a new draft can begin from its text.",
    save: "Decline",
    said: "Declined",
  },
  withdrawPolicy: {
    title: "Withdraw this proposal",
    text: "Its signatures become void. The reason is kept with it, and a new draft can begin from its text.",
    save: "Withdraw",
    said: "Withdrawn",
  },
} as const;

/** Ends a proposal, by a signer's no or by who drafted it. */
export function ReasonDialog({
  verb,
  policyId,
  onClose,
}: {
  verb: keyof typeof WORDS;
  policyId: string;
  onClose(): void;
}) {
  const { said, ...words } = WORDS[verb];
  const write = useWrite(verb, { quiet: true, said: () => said, onDone: onClose });
  return <ReasonForm {...words} sent={(reason) => ({ policyId, reason })} write={write} onClose={onClose} />;
}
