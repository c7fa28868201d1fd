"use client";

import { useState } from "react";
import { ProofField, proofProblem } from "@/components/shared/proof-field";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { activityLabel } from "@/lib/attribution/menu";
import { INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { INVOLVEMENT_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { EditProblem } from "./edit-problem";

export type ActivityHappening = Extract<Outputs["deal"]["timeline"][number], { kind: "activity" }>;

const CHOICES = INVOLVEMENTS.map((value) => ({ value, label: INVOLVEMENT_WORDS[value].label }));

type Said = Pick<ActivityHappening, "proof" | "on" | "involvement" | "nextStep" | "nextStepDueOn">;

const said = ({ proof, on, involvement, nextStep, nextStepDueOn }: Said) =>
  [
    dayInWords(on),
    INVOLVEMENT_WORDS[involvement].label.toLowerCase(),
    proof ?? "no proof",
    nextStep
      ? `next: ${nextStep}${nextStepDueOn ? `, due ${dayInWords(nextStepDueOn)}` : ""}`
      : "no next step",
  ].join("; ");

interface Fields {
  proof: string;
  occurredOn: string;
  involvement: ActivityHappening["involvement"];
  nextStep: string;
  nextStepDueOn: string;
}

const fieldsOf = (activity: ActivityHappening): Fields => ({
  proof: activity.proof ?? "",
  occurredOn: activity.on,
  involvement: activity.involvement,
  nextStep: activity.nextStep ?? "",
  nextStepDueOn: activity.nextStepDueOn ?? "",
});

/** What differs from the activity, as the write takes it. */
function changesOf(activity: ActivityHappening, { occurredOn, involvement, ...typed }: Fields) {
  const proof = typed.proof.trim() || null;
  const nextStep = typed.nextStep.trim() || null;
  const nextStepDueOn = (nextStep && typed.nextStepDueOn) || null;
  return {
    ...(proof !== activity.proof && { proof }),
    ...(occurredOn !== activity.on && { occurredOn }),
    ...(involvement !== activity.involvement && { involvement }),
    ...(nextStep !== activity.nextStep && { nextStep }),
    ...(nextStepDueOn !== activity.nextStepDueOn && { nextStepDueOn }),
  };
}

/** The activity as it would stand with these changes. */
const edited = (activity: ActivityHappening, changes: ReturnType<typeof changesOf>): ActivityHappening => ({
  ...activity,
  ...changes,
  on: changes.occurredOn ?? activity.on,
});

/** Corrects an activity: most often, adds the proof it lacks. */
export function EditActivityDialog({
  activity,
  dealId,
  now,
  version,
  onClose,
}: {
  /** As it stood when the dialog opened: what the editor saw. */
  activity: ActivityHappening;
  dealId: string;
  /** As it stands now; null when somebody withdrew it. */
  now: ActivityHappening | null;
  /** The deal's, now. */
  version: number;
  onClose(): void;
}) {
  const [opened] = useState(version);
  const today = useMe()?.today;
  const edit = useWrite("editActivity", {
    quiet: true,
    undo: true,
    said: (_, { changes }) => (changes.proof ? "Proof added" : "Activity changed"),
    onDone: onClose,
  });
  const form = useForm({
    start: fieldsOf(activity),
    sent: (values) => {
      const changes = changesOf(activity, values);
      const isSound = values.occurredOn !== "" && proofProblem(values.proof) === null;
      // An edit is one of what was seen: at first what the dialog opened with, after a conflict what stands.
      return isSound && Object.keys(changes).length > 0
        ? { activityId: activity.id, version: edit.isError ? version : opened, changes }
        : null;
    },
    write: edit,
  });
  const mayRewrite = activity.may.rewrite;
  const yours = said(edited(now ?? activity, changesOf(activity, form.values)));
  return (
    <FormDialog
      form={form}
      title={`${activityLabel(activity.type)} with ${activity.partner.name}`}
      save="Save"
      problem={(error) => <EditProblem error={error} yours={yours} now={now && said(now)} />}
      onClose={onClose}
    >
      {(mayRewrite === true || activity.proof === null) && (
        <ProofField activityId={activity.id} dealId={dealId} {...form.field("proof")} />
      )}
      {mayRewrite === true ? (
        <div className="grid grid-cols-2 gap-3">
          <DateField label="Day" max={today} {...form.field("occurredOn")} />
          <SegmentedControl
            label="Involvement"
            labelHidden={false}
            choices={CHOICES}
            {...form.field("involvement")}
          />
        </div>
      ) : (
        <p className="text-ink-2">{mayRewrite}. A next step may still be kept.</p>
      )}
      <div className="grid gap-3 sm:grid-cols-[1fr_10rem]">
        <TextField label="Next joint step" {...form.field("nextStep")} />
        {form.values.nextStep.trim() && <DateField label="Due" {...form.field("nextStepDueOn")} />}
      </div>
    </FormDialog>
  );
}
