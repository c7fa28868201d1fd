"use client";

import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { DealField } from "@/components/shared/deal-field";
import { Effect } from "@/components/shared/effect";
import { type LookingFor, rememberPartner, usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import { ProofField, proofProblem } from "@/components/shared/proof-field";
import type { LogActivityStart } from "@/components/shared/shell-actions";
import { TypeField, useActivityMenu } from "@/components/shared/type-field";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { DateField, TextField } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { api, type Outputs } from "@/lib/api/client";
import { isProof } from "@/lib/attribution/field-rules";
import { type ActivityDraft, dropDraft, emptyDraft, keepDraft, keptDraft } from "./draft";

/** Logs what a partner did, from anywhere: prefilled from where one is, kept until it is saved. */
export function LogActivityDialog({ start, onClose }: { start: LogActivityStart; onClose(): void }) {
  const me = useMe();
  const today = me?.today ?? "";
  const [kept] = useState(() => keptDraft(start.dealId, today));
  const [restored, setRestored] = useState(kept !== null);
  const [draft, setDraft] = useState<ActivityDraft>(
    () => kept ?? { ...emptyDraft(today), dealId: start.dealId ?? null, partnerId: start.partnerId ?? null },
  );
  const [round, setRound] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const set = (change: Partial<ActivityDraft>) => setDraft((now) => ({ ...now, ...change }));
  useEffect(() => keepDraft(draft), [draft]);

  const deal = useQuery({
    ...api.deal.queryOptions({ input: { dealId: draft.dealId ?? "" } }),
    enabled: draft.dealId !== null,
  }).data;
  const looking = useMemo(() => lookingFor(deal), [deal]);
  const { choices } = usePartnerChoices(looking);
  const only = looking.onDeal.length === 1 ? looking.onDeal[0]?.id : undefined;
  useEffect(() => {
    if (only) setDraft((now) => (now.partnerId ? now : { ...now, partnerId: only }));
  }, [only]);

  const wantsPartner = draft.dealId !== null && draft.partnerId === null && only === undefined;
  const menu = useActivityMenu();
  const chosen = menu?.find((one) => one.type === draft.type);
  const partnerName = choices.find((one) => one.id === draft.partnerId)?.name;

  const next = useRef(false);
  const log = useWrite("logActivity", {
    quiet: true,
    undo: true,
    said: () => ({
      message: `${chosen?.label ?? "Activity"} logged on ${deal?.deal.account ?? draft.dealId}`,
      detail: draft.proof.trim() ? undefined : "It has no proof yet.",
    }),
    onDone: () => {
      if (draft.partnerId) rememberPartner(draft.partnerId);
      dropDraft();
      if (!next.current) return onClose();
      setDraft({
        ...emptyDraft(today),
        dealId: draft.dealId,
        dealName: draft.dealName,
        partnerId: draft.partnerId,
      });
      setRestored(false);
      setRound((now) => now + 1);
    },
  });

  const proof = draft.proof.trim();
  const ready =
    draft.dealId !== null &&
    draft.partnerId !== null &&
    draft.type !== null &&
    draft.occurredOn !== "" &&
    proofProblem(proof) === null;
  const barred = deal && deal.may.logActivity !== true ? deal.may.logActivity : null;

  const save = (andNext: boolean) => {
    if (!ready || log.isPending || !draft.dealId || !draft.partnerId || !draft.type) return;
    next.current = andNext;
    log.mutate({
      dealId: draft.dealId,
      partnerId: draft.partnerId,
      type: draft.type,
      occurredOn: draft.occurredOn,
      proof: proof || null,
      nextStep: draft.nextStep.trim() || null,
      nextStepDueOn: (draft.nextStep.trim() && draft.nextStepDueOn) || null,
    });
  };
  const heard = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    save(event.shiftKey);
  };

  return (
    <Dialog
      title="Log activity"
      isOpen
      onClose={onClose}
      notes={
        restored && (
          <span>
            Your draft from before.{" "}
            <button
              type="button"
              className="underline hover:text-ink"
              onClick={() => {
                dropDraft();
                setRestored(false);
                setDraft({ ...emptyDraft(today), dealId: start.dealId ?? null });
                setRound((now) => now + 1);
              }}
            >
              Start afresh
            </button>
          </span>
        )
      }
      actions={
        <>
          <Button isDisabled={!ready} onPress={() => save(true)}>
            Save and next <Kbd keys="⌘ ⇧ ↵" />
          </Button>
          <Button look="primary" isDisabled={!ready} isPending={log.isPending} onPress={() => save(false)}>
            Save activity
            <Kbd
              keys="⌘ ↵"
              className="[&_kbd]:border-current/30 [&_kbd]:bg-transparent [&_kbd]:text-current"
            />
          </Button>
        </>
      }
    >
      <form
        ref={form}
        key={round}
        className="flex flex-col gap-3.5"
        onKeyDown={heard}
        onSubmit={(event) => {
          event.preventDefault();
          save(false);
        }}
      >
        <DealField
          dealId={draft.dealId}
          name={deal?.deal.account ?? draft.dealName}
          onChange={(dealId, dealName) => set({ dealId, dealName })}
        />
        <div className="grid gap-3.5 sm:grid-cols-2">
          <PartnerField
            key={draft.dealId}
            autoFocus={wantsPartner}
            choices={choices}
            value={draft.partnerId}
            onChange={(partnerId) => set({ partnerId })}
          />
          <TypeField
            menu={menu}
            stage={deal?.deal.stage}
            value={draft.type}
            onChange={(type) => set({ type })}
            autoFocus={draft.dealId !== null && !wantsPartner}
          />
        </div>
        <div className="grid gap-3.5 sm:grid-cols-[10rem_1fr]">
          <DateField
            label="Day"
            value={draft.occurredOn}
            onChange={(occurredOn) => set({ occurredOn })}
            max={today}
            problem={draft.occurredOn > today ? "It has happened: not in the future." : null}
          />
          <ProofField value={draft.proof} onChange={(given) => set({ proof: given })} />
        </div>
        <div className="grid gap-3.5 sm:grid-cols-[1fr_10rem]">
          <TextField
            label="Next joint step (optional)"
            value={draft.nextStep}
            onChange={(nextStep) => set({ nextStep })}
            placeholder="What you two do next"
          />
          {draft.nextStep.trim() !== "" && (
            <DateField
              label="Due"
              value={draft.nextStepDueOn}
              onChange={(nextStepDueOn) => set({ nextStepDueOn })}
              min={today}
            />
          )}
        </div>
        <Effect
          dealId={draft.dealId}
          change={
            draft.partnerId && draft.type && draft.occurredOn && draft.occurredOn <= today
              ? {
                  verb: "log-activity",
                  partnerId: draft.partnerId,
                  type: draft.type,
                  occurredOn: draft.occurredOn,
                  proof: isProof(proof) ? proof : null,
                }
              : null
          }
          partnerName={partnerName}
          unsaid="Choose partner and activity to see what this makes of the deal."
        />
        {barred && <p className="text-warn">{barred}</p>}
        {deal?.locked && <p className="text-warn">{deal.locked}</p>}
        {log.error && <ProblemLine error={log.error} />}
      </form>
    </Dialog>
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
