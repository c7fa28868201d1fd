"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Me } from "@/components/shared/use-me";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { DateField, TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { type FormOf, useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { type FiscalYear, isSameYear, quarterOf } from "@/lib/calendar";
import { CURRENCIES } from "@/lib/currencies";
import { MONTHS } from "@/lib/text/days";
import { list, plural } from "@/lib/text/words";
import { FiscalChangeDialog } from "./fiscal-change-dialog";
import { FiscalPreview } from "./fiscal-preview";
import { KEPT_FIELDS, type KeptField, KeptPart, keptChanges, keptStart } from "./kept-part";
import { TimeZone } from "./time-zone";
import { YearEndFields } from "./year-end-fields";

/** What the company is called, when its year begins, and what its numbers are told in. */
export function CompanySettings() {
  const me = useMe();
  if (!me) return <SkeletonRows rows={5} label="Loading the company" />;
  return <Company key={[...Object.values(startOf(me)), me.timeZoneSaidOn].join(" ")} me={me} />;
}

const CURRENCY_ITEMS = Object.keys(CURRENCIES).map((code) => ({ id: code, name: code }));

const DAYS = {
  isRequired: true,
  inputClassName: "tabular max-w-28",
  inputProps: { inputMode: "numeric" },
} as const;

interface Values extends Record<KeptField, string> {
  company: string;
  timeZone: string | null;
  fiscalFirstMonth: number;
  fiscalNamedBy: FiscalYear["namedBy"];
  fiscalEndsOn: FiscalYear["endsOn"];
  reportingCurrency: string | null;
  /** As they are typed. */
  registrationAnswerDays: string;
  registrationProtectionDays: string;
  /** Empty while the CRM asks for no gate. */
  gateFrom: string;
}

type CompanyForm = FormOf<Values>;

/** What differs from what is stored, as the write takes it; null while nothing does, or something is missing. */
function changesOf(me: Me, values: Values) {
  const company = values.company.trim();
  const { timeZone, fiscalFirstMonth, fiscalNamedBy, fiscalEndsOn, reportingCurrency } = values;
  const [answer, protection] = [
    Number(values.registrationAnswerDays),
    Number(values.registrationProtectionDays),
  ];
  if (company === "" || timeZone === null || reportingCurrency === null || !answer || !protection)
    return null;
  if (KEPT_FIELDS.some((field) => !Number(values[field]))) return null;
  const changes = {
    ...(company !== me.company && { company }),
    // The zone that the server had is a change too once somebody says that it is the company's.
    ...((timeZone !== me.timeZone || me.timeZoneSaidOn === null) && { timeZone }),
    ...(fiscalFirstMonth !== me.fiscalYear.firstMonth && { fiscalFirstMonth }),
    ...(fiscalNamedBy !== me.fiscalYear.namedBy && { fiscalNamedBy }),
    ...(fiscalEndsOn !== me.fiscalYear.endsOn && { fiscalEndsOn }),
    ...(reportingCurrency !== me.reportingCurrency && { reportingCurrency }),
    ...(answer !== me.registrationAnswerDays && { registrationAnswerDays: answer }),
    ...(values.gateFrom !== (me.gateFrom ?? "") && { gateFrom: values.gateFrom || null }),
    ...(protection !== me.registrationProtectionDays && { registrationProtectionDays: protection }),
    ...keptChanges(me.kept, values),
  };
  return Object.keys(changes).length > 0 ? changes : null;
}

const startOf = (me: Me): Values => ({
  company: me.company,
  timeZone: me.timeZone,
  fiscalFirstMonth: me.fiscalYear.firstMonth,
  fiscalNamedBy: me.fiscalYear.namedBy,
  fiscalEndsOn: me.fiscalYear.endsOn,
  reportingCurrency: me.reportingCurrency,
  registrationAnswerDays: String(me.registrationAnswerDays),
  registrationProtectionDays: String(me.registrationProtectionDays),
  gateFrom: me.gateFrom ?? "",
  ...keptStart(me.kept),
});

