"use client";

import { useState } from "react";
import { Effect } from "@/components/shared/effect";
import { RoleClaimFields } from "@/components/shared/role-claim-fields";
import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { EditProblem } from "./edit-problem";
import { withRow } from "./shown-at-once";

type Row = Outputs["deal"]["roles"][number];

const claim = ({
  role,
  touchStage,
  touchedOn,
  contact,
}: Pick<Row, "role" | "touchStage" | "touchedOn" | "contact">) =>
  `${ROLE_WORDS[role].label}, stage ${touchStage}, ${dayInWords(touchedOn)}, ${contact ?? "no contact"}`;

/** What differs from the row, as the write takes it. */
function changesOf(
  row: Row,
  { role, touchStage, touchedOn, contact }: Omit<Row, "contact"> & { contact: string },
) {
  return {
    ...(role !== row.role && { role }),
    ...(touchStage !== row.touchStage && { touchStage }),
    ...(touchedOn !== row.touchedOn && { touchedOn }),
    ...(contact.trim() !== (row.contact ?? "") && { contact: contact.trim() || null }),
  };
}

/** What is filled in over a row as it was seen, and how it is sent. */
function useRoleForm(row: Row, version: number, onDone: () => void) {
  const [opened] = useState(version);
  const edit = useWrite("editRole", {
    quiet: true,
    undo: true,
    said: ({ answer }) => ({
      message: `${row.partner.name}'s row changed`,
      detail: answer.confirmed ? undefined : "It waits for the AE's confirmation.",
    }),
    shows: ({ rowId, changes }, show) => show("deal", (now) => withRow(now, rowId, changes as Partial<Row>)),
    onDone,
  });
  return useForm({
    start: { ...row, contact: row.contact ?? "" },
    sent: (values) => {
      const changes = changesOf(row, values);
      // An edit is one of what was seen: at first what the dialog opened with, after a conflict what stands.
      return Object.keys(changes).length > 0
        ? { rowId: row.id, version: edit.isError ? version : opened, changes }
        : null;
    },
    write: edit,
  });
}

/** Corrects a role row. A changed claim must be confirmed again, unless the AE changes it. */
export function RoleDialog({
  row,
  now,
  version,
  onClose,
}: {
  /** As it stood when the dialog opened: what the editor saw. */
  row: Row;
  /** As it stands now; null when somebody withdrew it. */
  now: Row | null;
  /** The deal's, now. */
  version: number;
  onClose(): void;
}) {
  const form = useRoleForm(row, version, onClose);
  const yours = claim({ ...(now ?? row), ...changesOf(row, form.values) });
  const stage = form.field("touchStage");
  return (
    <FormDialog
      form={form}
      title={`${row.partner.name}'s row`}
      save="Save"
      notes={
        row.confirmedOn && row.may.rewrite === true
          ? "Unless the AE changes it, a changed role, stage or day is confirmed anew."
          : undefined
      }
      problem={(error) => <EditProblem error={error} yours={yours} now={now && claim(now)} />}
      onClose={onClose}
    >
      {row.may.rewrite === true ? (
        <RoleClaimFields
          role={form.field("role")}
          stage={stage}
          day={form.field("touchedOn")}
          stageShown={stage.value}
        />
      ) : (
        <p className="text-ink-2">{row.may.rewrite}. The contact may still be kept.</p>
      )}
      <TextField label="Contact at the partner" {...form.field("contact")} />
      {row.may.rewrite === true && (
        <Effect
          verb="editRole"
          input={form.ready ? { rowId: row.id, changes: changesOf(row, form.values) } : null}
          partnerName={(id) => (id === row.partner.id ? row.partner.name : undefined)}
          unsaid="Change something to see what it makes of the deal."
        />
      )}
    </FormDialog>
  );
}
