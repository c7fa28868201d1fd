"use client";

import { useQuery } from "@tanstack/react-query";
import { AccountField } from "@/components/shared/account-field";
import type { Makes } from "@/components/shared/shell-actions";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { ComboBox } from "@/components/ui/combo-box";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { problemWords } from "@/components/ui/problem-words";
import { Select } from "@/components/ui/select";
import { type FormOf, useForm } from "@/components/ui/use-form";
import { api } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import { DEAL_TYPES, type DealType, STAGES } from "@/lib/attribution/vocabulary";
import { DEAL_TYPE_LABELS, STAGE_WORDS } from "@/lib/attribution/words";
import { CURRENCIES } from "@/lib/currencies";
import { parseMajor } from "@/lib/money";

const TYPES = DEAL_TYPES.map((value) => ({ value, label: DEAL_TYPE_LABELS[value] }));
const STAGE_CHOICES = STAGES.filter((stage) => stage < 6).map((stage) => ({
  value: String(stage),
  label: `${stage} · ${STAGE_WORDS[stage].label}`,
}));
const MONIES = Object.keys(CURRENCIES).map((id) => ({ id, name: id }));

interface Values {
  accountId: string | null;
  name: string;
  owner: string | null;
  amount: string;
  currency: string | null;
  type: DealType;
  stage: string;
  createdOn: string;
  expectedCloseOn: string;
}

/** Enters a deal by hand; from a registration it takes that over, and its partner as sourcer. */
export function DealDialog({
  start,
  onMade,
  onClose,
}: {
  start: Makes["deal"];
  onMade?(made: { id: string; name: string }): void;
  onClose(): void;
}) {
  const me = useMe();
  const form = useForm<Values, ReturnType<typeof sent>>({
    start: {
      accountId: start.accountId ?? null,
      name: "",
      owner: me?.user.ownerName ?? null,
      amount: "",
      currency: me?.reportingCurrency ?? "USD",
      type: "new",
      stage: "1",
      createdOn: me?.today ?? "",
      expectedCloseOn: "",
    },
    sent: (values) => sent(values, start.registrationId),
    check: ({ amount, currency }) => ({ amount: amountProblem(amount, currency) }),
    write: useWrite("createDeal", {
      quiet: true,
      said: () => "Deal entered",
      onDone: ({ answer }) => {
        onMade?.({ id: answer.dealId, name: start.accountName ?? "" });
        onClose();
      },
    }) as never,
  });
  return (
    <FormDialog form={form} title="New deal" save="Enter deal" width="wide" onClose={onClose}>
      {start.registrationId && (
        <p className="rounded-md bg-sunken px-3 py-2 text-ink-2">
          From {start.partnerName}'s registration: it becomes the deal's, and {start.partnerName} its sourcer
          once it is approved.
        </p>
      )}
      <Fields form={form} start={start} today={me?.today ?? ""} />
    </FormDialog>
  );
}

function Fields({ form, start, today }: { form: FormOf<Values>; start: Makes["deal"]; today: string }) {
  const known = start.accountId ? { id: start.accountId, name: start.accountName ?? "" } : undefined;
  return (
    <div className="grid gap-3.5 sm:grid-cols-2">
      <AccountField known={known} autoFocus={!known} {...form.field("accountId")} />
      <TextField label="Deal name" placeholder="Platform rollout" {...form.field("name")} />
      <TextField
        label="Amount"
        isRequired
        placeholder="24000.00"
        autoFocus={Boolean(known)}
        inputProps={{ inputMode: "decimal" }}
        {...form.field("amount")}
      />
      <ComboBox label="Currency" noun="currency" items={MONIES} {...form.field("currency")} />
      <OwnerField {...form.field("owner")} />
      <Select label="Type" choices={TYPES} {...form.field("type")} />
      <Select label="Stage" choices={STAGE_CHOICES} {...form.field("stage")} />
      <DateField label="Created" max={today} isRequired {...form.field("createdOn")} />
      <DateField label="Expected close" {...form.field("expectedCloseOn")} />
    </div>
  );
}

function OwnerField(field: {
  value: string | null;
  onChange(id: string | null): void;
  problem: string | null;
}) {
  const me = useMe();
  const owners = useQuery(api.ownersList.queryOptions({ input: {} })).data?.owners;
  const own = me?.user.ownerName;
  const names = [...new Set([...(own ? [own] : []), ...(owners ?? []).map(({ owner }) => owner)])];
  return (
    <ComboBox
      label="Owner"
      noun="owner"
      placeholder="The AE, as the CRM names them"
      items={owners && names.map((name) => ({ id: name, name }))}
      create={{ label: (text) => `Own it as “${text}”`, make: async (name) => ({ id: name, name }) }}
      {...field}
    />
  );
}

function amountProblem(amount: string, currency: string | null): string | null {
  if (!amount.trim()) return "is needed";
  try {
    parseMajor(amount.trim(), currency ?? "USD");
    return null;
  } catch (error) {
    return problemWords(problemOf(error)).detail ?? "is no amount";
  }
}

function sent(values: Values, registrationId: string | undefined) {
  const { accountId, owner, currency, createdOn, amount } = values;
  if (!accountId || !owner || !currency || !createdOn || amountProblem(amount, currency)) return null;
  return {
    ...{ accountId, owner, currency, createdOn, type: values.type, stage: Number(values.stage) },
    amount: parseMajor(amount.trim(), currency),
    name: values.name.trim() || null,
    expectedCloseOn: values.expectedCloseOn || null,
    ...(registrationId && { registration: { registrationId } }),
  };
}
