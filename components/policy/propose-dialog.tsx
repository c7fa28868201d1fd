"use client";

import { type FormEvent, useState } from "react";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { DateField } from "@/components/ui/field";
import { dayInWords } from "@/lib/text/days";
import { AmendmentClock } from "./amendment-clock";
import { FrozenText } from "./frozen-text";
import { WishForm } from "./learnings";
import type { PolicyAnswer } from "./policy-words";

/** Freezes the text for its three signatures, with the day from which it is to judge. */
export function ProposeDialog({
  policy,
  onProposed,
  onClose,
}: {
  policy: PolicyAnswer;
  onProposed(): void;
  onClose(): void;
}) {
  const me = useMe();
  const { possibleFrom, waitsFor } = policy.amendment;
  const [activeFrom, setActiveFrom] = useState(possibleFrom);
  const propose = useWrite("proposePolicy", {
    quiet: true,
    said: () => ({ message: "Proposed", detail: "The text is frozen and waits for three signatures." }),
    onDone: onProposed,
  });
  const tooEarly = activeFrom !== "" && activeFrom < possibleFrom;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (activeFrom) propose.mutate({ policyId: policy.id, version: policy.version, activeFrom });
  };
  return (
    <Dialog
      title="Propose for signature"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="propose"
            isDisabled={!activeFrom}
            isPending={propose.isPending}
          >
            Freeze and propose
          </Button>
        </>
      }
    >
      <form id="propose" onSubmit={submit} className="flex flex-col gap-4">
        <p className="text-pretty text-ink-2">
          The text below is frozen: what is signed is its hash, and a changed character would void every
          signature. To change it later, withdraw it and start a new draft.
        </p>
        <DateField
          label="Active from"
          isRequired
          className="max-w-48"
          min={me?.today}
          value={activeFrom}
          onChange={setActiveFrom}
          note={
            activeFrom &&
            (activeFrom > (me?.today ?? activeFrom)
              ? `Judges from ${dayInWords(activeFrom)}; what is in force ends the day before.`
              : "Judges from the day of the third signature.")
          }
        />
        <div className="rounded-md border border-line bg-sunken px-3 py-2.5">
          <AmendmentClock amendment={policy.amendment} />
          {waitsFor && tooEarly && (
            <p className="mt-1.5 text-warn">
              {dayInWords(activeFrom)} is too early: the third signature would be refused.
            </p>
          )}
        </div>
        <FrozenText canonical={policy.canonical} hash={policy.draftHash} />
        {propose.error && <ProblemLine error={propose.error} />}
      </form>
      {waitsFor && (
        <div className="mt-4 border-line border-t pt-4">
          <WishForm label="Or keep what you want to change as a wish" />
        </div>
      )}
    </Dialog>
  );
}
