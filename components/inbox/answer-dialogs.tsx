"use client";

import { Effect } from "@/components/shared/effect";
import { StartPlayDialog } from "@/components/shared/play/start-play-dialog";
import { ProofField, proofProblem } from "@/components/shared/proof-field";
import { TagForm } from "@/components/shared/tag-form";
import { useWrite } from "@/components/shared/use-write";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";
import { titleOf } from "@/lib/metrics/inbox-words";
import { GiveDialog } from "./give-dialog";
import type { InboxItem } from "./item-words";
import { PutOffDialog } from "./put-off-dialog";
import { withoutItem } from "./shown-at-once";
import type { Opened } from "./use-item-acts";

/** What an answer asks before it is given. */
export function AnswerDialog({ opened: { what, item }, onClose }: { opened: Opened; onClose(): void }) {
  if (what === "refuse") return <Refuse item={item} onClose={onClose} />;
  if (what === "reject") return <Reject item={item} onClose={onClose} />;
  if (what === "tag" && item.kind === "closing_undecided")
    return <Tag item={item} partners={item.partners} onClose={onClose} />;
  if (what === "tag" && item.kind === "role_asked" && item.partner)
    return <Tag item={item} partners={[item.partner]} onClose={onClose} />;
  if (what === "play" && item.partner)
    return <StartPlayDialog partner={item.partner} dealId={item.deal?.id} onClose={onClose} />;
  if (what === "putOff") return <PutOffDialog item={item} onClose={onClose} />;
  if (what === "give" && item.kind !== "case_assigned" && item.kind !== "cases_to_decide")
    return <GiveDialog item={item} onClose={onClose} />;
  return item.kind === "disputed" ? <Prove item={item} onClose={onClose} /> : null;
}

interface AskedOf<Item = InboxItem> {
  item: Item;
  onClose(): void;
}

const lineOf = (text: string) => text.trim().replace(/\s+/g, " ");

function Refuse({ item, onClose }: AskedOf) {
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) => (lineOf(reason) ? { rowId: item.subjectId, reason: lineOf(reason) } : null),
    write: useWrite("refuseRole", {
      ...{ quiet: true, undo: true, onDone: onClose },
      said: () => `${item.partner?.name ?? "The row"} refused on ${titleOf(item)}`,
      shows: ({ rowId }, show) =>
        withoutItem(show, (one) => one.kind === "row_waits" && one.subjectId === rowId),
    }),
  });
  return (
    <FormDialog
      form={form}
      title={`Refuse ${item.partner?.name ?? "the row"} on ${titleOf(item)}`}
      save="Refuse"
      onClose={onClose}
    >
      <TextField label="Why, which they will ask" autoFocus isRequired {...form.field("reason")} />
    </FormDialog>
  );
}

function Reject({ item, onClose }: AskedOf) {
  const form = useForm({
    start: { reason: "" },
    sent: ({ reason }) =>
      lineOf(reason)
        ? { registrationId: item.subjectId, status: "rejected" as const, reason: lineOf(reason) }
        : null,
    write: useWrite("decideRegistration", {
      ...{ quiet: true, onDone: onClose },
      said: () => "Registration rejected",
      shows: ({ registrationId }, show) =>
        withoutItem(show, (one) => one.kind === "registration_waits" && one.subjectId === registrationId),
    }),
  });
  return (
    <FormDialog
      form={form}
      title={`Reject ${item.partner?.name ?? "the registration"} for ${titleOf(item)}`}
      save="Reject"
      onClose={onClose}
    >
      <TextField
        label="Reason, which the partner will ask for"
        autoFocus
        isRequired
        {...form.field("reason")}
      />
    </FormDialog>
  );
}

/** Which role who has; asked of one partner, it is filled in. */
function Tag({ item, partners, onClose }: AskedOf & { partners: readonly { id: string; name: string }[] }) {
  const { deal, account, partner } = item;
  if (!deal) return null;
  return (
    <Dialog
      title={
        partner
          ? `Which role has ${partner.name} on ${titleOf(item)}?`
          : `Which partner was on ${titleOf(item)}?`
      }
      isOpen
      onClose={onClose}
    >
      <TagForm
        partnerId={partner?.id}
        deal={{
          ...{ id: deal.id, account, owner: deal.owner, stage: deal.stage },
          partners: partners.map(({ id }) => ({ id, role: null })),
        }}
        onDone={onClose}
      />
    </Dialog>
  );
}

/** The proof that an activity lacks; what it makes of the deal is said before it is saved. */
function Prove({ item, onClose }: AskedOf<Extract<InboxItem, { kind: "disputed" }>>) {
  const gap = item.settles.find(({ lacks, may }) => lacks === "proof" && may === true);
  const form = useForm({
    start: { proof: "" },
    sent: ({ proof }) =>
      gap && proof.trim() && proofProblem(proof) === null
        ? { activityId: gap.factId, changes: { proof: proof.trim() } }
        : null,
    write: useWrite("editActivity", {
      ...{ quiet: true, undo: true, onDone: onClose },
      said: () => `Proof added on ${titleOf(item)}`,
    }),
  });
  if (!gap) return null;
  const { proof } = form.values;
  return (
    <FormDialog form={form} title={gap.name} save="Save" onClose={onClose}>
      <ProofField activityId={gap.factId} dealId={item.deal?.id} {...form.field("proof")} />
      <Effect
        verb="editActivity"
        input={form.ready ? { activityId: gap.factId, changes: { proof: proof.trim() } } : null}
        partnerName={() => item.partner?.name}
        unsaid="Give the proof to see what it makes of the deal."
      />
    </FormDialog>
  );
}
