"use client";

import { useState } from "react";
import { FormPanel } from "@/components/ui/form-dialog";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { count } from "@/lib/text/words";
import type { ExceptionLine } from "./answers";
import type { Person } from "./use-people";
import { type LeftOut, useAssignMany } from "./use-triage-writes";

const START: { ownerId: string | null } = { ownerId: null };

/** Gives several cases one owner. */
export function AssignManyForm({
  cases,
  people,
  onClose,
}: {
  cases: readonly ExceptionLine[];
  people: readonly Person[];
  onClose(left?: readonly LeftOut[]): void;
}) {
  const [exceptionIds] = useState(() => cases.map(({ id }) => id));
  const form = useForm({
    start: START,
    sent: ({ ownerId }) => (ownerId === null ? null : { exceptionIds, ownerId }),
    write: useAssignMany(onClose),
  });
  return (
    <FormPanel
      form={form}
      title={`Give ${count(exceptionIds.length, "case")} an owner`}
      note="Whoever sees to it that they are decided."
      save="Give"
      focus="button"
      onClose={onClose}
    >
      <Select
        label="Owner"
        className="w-64"
        choices={people.map(({ id, name }) => ({ value: id, label: name }))}
        placeholder="Choose a person"
        {...form.field("ownerId")}
      />
    </FormPanel>
  );
}
