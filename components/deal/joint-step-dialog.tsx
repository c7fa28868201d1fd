"use client";

import { useQuery } from "@tanstack/react-query";
import { usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import { remember } from "@/components/shared/recent";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";

type Answer = Outputs["deal"];
export type JointStep = Answer["steps"][number];

interface Fields {
  partnerId: string | null;
  what: string;
  ownerId: string | null;
  dueOn: string;
}

/** Plans a next joint step, or changes one that is open. */
export function JointStepDialog({
  answer,
  step = null,
  onClose,
}: {
  answer: Answer;
  /** The one that is changed; a new one without it. */
  step?: JointStep | null;
  onClose(): void;
}) {
  const me = useMe();
  const onDeal = partnersOf(answer);
  const { choices } = usePartnerChoices({
    account: answer.deal.account,
    owner: answer.deal.owner,
    onDeal: onDeal.map((id) => ({ id, role: null })),
  });
  const start: Fields = step
    ? {
        partnerId: step.partner.id,
        what: step.what,
        ownerId: step.owner?.id ?? null,
        dueOn: step.dueOn ?? "",
      }
    : {
        partnerId: onDeal.length === 1 ? onDeal[0]! : null,
        what: "",
        ownerId: me?.user.id ?? null,
        dueOn: "",
      };
  const form = useStepForm(answer, step, { start, onDone: onClose });
  return (
    <FormDialog
      form={form}
      title={step ? "Edit next joint step" : "Plan a next joint step"}
      save={step ? "Save" : "Plan step"}
      onClose={onClose}
    >
      <TextField label="What you do next" autoFocus maxLength={500} {...form.field("what")} />
      {!step && <PartnerField choices={choices} {...form.field("partnerId")} />}
      <div className="grid gap-3.5 sm:grid-cols-[1fr_10rem]">
        <OwnerField {...form.field("ownerId")} />
        <DateField label="Due (optional)" {...form.field("dueOn")} />
      </div>
    </FormDialog>
  );
}

/** Who sees to it: anybody with access. */
function OwnerField(field: {
  value: string | null;
  onChange(id: string | null): void;
  problem?: string | null;
}) {
  const people = useQuery({ ...api.colleagues.queryOptions({ input: {} }), staleTime: 60_000 }).data?.people;
  return (
    <Select
      label="Who sees to it"
      choices={(people ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      placeholder="Choose a person"
      {...field}
    />
  );
}

function useStepForm(
  { deal }: Answer,
  step: JointStep | null,
  { start, onDone }: { start: Fields; onDone(): void },
) {
  const add = useWrite("addJointStep", {
    quiet: true,
    undo: true,
    said: () => "Next joint step planned",
    onDone: (_, { partnerId }) => {
      remember({ partners: partnerId });
      onDone();
    },
  });
  const edit = useWrite("editJointStep", { quiet: true, undo: true, said: () => "Step changed", onDone });
  const adding = useForm({
    start,
    sent: ({ partnerId, what, ownerId, dueOn }) =>
      partnerId && what.trim() && ownerId
        ? { dealId: deal.id, partnerId, what: what.trim(), ownerId, dueOn: dueOn || null }
        : null,
    write: add,
  });
  const changing = useForm({
    start,
    sent: (values) => {
      const changes = changesOf(start, values);
      return step && values.what.trim() && Object.keys(changes).length > 0
        ? { stepId: step.id, changes }
        : null;
    },
    write: edit,
  });
  return step ? changing : adding;
}

function changesOf(start: Fields, { what, ownerId, dueOn }: Fields) {
  return {
    ...(what.trim() !== start.what && { what: what.trim() }),
    ...(ownerId && ownerId !== start.ownerId && { ownerId }),
    ...(dueOn !== start.dueOn && { dueOn: dueOn || null }),
  };
}

/** Who is on the deal by any fact of it. */
function partnersOf(answer: Answer): string[] {
  const named = [...answer.roles, ...answer.timeline].flatMap((one) =>
    "partner" in one ? [one.partner.id] : [],
  );
  return [...new Set(named)];
}
