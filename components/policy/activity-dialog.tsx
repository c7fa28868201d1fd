"use client";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FIELD_LABEL, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useForm } from "@/components/ui/use-form";
import type { MenuEntry } from "@/lib/attribution/menu";
import { INVOLVEMENTS, STAGES } from "@/lib/attribution/vocabulary";
import { INVOLVEMENT_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { codeOf, freeCode } from "./code-of";
import { notPrinted } from "./not-printed";

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
  const codeFor = (label: string) => entry?.type ?? (codeOf(label.trim()) || freeCode(taken));
  const nameProblem = (label: string) => {
    if (!label.trim()) return "An activity has a name";
    return (
      notPrinted(label) ??
      (!entry && taken.includes(codeFor(label)) ? "There is an activity of this name" : null)
    );
  };
  const form = useForm({
    start: entry ?? NEW,
    check: ({ label, definition }) => ({
      label: nameProblem(label),
      definition: definition.trim() ? notPrinted(definition) : "Say in one line what counts as one",
    }),
    sent: (draft) => ({
      ...draft,
      type: codeFor(draft.label),
      label: draft.label.trim(),
      definition: draft.definition.trim(),
    }),
    write: { mutate: onSave, isPending: false, error: null },
  });
  const remove = onRemove && (
    <Button look="quiet" icon="trash" onPress={onRemove}>
      Remove from the menu
    </Button>
  );
  return (
    <FormDialog
      form={form}
      title={entry ? `Edit ${entry.label}` : "Add an activity"}
      save={entry ? "Change" : "Add"}
      notes={remove}
      onClose={onClose}
    >
      <TextField label="Name" autoFocus maxLength={60} {...form.field("label")} />
      <TextField label="Definition, in one line" maxLength={200} {...form.field("definition")} />
      <StagesField value={form.values.stages} onChange={(stages) => form.set({ stages })} />
      <SegmentedControl
        label="Involvement that the form starts with"
        labelHidden={false}
        choices={INVOLVEMENTS.map((value) => ({ value, label: INVOLVEMENT_WORDS[value].label }))}
        {...form.field("involvement")}
      />
    </FormDialog>
  );
}

function StagesField({
  value,
  onChange,
}: {
  value: MenuEntry["stages"];
  onChange(stages: MenuEntry["stages"]): void;
}) {
  return (
    <fieldset>
      <legend className={FIELD_LABEL}>Usually at stages</legend>
      <div className="mt-1.5 grid gap-1.5 sm:grid-cols-2">
        {STAGES.map((stage) => (
          <Checkbox
            key={stage}
            isSelected={value.includes(stage)}
            onChange={(on) => onChange(STAGES.filter((one) => (one === stage ? on : value.includes(one))))}
          >
            <span className="tabular">{stage}</span> {STAGE_WORDS[stage].label}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
