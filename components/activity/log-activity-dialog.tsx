"use client";

import { useQuery } from "@tanstack/react-query";
import { Fragment, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { DealField } from "@/components/shared/deal-field";
import { Effect } from "@/components/shared/effect";
import { type LookingFor, usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import { ProofField, proofProblem } from "@/components/shared/proof-field";
import { remember } from "@/components/shared/recent";
import type { LogActivityStart } from "@/components/shared/shell-actions";
import { TypeField, useActivityMenu } from "@/components/shared/type-field";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import type { Found } from "@/components/ui/combo-match";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Kbd } from "@/components/ui/kbd";
import { type FormOf, useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { isProof } from "@/lib/attribution/field-rules";
import { type ActivityDraft, dropDraft, emptyDraft, keepDraft, keptDraft } from "./draft";
import { withActivity } from "./shown-at-once";

/** What is logged, as the write takes it; null while it is not told. */
function activityOf({ dealId, partnerId, type, occurredOn, ...typed }: ActivityDraft) {
  const proof = typed.proof.trim() || null;
  const nextStep = typed.nextStep.trim() || null;
  const nextStepDueOn = (nextStep && typed.nextStepDueOn) || null;
  if (!dealId || !partnerId || !type || !occurredOn || proofProblem(typed.proof) !== null) return null;
  return { dealId, partnerId, type, occurredOn, proof, nextStep, nextStepDueOn };
}

/** Logs what a partner did, from anywhere: prefilled from where one is, kept until it is saved. */
export function LogActivityDialog({ start, onClose }: { start: LogActivityStart; onClose(): void }) {
  const log = useLog(start, onClose);
  const { form, deal, only, choices, restored, round } = log;
  const { dealId, dealName, partnerId } = form.values;
  const wantsPartner = dealId !== null && partnerId === null && only === undefined;
  const heard = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !event.shiftKey || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    log.saveAndNext();
  };
  return (
    <FormDialog
      form={form}
      title="Log activity"
      save={
        <>
          Save activity
          <Kbd keys="⌘ ↵" className="[&_kbd]:border-current/30 [&_kbd]:bg-transparent [&_kbd]:text-current" />
        </>
      }
      more={
        <Button isDisabled={!form.ready} onPress={log.saveAndNext}>
          Save and next <Kbd keys="⌘ ⇧ ↵" />
        </Button>
      }
      notes={restored && <Restored onAfresh={log.startAfresh} />}
      onKeyDown={heard}
      onClose={onClose}
    >
      <Fragment key={round}>
        <DealField
          dealId={dealId}
          name={deal?.deal.account ?? dealName}
          onChange={(id, name) => form.set({ dealId: id, dealName: name })}
        />
        <What form={form} deal={deal} choices={choices} wantsPartner={wantsPartner} />
        <Proved form={form} deal={deal} partnerName={choices?.find((one) => one.id === partnerId)?.name} />
      </Fragment>
    </FormDialog>
  );
}
/** The form over its kept draft, the deal it is about, and the two ways to save it. */
function useLog(start: LogActivityStart, onClose: () => void) {
  const me = useMe();
  const today = me?.today ?? "";
  const [kept] = useState(() => keptDraft(start.dealId, today));
  const [restored, setRestored] = useState(kept !== null);
  /** The fields begin anew with each. */
  const [round, setRound] = useState(0);
  const goesOn = useRef(false);
  const menu = useActivityMenu();

  const begin = (draft: ActivityDraft) => {
    dropDraft();
    form.restart(draft);
    setRestored(false);
    setRound((now) => now + 1);
  };
  const form: FormOf<ActivityDraft> = useForm({
    start: kept ?? { ...emptyDraft(today), dealId: start.dealId ?? null, partnerId: start.partnerId ?? null },
    sent: activityOf,
    write: useWrite("logActivity", {
      quiet: true,
      undo: true,
      said: (_, { dealId, type, proof }) => ({
        message: `${labelOf(menu, type)} logged on ${deal?.deal.account ?? dealId}`,
        detail: proof ? undefined : "It has no proof yet.",
      }),
      shows: (input, show) => {
        const partnerName = choices?.find(({ id }) => id === input.partnerId)?.name;
        const said = { today, by: me?.user.name ?? "", partnerName, menu: menu ?? [] };
        show("deal", (now) => (now.deal.id === input.dealId ? withActivity(now, input, said) : now));
      },
      onDone: (_, { dealId, partnerId, type }) => {
        remember({ partners: partnerId, activities: type });
        if (goesOn.current) return begin({ ...emptyDraft(today), dealId, dealName, partnerId });
        dropDraft();
        onClose();
      },
    }),
  });
  const { dealId, dealName, partnerId } = form.values;
  useEffect(() => keepDraft(form.values), [form.values]);

  const deal = useQuery({
    ...api.deal.queryOptions({ input: { dealId: dealId ?? "" } }),
    enabled: dealId !== null,
  }).data;
  const looking = useMemo(() => lookingFor(deal), [deal]);
  const { choices } = usePartnerChoices(looking);
  const only = looking.onDeal.length === 1 ? looking.onDeal[0]?.id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the deal is known, and never over a choice
  useEffect(() => {
    if (only && partnerId === null) form.set({ partnerId: only });
  }, [only]);

  const save = (andNext: boolean) => {
    goesOn.current = andNext;
    form.submit();
  };
  return {
    // A draft that is kept is not lost by a click beside it.
    form: { ...form, isDirty: false, submit: () => save(false) },
    saveAndNext: () => save(true),
    startAfresh: () => begin({ ...emptyDraft(today), dealId: start.dealId ?? null }),
    deal,
    only,
    choices,
    restored,
    round,
  };
}

const labelOf = (menu: ReturnType<typeof useActivityMenu>, type: string) =>
  menu?.find((one) => one.type === type)?.label ?? "Activity";

type Form = FormOf<ActivityDraft>;
type Deal = Outputs["deal"] | undefined;

function What({
  form,
  deal,
  choices,
  wantsPartner,
}: {
  form: Form;
  deal: Deal;
  choices: readonly Found[] | undefined;
  wantsPartner: boolean;
}) {
  const menu = useActivityMenu();
  const { dealId } = form.values;
  return (
    <div className="grid gap-3.5 sm:grid-cols-2">
      <PartnerField autoFocus={wantsPartner} choices={choices} {...form.field("partnerId")} />
      <TypeField
        menu={menu}
        stage={deal?.deal.stage}
        autoFocus={dealId !== null && !wantsPartner}
        {...form.field("type")}
      />
    </div>
  );
}

/** When, with what proof, what comes next, and what all of it makes of the deal. */
function Proved({ form, deal, partnerName }: { form: Form; deal: Deal; partnerName: string | undefined }) {
  const today = useMe()?.today ?? "";
  const { values } = form;
  const day = form.field("occurredOn");
  const barred = deal && deal.may.logActivity !== true ? deal.may.logActivity : null;
  const isToCome = values.occurredOn > today;
  return (
    <>
      <div className="grid gap-3.5 sm:grid-cols-[10rem_1fr]">
        <DateField
          label="Day"
          max={today}
          {...day}
          problem={isToCome ? "It has happened: not in the future." : day.problem}
        />
        <ProofField dealId={values.dealId} {...form.field("proof")} />
      </div>
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
        verb="logActivity"
        input={isToCome ? null : effectOf(values)}
        partnerName={(id) => (id === values.partnerId ? partnerName : undefined)}
        unsaid="Choose partner and activity to see what this makes of the deal."
      />
      {barred && <p className="text-warn">{barred}</p>}
      {deal?.locked && <p className="text-warn">{deal.locked}</p>}
    </>
  );
}

/** What its effect is asked of: a proof counts once it is one. */
function effectOf({ dealId, partnerId, type, occurredOn, proof: typed }: ActivityDraft) {
  const proof = isProof(typed.trim()) ? typed.trim() : null;
  return dealId && partnerId && type && occurredOn ? { dealId, partnerId, type, occurredOn, proof } : null;
}

function Restored({ onAfresh }: { onAfresh(): void }) {
  return (
    <span>
      Your draft from before.{" "}
      <button type="button" className="underline hover:text-ink" onClick={onAfresh}>
        Start afresh
      </button>
    </span>
  );
}

/** Who is on the deal, by any fact of it. */
function lookingFor(deal: Outputs["deal"] | undefined): LookingFor {
  if (!deal) return { account: null, owner: null, onDeal: [] };
  const named = [...deal.roles, ...deal.timeline].flatMap((one) =>
    "partner" in one ? [one.partner.id] : [],
  );
  // None has "a role already": whoever is on the deal is who one logs for.
  const onDeal = [...new Set(named)].map((id) => ({ id, role: null }));
  return { account: deal.deal.account, owner: deal.deal.owner, onDeal };
}
