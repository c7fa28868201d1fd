"use client";

import { type FormEvent, useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { problemOf } from "@/lib/api/problem-of";
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
  const [password, setPassword] = useState("");
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
  const isPassword = sign.error !== null && problemOf(sign.error).field === "password";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sign.mutate({ policyId: policy.id, hash, password });
  };
  return (
    <Dialog
      title={`Sign as ${seat.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            icon="stamp"
            type="submit"
            form="sign"
            isDisabled={password === ""}
            isPending={sign.isPending}
          >
            Sign this text
          </Button>
        </>
      }
    >
      <form id="sign" onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-pretty">
          You sign <strong className="font-semibold">{policy.title}</strong>
          {policy.activeFrom && <>, to be active from {dayInWords(policy.activeFrom)}</>}: exactly the memo
          with this hash, and no other.
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
          value={password}
          onChange={(next) => {
            setPassword(next);
            // A field that stays invalid would keep its form from being sent again.
            if (sign.isError) sign.reset();
          }}
          problem={isPassword ? `It ${problemOf(sign.error).rule}` : null}
        />
        {sign.error && !isPassword && <ProblemLine error={sign.error} />}
      </form>
    </Dialog>
  );
}
