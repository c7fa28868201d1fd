"use client";

import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { problemWords } from "@/components/ui/problem-words";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { goneWords, keptWords } from "@/lib/text/erasure-words";
import { useRehearsal } from "./use-rehearsal";
import { useWrite } from "./use-write";

export interface Erasable {
  kind: "user" | "partner_contact";
  id: string;
  name: string;
}

type Done = Outputs["erasePerson"]["answer"];

/** Erases somebody for good, once it was read what goes, what stays and why. */
export function EraseDialog({ person, onClose }: { person: Erasable; onClose(): void }) {
  const { kind, id, name } = person;
  // The reason changes nothing of what it would do.
  const told = useRehearsal("erasePerson", { kind, id, reason: "rehearsed" });
  const done = told.data?.answer as Done | null | undefined;
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) => (done && reason.trim() ? { kind, id, reason: reason.trim() } : null),
    write: useWrite("erasePerson", {
      said: ({ answer: { called } }) => ({
        message: `${called} is what they are called now`,
        detail: "Nothing counts otherwise.",
      }),
      onDone: onClose,
    }),
  });
  return (
    <FormDialog form={form} title={`Erase ${name}?`} save="Erase for good" look="danger" onClose={onClose}>
      <div className="flex flex-col gap-3 text-pretty text-ink-2" aria-live="polite">
        <p>
          For good: nobody can take it back. Names, addresses, whence they signed in, and every word that
          names them go. What they did stays under another name; no outcome and no number changes.
        </p>
        {told.isPending && <SkeletonRows rows={3} label="Looking through every record" />}
        {told.error && (
          <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">
            {problemWords(problemOf(told.error)).detail}
          </p>
        )}
        {done && <What done={done} />}
      </div>
      <TextField
        label="Reason"
        note="Stays in the audit log, so name nobody in it"
        placeholder="Left, and asked for it"
        isRequired
        {...form.field("reason")}
      />
    </FormDialog>
  );
}

function What({ done: { erased, kept } }: { done: Done }) {
  const stays = keptWords(kept);
  return (
    <>
      <p>Goes from {goneWords(erased)}.</p>
      {stays.length === 0 ? (
        <p>Nothing goes on naming them.</p>
      ) : (
        <div>
          <p>These go on naming them:</p>
          <ul className="list-disc pl-5">
            {stays.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
