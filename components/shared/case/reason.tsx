"use client";

import { TextField } from "@/components/ui/field";
import { useKeptText } from "@/components/ui/use-kept-text";

/** Why it is decided so, and the form around it; kept in this browser until it is said. */
export function useReason({
  keptAs,
  isChosen,
  write,
  decide,
}: {
  keptAs: string;
  /** Whether everything else that the decision needs is said. */
  isChosen: boolean;
  write: { isPending: boolean; error: unknown };
  decide(reason: string): void;
}) {
  const reason = useKeptText(keptAs);
  const ready = reason.text.trim() !== "" && isChosen;
  const form = {
    ready,
    isPending: write.isPending,
    isDirty: reason.text !== "",
    unplaced: () => write.error,
    failures: 0,
    submit: () => {
      if (ready && !write.isPending) decide(reason.text.trim());
    },
  };
  return { reason, form };
}

/** The reason, of one case or for each of several. */
export function ReasonField({
  reason,
  forEach = false,
}: {
  reason: { text: string; write(text: string): void };
  forEach?: boolean;
}) {
  return (
    <TextField
      label="Reason"
      lines={2}
      value={reason.text}
      onChange={reason.write}
      placeholder={`One sentence that stands on its own a year from now${forEach ? ", for each of them" : ""}`}
    />
  );
}
