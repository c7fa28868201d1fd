"use client";

import { useQuery } from "@tanstack/react-query";
import { usePartnerChoices } from "@/components/shared/partner-choices";
import { useWrite } from "@/components/shared/use-write";
import { ComboBox } from "@/components/ui/combo-box";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { api } from "@/lib/api/client";
import { PARTNER_KINDS, type PartnerKind } from "@/lib/attribution/vocabulary";
import { PARTNER_KIND_LABELS } from "@/lib/attribution/words";
import { USER_ROLE_NAMES } from "@/lib/auth/roles";

const KINDS = PARTNER_KINDS.map((value) => ({ value, label: PARTNER_KIND_LABELS[value] }));
const NOWHERE = { account: null, owner: null, onDeal: [] };
/** Who looks after partners (§9). */
const KEEPERS = ["partner_manager", "head_of_partnerships"];

export interface PartnerRecord {
  id: string;
  name: string;
  kind: PartnerKind;
  owner: { id: string } | null;
  parent: { id: string } | null;
}

/** Enters a partner, or corrects one. */
export function PartnerDialog({
  partner,
  name = "",
  onMade,
  onClose,
}: {
  partner?: PartnerRecord;
  /** What it is called, where somebody has typed that. */
  name?: string;
  onMade?(made: { id: string; name: string }): void;
  onClose(): void;
}) {
  const create = useWrite("createPartner", {
    quiet: true,
    said: (_, sent) => `${sent.name} is a partner now`,
    onDone: ({ answer }, sent) => {
      onMade?.({ id: answer.partnerId, name: sent.name });
      onClose();
    },
  });
  const edit = useWrite("editPartner", {
    quiet: true,
    said: (_, { changes }) => `${changes.name ?? "Partner"} changed`,
    undo: true,
    onDone: onClose,
  });
  const form = useForm({
    edits: partner !== undefined,
    start: {
      ...{ name, kind: null as PartnerKind | null, ownerId: null as string | null },
      ...{ parentId: null as string | null },
      ...changeable(partner),
    },
    sent: (now) => (now.name.trim() && now.kind ? { ...now, name: now.name.trim(), kind: now.kind } : null),
    write: {
      mutate: (sent, told) =>
        partner ? edit.mutate({ partnerId: partner.id, changes: sent }, told) : create.mutate(sent, told),
      isPending: create.isPending || edit.isPending,
      error: create.error ?? edit.error,
    },
  });
  const { choices } = usePartnerChoices(NOWHERE);
  return (
    <FormDialog
      form={form}
      title={partner ? `Edit ${partner.name}` : "New partner"}
      save={partner ? "Save" : "Add partner"}
      onClose={onClose}
    >
      <TextField label="Name" isRequired autoFocus {...form.field("name")} />
      <Select label="Kind" choices={KINDS} {...form.field("kind")} />
      <OwnerField {...form.field("ownerId")} />
      <ComboBox
        label="Parent partner"
        noun="partner"
        placeholder="None"
        items={choices?.filter(({ id }) => id !== partner?.id)}
        {...form.field("parentId")}
      />
    </FormDialog>
  );
}

/** What the form holds of a partner; nothing of one that is still to come. */
const changeable = (partner: PartnerRecord | undefined) =>
  partner && {
    name: partner.name,
    kind: partner.kind,
    ownerId: partner.owner?.id ?? null,
    parentId: partner.parent?.id ?? null,
  };

function OwnerField(field: {
  value: string | null;
  onChange(id: string | null): void;
  problem: string | null;
}) {
  const people = useQuery(api.colleagues.queryOptions({ input: {} })).data?.people;
  const keepers = people?.filter(({ id, role }) => KEEPERS.includes(role) || id === field.value);
  return (
    <ComboBox
      label="Owner"
      noun="person"
      placeholder="Nobody yet"
      note="Who looks after it here, and answers for it in the inbox."
      items={keepers?.map(({ id, name, role }) => ({ id, name, detail: USER_ROLE_NAMES[role] }))}
      {...field}
    />
  );
}
