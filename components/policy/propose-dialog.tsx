"use client";

import { useQuery } from "@tanstack/react-query";
import { FrozenText } from "@/components/shared/signing/frozen-text";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { DateField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { rehearsalOf } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { dayInWords } from "@/lib/text/days";
import { AmendmentClock } from "./amendment-clock";
import { WishForm } from "./learnings";
import type { PolicyAnswer } from "./policy-words";
import { SignatureEffect } from "./signature-effect";

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
  const today = useMe()?.today;
  const { possibleFrom, waitsFor } = policy.amendment;
  const form = useForm({
    start: { activeFrom: possibleFrom },
    sent: ({ activeFrom }) =>
      activeFrom ? { policyId: policy.id, version: policy.version, activeFrom } : null,
    write: useWrite("proposePolicy", {
      quiet: true,
      said: () => ({ message: "Proposed", detail: "The text is frozen and waits for three signatures." }),
      onDone: onProposed,
    }),
  });
  const { activeFrom } = form.values;
  const rehearsed = useQuery({
    ...rehearsalOf("proposePolicy", { policyId: policy.id, version: policy.version, activeFrom }),
    enabled: activeFrom !== "",
    retry: false,
  });
  const wish = waitsFor && (
    <div className="mt-4 border-line border-t pt-4">
      <WishForm label="Or keep what you want to change as a wish" />
    </div>
  );
  return (
    <FormDialog
      form={form}
      title="Propose for signature"
      save="Freeze and propose"
      width="wide"
      beside={wish}
      onClose={onClose}
    >
      <p className="text-pretty text-ink-2">
        The text below is frozen: what is signed is its hash, and a changed character would void every
        signature. To change it later, withdraw it and start a new draft.
      </p>
      <DateField
        label="Active from"
        isRequired
        className="max-w-48"
        min={today}
        note={activeFrom && fromWords(activeFrom, today)}
        {...form.field("activeFrom")}
      />
      <div className="rounded-md border border-line bg-sunken px-3 py-2.5">
        <AmendmentClock amendment={policy.amendment} />
        {rehearsed.error && (
          <p role="alert" className="mt-1.5 text-danger">
            It cannot be proposed: {problemOf(rehearsed.error).rule}.
          </p>
        )}
      </div>
      {activeFrom !== "" && <SignatureEffect policyId={policy.id} activeFrom={activeFrom} />}
      <FrozenText canonical={policy.canonical} hash={policy.draftHash} />
    </FormDialog>
  );
}

/** From when it judges. */
const fromWords = (activeFrom: string, today = activeFrom) =>
  activeFrom > today
    ? `Judges from ${dayInWords(activeFrom)}; what is in force ends the day before.`
    : "Judges from the day of the third signature.";
