"use client";

import { useState } from "react";
import { ROLE_CHOICES, STAGE_CHOICES } from "@/components/shared/tag-form";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DateField, TextField } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import type { Outputs } from "@/lib/api/client";
import type { Stage } from "@/lib/attribution/vocabulary";
import { ROLE_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { EditProblem } from "./edit-problem";

type Row = Outputs["deal"]["roles"][number];

const claim = ({
  role,
  touchStage,
  touchedOn,
  contact,
}: Pick<Row, "role" | "touchStage" | "touchedOn" | "contact">) =>
  `${ROLE_WORDS[role].label}, stage ${touchStage}, ${dayInWords(touchedOn)}, ${contact ?? "no contact"}`;

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
  const [opened] = useState(version);
  const me = useMe();
  const [role, setRole] = useState(row.role);
  const [stage, setStage] = useState<Stage>(row.touchStage);
  const [day, setDay] = useState(row.touchedOn);
  const [contact, setContact] = useState(row.contact ?? "");
  const changes = {
    ...(role !== row.role && { role }),
    ...(stage !== row.touchStage && { touchStage: stage }),
    ...(day !== row.touchedOn && { touchedOn: day }),
    ...(contact.trim() !== (row.contact ?? "") && { contact: contact.trim() || null }),
  };
  const isChanged = Object.keys(changes).length > 0;
  const edit = useWrite("editRole", {
    quiet: true,
    undo: true,
    said: ({ answer }) => ({
      message: `${row.partner.name}'s row changed`,
      detail: answer.confirmed ? undefined : "It waits for the AE's confirmation.",
    }),
    onDone: onClose,
  });
  const save = () => {
    if (!isChanged) return;
    // An edit is one of what was seen: at first what the dialog opened with, after a conflict what stands.
    edit.mutate({ rowId: row.id, version: edit.isError ? version : opened, changes });
  };
  return (
    <Dialog
      title={`${row.partner.name}'s row`}
      isOpen
      onClose={onClose}
      notes={
        row.confirmedOn
          ? "Unless the AE changes it, a changed role, stage or day is confirmed anew."
          : undefined
      }
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="edit-role"
            isDisabled={!isChanged}
            isPending={edit.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        id="edit-role"
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <SegmentedControl
          label="Role"
          labelHidden={false}
          choices={ROLE_CHOICES}
          value={role}
          onChange={setRole}
          className="[&>div]:h-auto [&>div]:flex-wrap [&_label]:h-7"
        />
        <div className="grid grid-cols-2 gap-3">
          <Select
            label="Stage touched"
            choices={STAGE_CHOICES}
            value={String(stage)}
            onChange={(next) => setStage(Number(next) as Stage)}
          />
          <DateField label="Day" value={day} onChange={setDay} max={me?.today} />
        </div>
        <TextField label="Contact at the partner" value={contact} onChange={setContact} />
        {edit.error && (
          <EditProblem
            error={edit.error}
            yours={claim({ ...(now ?? row), ...changes })}
            now={now && claim(now)}
          />
        )}
      </form>
    </Dialog>
  );
}
