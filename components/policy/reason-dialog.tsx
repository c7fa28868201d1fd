"use client";

import { type FormEvent, useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";

const WORDS = {
  declinePolicy: {
    title: "Decline this proposal",
    text: "It ends here, for all three seats. The reason is kept with it, and a new draft can begin from its text.",
    button: "Decline",
    said: "Declined",
  },
  withdrawPolicy: {
    title: "Withdraw this proposal",
    text: "Its signatures become void. The reason is kept with it, and a new draft can begin from its text.",
    button: "Withdraw",
    said: "Withdrawn",
  },
} as const;

/** Ends a proposal with a reason that others read. */
export function ReasonDialog({
  verb,
  policyId,
  onClose,
}: {
  verb: keyof typeof WORDS;
  policyId: string;
  onClose(): void;
}) {
  const words = WORDS[verb];
  const [reason, setReason] = useState("");
  const end = useWrite(verb, { quiet: true, said: () => words.said, onDone: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const line = reason.trim().replace(/\s+/g, " ");
    if (line) end.mutate({ policyId, reason: line });
  };
  return (
    <Dialog
      title={words.title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="danger"
            type="submit"
            form="reason"
            isDisabled={!reason.trim()}
            isPending={end.isPending}
          >
            {words.button}
          </Button>
        </>
      }
    >
      <form id="reason" onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-pretty text-ink-2">{words.text}</p>
        <TextField
          label="Reason"
          lines={3}
          autoFocus
          isRequired
          maxLength={2000}
          value={reason}
          onChange={setReason}
        />
        {end.error && <ProblemLine error={end.error} />}
      </form>
    </Dialog>
  );
}
