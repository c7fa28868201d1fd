"use client";

import { useQuery } from "@tanstack/react-query";
import { Fragment, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { DealField } from "@/components/shared/deal-field";
import { type LookingFor, usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import { proofProblem } from "@/components/shared/proof-field";
import { remember } from "@/components/shared/recent";
import type { LogActivityStart } from "@/components/shared/shell-actions";
import { TypeField, useActivityMenu } from "@/components/shared/type-field";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import type { Found } from "@/components/ui/combo-match";
import { FormDialog } from "@/components/ui/form-dialog";
import { Kbd } from "@/components/ui/kbd";
import { type FormOf, useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { type ActivityDraft, dropDraft, emptyDraft, keepDraft, keptDraft } from "./draft";
import { withActivity } from "./shown-at-once";
import { Proved } from "./what-happened";

/** What is logged, as the write takes it; null while it is not told, or has not happened. */
function activityOf({ dealId, partnerId, type, occurredOn, ...typed }: ActivityDraft, today: string) {
  const proof = typed.proof.trim() || null;
  const nextStep = typed.nextStep.trim() || null;
  const nextStepDueOn = (nextStep && typed.nextStepDueOn) || null;
  if (!dealId || !partnerId || !type || !occurredOn || occurredOn > today) return null;
  if (proofProblem(typed.proof) !== null) return null;
  const involvement = typed.involvement ? { involvement: typed.involvement } : {};
  return { dealId, partnerId, type, occurredOn, proof, nextStep, nextStepDueOn, ...involvement };
}

/** Logs what a partner did, from anywhere: prefilled from where one is, kept until it is saved. */
export function LogActivityDialog({ start, onClose }: { start: LogActivityStart; onClose(): void }) {
  const log = useLog(start, onClose);
  const { form, deal, only, choices, restored, round } = log;
  const { dealId, dealName, partnerId } = form.values;
  const wantsPartner = dealId !== null && partnerId === null && only === undefined;
  const heard = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== "Enter" || !event.shiftKey || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    log.goOn();
    event.currentTarget.requestSubmit();
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
      more={(id) => (
        <Button type="submit" form={id} isDisabled={!form.ready} onPress={log.goOn}>
          Save and next <Kbd keys="⌘ ⇧ ↵" />
        </Button>
      )}
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
/** Whether a save begins the next one: it does when it follows at once on `goOn`, by whatever hand. */
function useNext() {
  const goesOn = useRef(false);
  const isNext = useRef(false);
  const submit = (form: Pick<Form, "submit">) => {
    goesOn.current = isNext.current;
    form.submit();
  };
  const goOn = () => {
    isNext.current = true;
    setTimeout(() => {
      isNext.current = false;
    });
  };
  return { goesOn, submit, goOn };
}

/** The form over its kept draft, the deal it is about, and the two ways to save it. */
function useLog(start: LogActivityStart, onClose: () => void) {
  const me = useMe();
  const today = me?.today ?? "";
  const [kept] = useState(() => keptDraft(start.dealId, today));
  const [restored, setRestored] = useState(kept !== null);
  /** The fields begin anew with each. */
  const [round, setRound] = useState(0);
  const next = useNext();
  const menu = useActivityMenu();

  const begin = (draft: ActivityDraft) => {
    dropDraft();
    form.restart(draft);
    setRestored(false);
    setRound((now) => now + 1);
  };
  const form: FormOf<ActivityDraft> = useForm({
    start: kept ?? { ...emptyDraft(today), dealId: start.dealId ?? null, partnerId: start.partnerId ?? null },
    sent: (draft) => activityOf(draft, today),
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
        if (next.goesOn.current) return begin({ ...emptyDraft(today), dealId, dealName, partnerId });
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

  return {
    // A draft that is kept is not lost by a click beside it.
    form: { ...form, isDirty: false, submit: () => next.submit(form) },
    goOn: next.goOn,
    startAfresh: () => begin({ ...emptyDraft(today), dealId: start.dealId ?? null }),
    deal,
    only,
    choices,
    restored,
    round,
  };
}

export const labelOf = (menu: ReturnType<typeof useActivityMenu>, type: string) =>
  menu?.find((one) => one.type === type)?.label ?? "Activity";

type Form = FormOf<ActivityDraft>;
type Deal = Outputs["deal"] | undefined;

/** Whose act, and what. */
export function What({
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
export function lookingFor(deal: Outputs["deal"] | undefined): LookingFor {
  if (!deal) return { account: null, owner: null, onDeal: [] };
  const named = [...deal.roles, ...deal.timeline].flatMap((one) =>
    "partner" in one ? [one.partner.id] : [],
  );
  // None has "a role already": whoever is on the deal is who one logs for.
  const onDeal = [...new Set(named)].map((id) => ({ id, role: null }));
  return { account: deal.deal.account, owner: deal.deal.owner, onDeal };
}
