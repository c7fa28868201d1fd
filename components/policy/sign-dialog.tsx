"use client";

import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { OwnPassword } from "@/components/ui/own-password";
import { useForm } from "@/components/ui/use-form";
import { dayInWords } from "@/lib/text/days";
import { plural } from "@/lib/text/words";
import { FrozenText } from "./frozen-text";
import type { PolicyAnswer } from "./policy-words";
import { SignatureEffect } from "./signature-effect";

/** A first day that has passed meanwhile is the day of the third signature. */
const beginsOn = (activeFrom: string, today = activeFrom) => (activeFrom > today ? activeFrom : today);

/** One signature in one's own seat, over the hash that was read, after entering one's own password. */
export function SignDialog({
  policy,
  seat,
  onClose,
}: {
  policy: PolicyAnswer;
  seat: PolicyAnswer["seats"][number];
  onClose(): void;
}) {
  const today = useMe()?.today;
  const hash = policy.hash ?? policy.draftHash;
  const missing = policy.seats.filter((one) => !one.signature && one.seat !== seat.seat).length;
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
  const form = useForm({
    start: { password: "" },
    sent: ({ password }) => (password ? { policyId: policy.id, hash, password } : null),
    write: sign,
  });
  return (
    <FormDialog
      form={form}
      title={`Sign as ${seat.name}`}
      save="Sign this text"
      icon="stamp"
      width="wide"
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
      <FrozenText canonical={policy.canonical} hash={hash} />
      <p className="text-pretty text-ink-2">
        {missing === 0
          ? "Yours is the third signature: with it the policy is binding from its first day on."
          : `After yours, ${plural(missing, "one signature is", "two signatures are")} missing.`}{" "}
        A signature cannot be taken back.
      </p>
      <OwnPassword {...form.field("password")} />
    </FormDialog>
  );
}
