"use client";

import { useQuery } from "@tanstack/react-query";
import { AccountField } from "@/components/shared/account-field";
import { useWrite } from "@/components/shared/use-write";
import { ComboBox } from "@/components/ui/combo-box";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { FORECAST_CATEGORIES } from "@/lib/attribution/vocabulary";
import { FORECAST_LABELS } from "@/lib/attribution/words";

type Deal = Outputs["deal"]["deal"];

const NOT_SAID = "";
const FORECASTS = [
  { value: NOT_SAID, label: "Not said" },
  ...FORECAST_CATEGORIES.map((value) => ({ value: value as string, label: FORECAST_LABELS[value] })),
];

/** Corrects what no close locks: account, owner, name, CRM page, what is expected of it. */
export function DescribeDialog({ deal, onClose }: { deal: Deal; onClose(): void }) {
  const form = useForm({
    start: {
      accountId: deal.accountId,
      name: deal.name ?? "",
      owner: deal.owner as string | null,
      crmUrl: deal.crmUrl ?? "",
      expectedCloseOn: deal.expectedCloseOn ?? "",
      probability: deal.probability === null ? "" : String(deal.probability),
      forecastCategory: (deal.forecastCategory ?? NOT_SAID) as string,
      nextStep: deal.nextStep ?? "",
    },
    sent: ({ accountId, owner, ...said }) => {
      if (!owner || (deal.accountId !== null && !accountId)) return null;
      const changes = {
        owner,
        ...(accountId && accountId !== deal.accountId && { accountId }),
        name: said.name.trim() || null,
        crmUrl: said.crmUrl.trim() || null,
        expectedCloseOn: said.expectedCloseOn || null,
        probability: said.probability.trim() === "" ? null : Number(said.probability),
        forecastCategory: (said.forecastCategory || null) as Deal["forecastCategory"],
        nextStep: said.nextStep.trim() || null,
      };
      return { dealId: deal.id, version: deal.version, changes };
    },
    check: ({ probability }) => ({
      probability: /^\s*\d{0,3}\s*$/.test(probability) ? null : "is a whole number of percent",
    }),
    write: useWrite("editDeal", { quiet: true, undo: true, said: () => "Deal changed", onDone: onClose }),
  });
  const known = deal.accountId ? { id: deal.accountId, name: deal.account ?? "" } : undefined;
  return (
    <FormDialog form={form} title="Edit deal" save="Save" width="wide" onClose={onClose}>
      <div className="grid gap-3.5 sm:grid-cols-2">
        <AccountField known={known} {...form.field("accountId")} />
        <TextField label="Deal name" autoFocus {...form.field("name")} />
        <OwnerField {...form.field("owner")} />
        <TextField label="Page in the CRM" placeholder="https://" {...form.field("crmUrl")} />
        <DateField label="Expected close" {...form.field("expectedCloseOn")} />
        <TextField
          label="Probability, percent"
          inputProps={{ inputMode: "numeric" }}
          {...form.field("probability")}
        />
        <Select label="Forecast" choices={FORECASTS} {...form.field("forecastCategory")} />
        <TextField label="Next step" {...form.field("nextStep")} />
      </div>
      <p className="text-ink-3 text-xs">
        None of this is a claim: no rule reads it, and no close locks it. Amount, type and route are put right
        where they stand.
      </p>
    </FormDialog>
  );
}

function OwnerField(field: {
  value: string | null;
  onChange(id: string | null): void;
  problem: string | null;
}) {
  const owners = useQuery(api.ownersList.queryOptions({ input: {} })).data?.owners;
  return (
    <ComboBox
      label="Owner"
      noun="owner"
      items={owners?.map(({ owner }) => ({ id: owner, name: owner }))}
      create={{ label: (text) => `Own it as “${text}”`, make: async (name) => ({ id: name, name }) }}
      {...field}
    />
  );
}
