"use client";

import { useEffect } from "react";
import { useTimeInWords } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { CopyLink } from "@/components/ui/copy-link";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { setPasswordPath } from "@/lib/text/addresses";

/** Makes a person's link and shows it, this once: whoever opens the dialog passes it on. */
export function LinkDialog({
  person,
  title,
  onClose,
}: {
  person: { id: string; name: string };
  title: string;
  onClose(): void;
}) {
  const timeInWords = useTimeInWords();
  const issue = useWrite("issueLink", { quiet: true, said: () => null });
  const { mutate } = issue;
  useEffect(() => mutate({ userId: person.id }), [mutate, person.id]);
  const made = issue.data?.answer;
  return (
    <Dialog
      title={title}
      width="narrow"
      isOpen
      onClose={onClose}
      actions={
        <>
          {made && <CopyLink text={addressOf(made.token)} />}
          <Button look="primary" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      {issue.error ? <ProblemLine error={issue.error} /> : null}
      {made ? (
        <>
          <p className="tabular select-all break-all rounded-md border border-line bg-sunken px-4 py-3">
            {addressOf(made.token)}
          </p>
          <p className="mt-3 text-pretty text-ink-2">
            Send it to {person.name} and to nobody else: whoever opens it first sets the password. It works
            once, until {timeInWords(made.expiresAt)}, and is not shown again. A link from before is dead now.
          </p>
        </>
      ) : (
        !issue.error && (
          <p aria-busy="true" className="text-ink-2">
            Making the link…
          </p>
        )
      )}
    </Dialog>
  );
}

const addressOf = (token: string) => `${window.location.origin}${setPasswordPath(token)}`;
