"use client";

import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Kbd } from "@/components/ui/kbd";
import { type FormOf, useForm } from "@/components/ui/use-form";
import { isProof } from "@/lib/attribution/field-rules";
import { stageOn } from "@/lib/attribution/stage";
import type { Role, Stage } from "@/lib/attribution/vocabulary";
import { capital, list } from "@/lib/text/words";
import { Effect } from "./effect";
import { type PartnerChoices, usePartnerChoices, useTagging } from "./partner-choices";
import { PartnerField } from "./partner-field";
import { ProofField, proofProblem } from "./proof-field";
import { remember } from "./recent";
import { hearRole } from "./role-choices";
import { RoleClaimFields } from "./role-claim-fields";
import { reasonWords } from "./tag-reasons";
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

interface Fields {
  /** Undefined until somebody says otherwise than the prefill. */
  partnerId: string | null | undefined;
  role: Role | null;
  /** Null until somebody says otherwise than the stage that the deal had on the day. */
  touchStage: Stage | null;
  touchedOn: string;
  contact: string;
  type: string | null;
  proof: string;
}

/** A proof as it may be sent: null while it is none. */
const proofOf = (text: string) => (isProof(text.trim()) ? text.trim() : null);

/** The row as the write takes it, without its contact, which changes nothing; null while it is not told. */
function rowOf(
  partnerId: string | null,
  touchStage: Stage,
  { role, touchedOn, type, proof }: Omit<Fields, "touchStage">,
) {
  if (partnerId === null || role === null || touchedOn === "" || proofProblem(proof) !== null) return null;
  const activity =
    type === null
      ? {}
      : { activity: { type, occurredOn: touchedOn, stage: touchStage, proof: proofOf(proof) } };
  return { partnerId, role, touchStage, touchedOn, ...activity };
}

/**
 * Names a partner's role: the partner who would help most is filled in, with why, `1`-`4` for the role, Enter saves. What
 * they did is asked at once (§8.1). Says before it is saved what it makes of the deal.
 */
export function TagForm({
  deal,
  partnerId: asked,
  onDone,
}: {
  deal: TaggedDeal;
  /** Of whom it is asked, where it is of one. */
  partnerId?: string;
  onDone(): void;
}) {
  const { form, partnerId, touchStage, choices, suggestions, isCreditPaid } = useTag(deal, asked, onDone);
  const partnerName = choices?.find((partner) => partner.id === partnerId)?.name;
  const row = rowOf(partnerId, touchStage, form.values);
  return (
    <Form
      form={form}
      className="flex flex-col gap-3"
      onKeyDownCapture={(event) =>
        hearRole(event, { choices, chosenId: partnerId }, (claim) => form.set(claim))
      }
      foot={<Actions form={form} onCancel={onDone} />}
    >
      <PartnerField
        choices={choices}
        {...form.field("partnerId")}
        value={partnerId}
        note={whyWords(suggestions, partnerId)}
        opens="input"
        autoFocus
      />
      <RoleClaimFields
        role={form.field("role")}
        stage={form.field("touchStage")}
        day={form.field("touchedOn")}
        stageShown={touchStage}
      />
      <WhatTheyDid form={form} stage={touchStage} dealId={deal.id} />
      <Effect
        verb="tagPartner"
        input={row && { dealId: deal.id, ...row }}
        partnerName={(id) => (id === partnerId ? partnerName : undefined)}
        unsaid="Choose partner and role to see what this makes of the deal."
      />
      {isCreditPaid && (
        <p className="text-ink-3 text-xs">
          What a partner earns takes nothing from the AE: {deal.owner}'s own credit stays whole.
        </p>
      )}
    </Form>
  );
}

/** Why the chosen one would help, nothing of whom nothing speaks for; while nobody is chosen, who most might. */
function whyWords(suggestions: PartnerChoices["suggestions"], partnerId: string | null) {
  const { partner, reasons } =
    suggestions.find((one) => partnerId === null || one.partner.id === partnerId) ?? {};
  const why = reasons && list(reasons.map(reasonWords));
  return why && (partnerId === null ? `Might help: ${partner?.name}, ${why}.` : `${capital(why)}.`);
}

/** The form, and what it is prefilled with until one says otherwise: the likeliest, and the deal's stage of the day. */
function useTag(deal: TaggedDeal, asked: string | undefined, onDone: () => void) {
  const today = useMe()?.today ?? "";
  const { stages, isCreditPaid } = useTagging(deal.id) ?? {};
  const { choices, likely, suggestions } = usePartnerChoices({
    dealId: deal.id,
    account: deal.account,
    owner: deal.owner,
    onDeal: deal.partners,
  });
  const start: Fields = {
    partnerId: asked,
    role: null,
    touchStage: null,
    touchedOn: today,
    contact: "",
    type: null,
    proof: "",
  };
  const nameOf = (id: string) => choices?.find((partner) => partner.id === id)?.name;
  const meant = (chosen: Fields["partnerId"]) => (chosen === undefined ? likely : chosen);
  const stageOf = ({ touchStage, touchedOn }: Fields) =>
    touchStage ?? (stages && touchedOn ? stageOn(stages, touchedOn) : deal.stage);
  const form = useForm({
    start,
    sent: (values) => {
      const row = rowOf(meant(values.partnerId), stageOf(values), values);
      const contact = values.contact.trim() ? { contact: values.contact.trim() } : {};
      return row && { dealId: deal.id, ...row, ...contact };
    },
    write: useWrite("tagPartner", {
      quiet: true,
      undo: true,
      said: ({ answer }, { partnerId }) => ({
        message: `${nameOf(partnerId) ?? "Partner"} tagged on ${deal.account ?? deal.id}`,
        detail: answer.confirmed ? undefined : `Waits for ${deal.owner} to confirm it.`,
      }),
      onDone: (_, { partnerId }) => {
        remember({ partners: partnerId });
        onDone();
      },
    }),
  });
  const prefilled = { partnerId: meant(form.values.partnerId), touchStage: stageOf(form.values) };
  return { form, ...prefilled, choices, suggestions, isCreditPaid };
}

/** What they did, with its proof, and with whom there. */
function WhatTheyDid({ form, stage, dealId }: { form: FormOf<Fields>; stage: Stage; dealId: string }) {
  const menu = useActivityMenu();
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TypeField menu={menu} stage={stage} {...form.field("type")} />
        <TextField label="Contact (optional)" {...form.field("contact")} />
      </div>
      {form.values.type !== null && <ProofField dealId={dealId} {...form.field("proof")} />}
    </>
  );
}

function Actions({ form, onCancel }: { form: FormOf<Fields>; onCancel(): void }) {
  return (
    <div className="flex items-center justify-end gap-2">
      <Button onPress={onCancel}>Cancel</Button>
      <Button look="primary" type="submit" isDisabled={!form.ready} isPending={form.isPending}>
        Save
        <Kbd keys="↵" className="[&_kbd]:border-transparent [&_kbd]:bg-transparent [&_kbd]:text-current" />
      </Button>
    </div>
  );
}
