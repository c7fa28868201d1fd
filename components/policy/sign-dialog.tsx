"use client";

import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { dayInWords } from "@/lib/text/days";
import { plural } from "@/lib/text/words";
import { FrozenText } from "./frozen-text";
import type { PolicyAnswer } from "./policy-words";

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
      onClose={onClose}
    >
      <p className="text-pretty">
        You sign <strong className="font-semibold">{policy.title}</strong>
        {policy.activeFrom && <>, to be active from {dayInWords(policy.activeFrom)}</>}: exactly the memo with
        this hash, and no other.
      </p>
      <FrozenText canonical={policy.canonical} hash={hash} />
      <p className="text-pretty text-ink-2">
        {missing === 0
          ? "Yours is the third signature: with it the policy is binding, and open deals are judged again from its first day."
          : `After yours, ${plural(missing, "one signature is", "two signatures are")} missing.`}{" "}
        A signature cannot be taken back.
      </p>
      <TextField
        label="Your own password"
        type="password"
        autoComplete="current-password"
        autoFocus
        isRequired
        className="max-w-72"
        {...form.field("password")}
      />
    </FormDialog>
  );
}
