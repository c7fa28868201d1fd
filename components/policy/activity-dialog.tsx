"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { FIELD_LABEL, TextField } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { MenuEntry } from "@/lib/attribution/menu";
import { INVOLVEMENTS, STAGES } from "@/lib/attribution/vocabulary";
import { INVOLVEMENT_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { codeOf } from "./code-of";

const NEW: MenuEntry = { type: "", label: "", definition: "", stages: [], involvement: "direct" };

/** The words of one activity. Its code, by which logged activities know it, is made once from its name. */
export function ActivityDialog({
  entry,
  taken,
  onSave,
  onRemove,
  onClose,
}: {
  /** Null for a new one. */
  entry: MenuEntry | null;
  taken: readonly string[];
  onSave(entry: MenuEntry): void;
  onRemove?(): void;
  onClose(): void;
}) {
  const [draft, setDraft] = useState(entry ?? NEW);
  const [tried, setTried] = useState(false);
  const label = draft.label.trim();
  const definition = draft.definition.trim();
  const type = entry?.type ?? codeOf(label);
  const problems = {
    label: !label
      ? "An activity has a name"
      : !type
        ? "A name begins with a letter from a to z"
        : !entry && taken.includes(type)
          ? "There is an activity of this name"
          : null,
    definition: definition ? null : "Say in one line what counts as one",
  };
  const save = () => {
    setTried(true);
    if (!problems.label && !problems.definition) onSave({ ...draft, type, label, definition });
  };
  return (
    <Dialog
      title={entry ? `Edit ${entry.label}` : "Add an activity"}
      isOpen
      onClose={onClose}
      notes={
        onRemove && (
          <Button look="quiet" icon="trash" onPress={onRemove}>
            Remove from the menu
          </Button>
        )
      }
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" onPress={save}>
            {entry ? "Change" : "Add"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <TextField
          label="Name"
          autoFocus
          maxLength={60}
          value={draft.label}
          problem={tried ? problems.label : null}
          onChange={(next) => setDraft({ ...draft, label: next })}
        />
        <TextField
          label="Definition, in one line"
          maxLength={200}
          value={draft.definition}
          problem={tried ? problems.definition : null}
          onChange={(next) => setDraft({ ...draft, definition: next })}
        />
        <fieldset>
          <legend className={FIELD_LABEL}>Usually at stages</legend>
          <div className="mt-1.5 grid gap-1.5 sm:grid-cols-2">
            {STAGES.map((stage) => (
              <Checkbox
                key={stage}
                isSelected={draft.stages.includes(stage)}
                onChange={(on) =>
                  setDraft({
                    ...draft,
                    stages: STAGES.filter((one) => (one === stage ? on : draft.stages.includes(one))),
                  })
                }
              >
                <span className="tabular">{stage}</span> {STAGE_WORDS[stage].label}
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <SegmentedControl
          label="Involvement that the form starts with"
          labelHidden={false}
          value={draft.involvement}
          choices={INVOLVEMENTS.map((value) => ({ value, label: INVOLVEMENT_WORDS[value].label }))}
          onChange={(involvement) => setDraft({ ...draft, involvement })}
        />
      </div>
    </Dialog>
  );
}
