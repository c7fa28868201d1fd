"use client";

import { useState } from "react";
import { ProofField, proofProblem } from "@/components/shared/proof-field";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DateField, TextField } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
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

/** Corrects an activity: most often, adds the proof it lacks. */
export function EditActivityDialog({
  activity,
  now,
  version,
  onClose,
}: {
  /** As it stood when the dialog opened: what the editor saw. */
  activity: ActivityHappening;
  /** As it stands now; null when somebody withdrew it. */
  now: ActivityHappening | null;
  /** The deal's, now. */
  version: number;
  onClose(): void;
}) {
  const [opened] = useState(version);
  const me = useMe();
  const [proof, setProof] = useState(activity.proof ?? "");
  const [day, setDay] = useState(activity.on);
  const [involvement, setInvolvement] = useState(activity.involvement);
  const [nextStep, setNextStep] = useState(activity.nextStep ?? "");
  const [due, setDue] = useState(activity.nextStepDueOn ?? "");
  const given = proof.trim() || null;
  const step = nextStep.trim() || null;
  const dueOn = (step && due) || null;
  const changes = {
    ...(given !== activity.proof && { proof: given }),
    ...(day !== activity.on && { occurredOn: day }),
    ...(involvement !== activity.involvement && { involvement }),
    ...(step !== activity.nextStep && { nextStep: step }),
    ...(dueOn !== activity.nextStepDueOn && { nextStepDueOn: dueOn }),
  };
  const ready = Object.keys(changes).length > 0 && day !== "" && proofProblem(proof) === null;
  const edit = useWrite("editActivity", {
    quiet: true,
    undo: true,
    said: () => (changes.proof ? "Proof added" : "Activity changed"),
    onDone: onClose,
  });
  const save = () => {
    if (!ready) return;
    // An edit is one of what was seen: at first what the dialog opened with, after a conflict what stands.
    edit.mutate({ activityId: activity.id, version: edit.isError ? version : opened, changes });
  };

  return (
    <Dialog
      title={`${activityLabel(activity.type)} with ${activity.partner.name}`}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form="edit-activity"
            isDisabled={!ready}
            isPending={edit.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        id="edit-activity"
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <ProofField value={proof} onChange={setProof} activityId={activity.id} />
        <div className="grid grid-cols-2 gap-3">
          <DateField label="Day" value={day} onChange={setDay} max={me?.today} />
          <SegmentedControl
            label="Involvement"
            labelHidden={false}
            choices={CHOICES}
            value={involvement}
            onChange={setInvolvement}
          />
        </div>
        <div className="grid gap-3 sm:grid-cols-[1fr_10rem]">
          <TextField label="Next joint step" value={nextStep} onChange={setNextStep} />
          {step && <DateField label="Due" value={due} onChange={setDue} />}
        </div>
        {edit.error && (
          <EditProblem
            error={edit.error}
            yours={said({
              ...(now ?? activity),
              ...changes,
              on: changes.occurredOn ?? (now ?? activity).on,
            })}
            now={now && said(now)}
          />
        )}
      </form>
    </Dialog>
  );
}
