"use client";

import type { ReactNode } from "react";
import { Effect } from "@/components/shared/effect";
import { ProofField } from "@/components/shared/proof-field";
import { useActivityMenu } from "@/components/shared/type-field";
import { useMe } from "@/components/shared/use-me";
import { DateField, TextField } from "@/components/ui/field";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { FormOf } from "@/components/ui/use-form";
import type { Inputs, Outputs } from "@/lib/api/client";
import { isProof } from "@/lib/attribution/field-rules";
import { INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { INVOLVEMENT_WORDS } from "@/lib/attribution/words";
import { daysBetween } from "@/lib/calendar";
import { dayInWords } from "@/lib/text/days";
import { count, list } from "@/lib/text/words";
import type { ActivityDraft } from "./draft";

const INVOLVEMENT_CHOICES = INVOLVEMENTS.map((value) => ({ value, label: INVOLVEMENT_WORDS[value].label }));

type Form = FormOf<ActivityDraft>;
type Deal = Outputs["deal"] | undefined;

/** When, with what proof, what comes next, and what all of it makes of the deal. */
export function Proved({
  form,
  deal,
  partnerName,
  kept,
}: {
  form: Form;
  deal: Deal;
  partnerName: string | undefined;
  /** What is its proof already, and the write that keeps it; absent where one is given here. */
  kept?: { file: ReactNode; accepts(draft: ActivityDraft): Inputs["acceptProposal"] | null };
}) {
  const today = useMe()?.today ?? "";
  const { values } = form;
  const barred = deal && deal.may.logActivity !== true ? deal.may.logActivity : null;
  const isToCome = values.occurredOn > today;
  return (
    <>
      <div className="grid gap-3.5 sm:grid-cols-[10rem_1fr]">
        <Happened form={form} deal={deal} today={today} />
        {kept?.file ?? <ProofField dealId={values.dealId} {...form.field("proof")} />}
      </div>
      <Involved form={form} />
      <div className="grid gap-3.5 sm:grid-cols-[1fr_10rem]">
        <TextField
          label="Next joint step (optional)"
          placeholder="What you two do next"
          {...form.field("nextStep")}
        />
        {values.nextStep.trim() !== "" && (
          <DateField label="Due" min={today} {...form.field("nextStepDueOn")} />
        )}
      </div>
      <Effect
        {...(kept
          ? { verb: "acceptProposal" as const, input: isToCome ? null : kept.accepts(values) }
          : { verb: "logActivity" as const, input: isToCome ? null : effectOf(values) })}
        partnerName={(id) => (id === values.partnerId ? partnerName : undefined)}
        unsaid={unsaidOf(values, isToCome)}
      />
      {barred && <p className="text-warn">{barred}</p>}
      {deal?.locked && <p className="text-warn">{deal.locked}</p>}
    </>
  );
}

/** When it happened; a day that cannot be, or that is before the deal, is answered while it is typed. */
function Happened({ form, deal, today }: { form: Form; deal: Deal; today: string }) {
  const day = form.field("occurredOn");
  const began = deal?.deal.createdOn;
  const isBefore = began !== undefined && day.value !== "" && day.value < began;
  return (
    <DateField
      label="Day"
      max={today}
      {...day}
      problem={day.value > today ? "It has happened: not in the future." : day.problem}
      note={
        isBefore && (
          <span className="text-warn">
            {count(daysBetween(day.value, began), "day")} before the deal, created on {dayInWords(began)}.
          </span>
        )
      }
    />
  );
}

/** How it was done, as the type usually is until somebody says otherwise. */
function Involved({ form }: { form: Form }) {
  const menu = useActivityMenu();
  const usual = menu?.find((one) => one.type === form.values.type)?.involvement;
  if (usual === undefined) return null;
  const field = form.field("involvement");
  return (
    <SegmentedControl
      label="Involvement"
      labelHidden={false}
      choices={INVOLVEMENT_CHOICES}
      {...field}
      value={field.value ?? usual}
    />
  );
}

/** What is still to be said before its effect is shown. */
function unsaidOf({ partnerId, type, occurredOn }: ActivityDraft, isToCome: boolean): string {
  if (isToCome) return "A day to come: nothing has happened yet that could count.";
  const absent = [!partnerId && "partner", !type && "activity", !occurredOn && "day"].filter(Boolean);
  return `Choose ${list(absent as string[])} to see what this makes of the deal.`;
}

/** What its effect is asked of: a proof counts once it is one. */
function effectOf({ dealId, partnerId, type, occurredOn, involvement, proof: typed }: ActivityDraft) {
  const proof = isProof(typed.trim()) ? typed.trim() : null;
  if (!dealId || !partnerId || !type || !occurredOn) return null;
  return { dealId, partnerId, type, occurredOn, proof, ...(involvement && { involvement }) };
}
