"use client";

import { useState } from "react";
import { Effect } from "@/components/shared/effect";
import { usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import { ProofField, proofProblem } from "@/components/shared/proof-field";
import { TypeField, useActivityMenu } from "@/components/shared/type-field";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { type FormOf, useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { activityLabel } from "@/lib/attribution/menu";
import { INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { INVOLVEMENT_WORDS } from "@/lib/attribution/words";
import { dayInWords } from "@/lib/text/days";
import { EditProblem } from "./edit-problem";

export type ActivityHappening = Extract<Outputs["deal"]["timeline"][number], { kind: "activity" }>;

const CHOICES = INVOLVEMENTS.map((value) => ({ value, label: INVOLVEMENT_WORDS[value].label }));

type Said = Pick<
  ActivityHappening,
  "partner" | "type" | "proof" | "on" | "involvement" | "nextStep" | "nextStepDueOn"
>;

const said = ({ partner, type, proof, on, involvement, nextStep, nextStepDueOn }: Said) =>
  [
    `${activityLabel(type)} with ${partner.name}`,
    dayInWords(on),
    INVOLVEMENT_WORDS[involvement].label.toLowerCase(),
    proof ?? "no proof",
    nextStep
      ? `next: ${nextStep}${nextStepDueOn ? `, due ${dayInWords(nextStepDueOn)}` : ""}`
      : "no next step",
  ].join("; ");

interface Fields {
  partnerId: string | null;
  type: string | null;
  proof: string;
  occurredOn: string;
  involvement: ActivityHappening["involvement"];
  nextStep: string;
  nextStepDueOn: string;
}

const fieldsOf = (activity: ActivityHappening): Fields => ({
  partnerId: activity.partner.id,
  type: activity.type,
  proof: activity.proof ?? "",
  occurredOn: activity.on,
  involvement: activity.involvement,
  nextStep: activity.nextStep ?? "",
  nextStepDueOn: activity.nextStepDueOn ?? "",
});

/** What differs from the activity, as the write takes it. */
function changesOf(
  activity: ActivityHappening,
  { partnerId, type, occurredOn, involvement, ...typed }: Fields,
) {
  const proof = typed.proof.trim() || null;
  const nextStep = typed.nextStep.trim() || null;
  const nextStepDueOn = (nextStep && typed.nextStepDueOn) || null;
  return {
    ...(partnerId && partnerId !== activity.partner.id && { partnerId }),
    ...(type && type !== activity.type && { type }),
    ...(proof !== activity.proof && { proof }),
    ...(occurredOn !== activity.on && { occurredOn }),
    ...(involvement !== activity.involvement && { involvement }),
    ...(nextStep !== activity.nextStep && { nextStep }),
    ...(nextStepDueOn !== activity.nextStepDueOn && { nextStepDueOn }),
  };
}

/** The activity as it would stand with these changes; `nameOf` is of its partner. */
const edited = (
  activity: ActivityHappening,
  { partnerId, ...changes }: ReturnType<typeof changesOf>,
  nameOf: (partnerId: string) => string | undefined,
): ActivityHappening => ({
  ...activity,
  ...changes,
  partner: partnerId ? { id: partnerId, name: nameOf(partnerId) ?? "another partner" } : activity.partner,
  on: changes.occurredOn ?? activity.on,
});

const ANYBODY = { account: null, owner: null, onDeal: [] };

/** What is filled in over an activity as it was seen, and how it is sent. */
function useEditing(activity: ActivityHappening, version: number, onDone: () => void) {
  const [opened] = useState(version);
  const edit = useWrite("editActivity", {
    quiet: true,
    undo: true,
    said: (_, { changes }) => (changes.proof ? "Proof added" : "Activity changed"),
    onDone,
  });
  return useForm({
    start: fieldsOf(activity),
    sent: (values) => {
      const changes = changesOf(activity, values);
      const isWhole = values.partnerId !== null && values.type !== null && values.occurredOn !== "";
      const isSound = isWhole && proofProblem(values.proof) === null;
      // An edit is one of what was seen: at first what the dialog opened with, after a conflict what stands.
      return isSound && Object.keys(changes).length > 0
        ? { activityId: activity.id, version: edit.isError ? version : opened, changes }
        : null;
    },
    write: edit,
  });
}

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
  const form = useEditing(activity, version, onClose);
  const { choices } = usePartnerChoices(ANYBODY);
  const nameOf = (id: string) => choices?.find((one) => one.id === id)?.name;
  const mayRewrite = activity.may.rewrite;
  const changes = changesOf(activity, form.values);
  const yours = said(edited(now ?? activity, changes, nameOf));
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
        <WhatHappened form={form} stage={activity.stage} choices={choices} />
      ) : (
        <p className="text-ink-2">{mayRewrite}. A next step may still be kept.</p>
      )}
      <div className="grid gap-3 sm:grid-cols-[1fr_10rem]">
        <TextField label="Next joint step" {...form.field("nextStep")} />
        {form.values.nextStep.trim() && <DateField label="Due" {...form.field("nextStepDueOn")} />}
      </div>
      <Effect
        verb="editActivity"
        input={form.ready ? { activityId: activity.id, changes } : null}
        partnerName={(id) => (id === form.values.partnerId ? nameOf(id) : undefined)}
        unsaid="Change something to see what it makes of the deal."
      />
    </FormDialog>
  );
}

/** Whose it was, what and when: only while the deal is open, since it is the fact itself. */
function WhatHappened({
  form,
  stage,
  choices,
}: {
  form: FormOf<Fields>;
  stage: ActivityHappening["stage"];
  choices: ReturnType<typeof usePartnerChoices>["choices"];
}) {
  const menu = useActivityMenu();
  const today = useMe()?.today;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <PartnerField choices={choices} opens="input" {...form.field("partnerId")} />
        <TypeField menu={menu} stage={stage} opens="input" {...form.field("type")} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <DateField label="Day" max={today} {...form.field("occurredOn")} />
        <SegmentedControl
          label="Involvement"
          labelHidden={false}
          choices={CHOICES}
          {...form.field("involvement")}
        />
      </div>
    </>
  );
}
