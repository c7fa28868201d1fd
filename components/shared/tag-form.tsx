"use client";

import { type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ProblemLine } from "@/components/ui/error-state";
import { DateField, TextField } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { isProof } from "@/lib/attribution/field-rules";
import { ROLES, type Role, STAGES, type Stage } from "@/lib/attribution/vocabulary";
import { ROLE_WORDS, STAGE_WORDS } from "@/lib/attribution/words";
import { Effect } from "./effect";
import { rememberPartner, usePartnerChoices } from "./partner-choices";
import { PartnerField } from "./partner-field";
import { ProofField, proofProblem } from "./proof-field";
import { TypeField, useActivityMenu } from "./type-field";
import { useMe } from "./use-me";
import { useWrite } from "./use-write";

export interface TaggedDeal {
  id: string;
  account: string | null;
  owner: string;
  stage: Stage;
  partners: readonly { id: string; role: Role | null }[];
}

export const STAGE_CHOICES = STAGES.map((stage) => ({
  value: String(stage),
  label: `${stage} · ${STAGE_WORDS[stage].label}`,
}));

export const ROLE_CHOICES = ROLES.map((role, at) => ({
  value: role,
  label: (
    <>
      <Kbd keys={String(at + 1)} />
      {ROLE_WORDS[role].label}
    </>
  ),
}));

/** A proof as it may be sent: null while it is none. */
const proofOf = (text: string) => (isProof(text.trim()) ? text.trim() : null);

const asStage = (text: string) => Number(text) as Stage;

/** Which of 1-4 was meant as a role: not when it is text being typed, and a chosen name is typed no further. */
export function roleOfKey(event: KeyboardEvent, chosenName: string | undefined): Role | null {
  if (!/^[1-4]$/.test(event.key) || event.metaKey || event.ctrlKey || event.altKey) return null;
  const { target } = event;
  if (target instanceof HTMLInputElement && target.type !== "radio") {
    const isDone = target.role === "combobox" && (target.value === "" || target.value === chosenName);
    if (!isDone) return null;
  }
  return ROLES[Number(event.key) - 1] ?? null;
}

/** Enter in the partner field when there is nothing left to choose: no other option is held out. */
function isEnterOnChosen({ key, target }: KeyboardEvent, chosenName: string | undefined): boolean {
  if (key !== "Enter" || !(target instanceof HTMLInputElement) || target.role !== "combobox") return false;
  const held = document.getElementById(target.getAttribute("aria-activedescendant") ?? "");
  return target.value === chosenName && (held === null || (held.textContent ?? "").startsWith(chosenName));
}

/**
 * Names a partner's role: partner prefilled with the likeliest, `1`-`4` for the role, Enter saves. Says
 * before it is saved what it makes of the deal.
 */
export function TagForm({ deal, onDone }: { deal: TaggedDeal; onDone(): void }) {
  const me = useMe();
  const today = me?.today ?? "";
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  const [role, setRole] = useState<Role | null>(null);
  const [stage, setStage] = useState<Stage>(deal.stage);
  const [day, setDay] = useState(today);
  const [contact, setContact] = useState("");
  const [isTelling, setTelling] = useState(false);
  const [type, setType] = useState<string | null>(null);
  const [proof, setProof] = useState("");
  const menu = useActivityMenu();
  const { choices, likely } = usePartnerChoices({
    account: deal.account,
    owner: deal.owner,
    onDeal: deal.partners,
  });
  // The likeliest until one says otherwise. The field begins anew with it: a text that changes in an open
  // field would open its list.
  const [prefilled, setPrefilled] = useState(likely);
  if (chosen === undefined && prefilled !== likely) setPrefilled(likely);
  const partnerId = chosen === undefined ? prefilled : chosen;
  const partnerName = choices.find((partner) => partner.id === partnerId)?.name;

  const tag = useWrite("tagPartner", {
    quiet: true,
    undo: true,
    said: ({ answer }) => ({
      message: `${partnerName ?? "Partner"} tagged on ${deal.account ?? deal.id}`,
      detail: answer.confirmed ? undefined : `Waits for ${deal.owner} to confirm it.`,
    }),
    onDone: () => {
      if (partnerId) rememberPartner(partnerId);
      onDone();
    },
  });
  const ready = partnerId !== null && role !== null && day !== "" && proofProblem(proof) === null;
  const activity = type === null ? undefined : { type, occurredOn: day, stage, proof: proofOf(proof) };

  return (
    <form
      className="flex flex-col gap-3"
      onKeyDownCapture={(event) => {
        if (isEnterOnChosen(event, partnerName)) {
          event.preventDefault();
          event.currentTarget.requestSubmit();
          return;
        }
        const meant = roleOfKey(event, partnerName);
        if (!meant) return;
        event.preventDefault();
        event.stopPropagation();
        setRole(meant);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready || tag.isPending) return;
        tag.mutate({
          dealId: deal.id,
          partnerId,
          role,
          touchStage: stage,
          touchedOn: day,
          ...(contact.trim() && { contact: contact.trim() }),
          ...(activity && { activity }),
        });
      }}
    >
      <PartnerField
        key={prefilled}
        choices={choices}
        value={partnerId}
        onChange={setChosen}
        onTyped={() => setChosen((now) => (now === undefined ? partnerId : now))}
        opens="input"
        autoFocus
      />
      <SegmentedControl
        label="Role"
        labelHidden={false}
        choices={ROLE_CHOICES}
        value={role}
        onChange={setRole}
        className="[&>div]:h-auto [&>div]:flex-wrap [&_label]:h-7 [&_label]:px-2"
      />
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="Stage touched"
          choices={STAGE_CHOICES}
          value={String(stage)}
          onChange={(next) => setStage(asStage(next))}
        />
        <DateField label="Day" value={day} onChange={setDay} max={today} />
      </div>
      {isTelling ? (
        <>
          <div className="grid grid-cols-2 gap-3">
            <TextField label="Contact (optional)" value={contact} onChange={setContact} autoFocus />
            <TypeField menu={menu} stage={stage} value={type} onChange={setType} />
          </div>
          {type !== null && <ProofField value={proof} onChange={setProof} />}
        </>
      ) : (
        <Button size="small" look="quiet" icon="plus" className="self-start" onPress={() => setTelling(true)}>
          Contact, and what they did
        </Button>
      )}
      <Effect
        dealId={deal.id}
        change={
          ready ? { verb: "tag-partner", partnerId, role, touchStage: stage, touchedOn: day, activity } : null
        }
        partnerName={partnerName}
        unsaid="Choose partner and role to see what this makes of the deal."
      />
      {tag.error && <ProblemLine error={tag.error} />}
      <div className="flex items-center justify-end gap-2">
        <Button onPress={onDone}>Cancel</Button>
        <Button look="primary" type="submit" isDisabled={!ready} isPending={tag.isPending}>
          Save
          <Kbd keys="↵" className="[&_kbd]:border-transparent [&_kbd]:bg-transparent [&_kbd]:text-current" />
        </Button>
      </div>
    </form>
  );
}