function Company({ me }: { me: Me }) {
  const mayEdit = mayEver(me, "settings.edit");
  const finance = useQuery(api.costsAndRates.queryOptions({ input: {} })).data;
  const start = startOf(me);
  const form: CompanyForm = useForm({
    start,
    sent: (values) => (mayEdit ? changesOf(me, values) : null),
    write: useWrite("editSettings", { quiet: true, said: () => "Company settings saved" }),
  });
  const [asking, setAsking] = useState(false);
  const year = yearIn(form);
  const isOther = !isSameYear(year, me.fiscalYear);
  return (
    <>
      <Form
        form={{ ...form, submit: () => (mayEdit && isOther ? setAsking(true) : form.submit()) }}
        className="flex max-w-4xl flex-col gap-8"
        foot={<Foot form={form} mayEdit={mayEdit} onDiscard={() => form.restart(start)} />}
      >
        <Panel title="Company">
          <TextField
            label="Name"
            className="max-w-80"
            isDisabled={!mayEdit}
            isRequired
            {...form.field("company")}
          />
        </Panel>
        <Panel title="Time zone">
          <TimeZone me={me} isDisabled={!mayEdit} {...form.field("timeZone")} />
        </Panel>
        <Panel title="Fiscal year">
          <FiscalYearPart me={me} form={form} isDisabled={!mayEdit} />
        </Panel>
        <Panel title="Reporting currency">
          <ReportingCurrency me={me} form={form} finance={finance} isDisabled={!mayEdit} />
        </Panel>
        <Panel title="Registrations" id="registrations">
          <RegistrationsPart form={form} isDisabled={!mayEdit} />
        </Panel>
        <Panel title="How long what nobody needs for good is kept" id="kept">
          <KeptPart form={form} isDisabled={!mayEdit} />
        </Panel>
        <Panel title="Stage gate" id="gate">
          <DateField
            label="The CRM asks before a deal closes, from"
            note="A close day. Whatever is won in the CRM from then on without the gate's receipt comes into the reconciliation. Empty while it does not ask."
            className="max-w-80"
            inputClassName="max-w-44"
            isDisabled={!mayEdit}
            {...form.field("gateFrom")}
          />
        </Panel>
      </Form>
      {asking && (
        <FiscalChangeDialog
          year={year}
          isPending={form.isPending}
          onConfirm={() => {
            setAsking(false);
            form.submit();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Foot({ form, mayEdit, onDiscard }: { form: CompanyForm; mayEdit: boolean; onDiscard(): void }) {
  return (
    <div className="flex items-center gap-2">
      <GuardedButton
        look="primary"
        type="submit"
        isPending={form.isPending}
        isDisabled={mayEdit && !form.ready}
        because={mayEdit || "Only an admin changes the company's settings"}
      >
        Save changes
      </GuardedButton>
      {form.isDirty && (
        <Button look="quiet" onPress={onDiscard}>
          Discard
        </Button>
      )}
    </div>
  );
}

interface PartProps {
  me: Me;
  form: CompanyForm;
  finance: Outputs["costsAndRates"] | undefined;
  isDisabled: boolean;
}

const NAMED_BY = [
  { value: "end", label: "The calendar year it ends in" },
  { value: "start", label: "The calendar year it starts in" },
] as const;

const yearIn = ({ values }: CompanyForm): FiscalYear => ({
  firstMonth: values.fiscalFirstMonth,
  namedBy: values.fiscalNamedBy,
  endsOn: values.fiscalEndsOn,
});

function FiscalYearPart({ me, form, isDisabled }: Omit<PartProps, "finance">) {
  const month = form.field("fiscalFirstMonth");
  const year = yearIn(form);
  const isCutAnew = !isSameYear({ ...year, namedBy: me.fiscalYear.namedBy }, me.fiscalYear);
  return (
    <>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-[16rem_1fr]">
        <div className="flex flex-col gap-4">
          <Select
            label="Begins in"
            isDisabled={isDisabled}
            note={`Today lies in ${quarterOf(me.today, year).label}`}
            choices={MONTHS.map((label, at) => ({ value: String(at + 1), label }))}
            {...month}
            value={String(month.value)}
            onChange={(value) => month.onChange(Number(value))}
          />
          <YearEndFields firstMonth={month.value} isDisabled={isDisabled} {...form.field("fiscalEndsOn")} />
          <Select
            label="Named by"
            isDisabled={isDisabled}
            choices={NAMED_BY}
            {...form.field("fiscalNamedBy")}
          />
        </div>
        <FiscalPreview today={me.today} year={year} stored={me.fiscalYear} />
      </div>
      {isCutAnew && (
        <Consequence>
          Every quarter is cut anew, past ones too: each deal, case, cost and rate counts in the quarter its
          days are of. Saving shows the quarters and their numbers both ways first.
        </Consequence>
      )}
    </>
  );
}

function RegistrationsPart({ form, isDisabled }: Omit<PartProps, "finance" | "me">) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Days to answer one"
        note="1 to 90. A partner that waits longer is shown as late."
        {...DAYS}
        isDisabled={isDisabled}
        {...form.field("registrationAnswerDays")}
      />
      <TextField
        label="Days that an approval protects"
        note="1 to 730, unless its approval says otherwise. What protects already keeps its day."
        {...DAYS}
        isDisabled={isDisabled}
        {...form.field("registrationProtectionDays")}
      />
    </div>
  );
}

function ReportingCurrency({ me, form, finance, isDisabled }: PartProps) {
  const currency = form.values.reportingCurrency;
  const others = (finance?.currencies ?? []).filter((code) => code !== currency);
  return (
    <>
      <ComboBox
        label="Numbers are told in"
        noun="currency"
        className="max-w-64"
        items={CURRENCY_ITEMS}
        isDisabled={isDisabled}
        note="Each deal keeps its own currency; it is converted with its quarter's stored rate"
        {...form.field("reportingCurrency")}
      />
      {currency !== null && currency !== me.reportingCurrency && (
        <Consequence>
          Stored rates are per {me.reportingCurrency} and will be read as per {currency}: record them anew for
          each quarter.
          {others.length > 0 &&
            ` ${list(others)} ${plural(others.length, "is in use and needs", "are in use and need")} a rate to ${currency}, else the numbers of a quarter are refused by name.`}
        </Consequence>
      )}
    </>
  );
}

/** What a change would alter, said before it is saved. */
function Consequence({ children }: { children: React.ReactNode }) {
  return (
    <p role="status" className="mt-3 flex gap-2 rounded-md bg-warn-soft px-3 py-2 text-warn">
      <Icon name="alert" className="mt-0.5" />
      <span>{children}</span>
    </p>
  );
}
