"use client";

import { useQuery } from "@tanstack/react-query";
import type { Me } from "@/components/shared/use-me";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { TextField } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { type FormOf, useForm } from "@/components/ui/use-form";
import { api, type Outputs } from "@/lib/api/client";
import { quarterOf } from "@/lib/calendar";
import { CURRENCIES } from "@/lib/currencies";
import { MONTHS } from "@/lib/text/days";
import { count, list, plural } from "@/lib/text/words";
import { FiscalPreview } from "./fiscal-preview";

/** What the company is called, when its year begins, and what its numbers are told in. */
export function CompanySettings() {
  const me = useMe();
  if (!me) return <SkeletonRows rows={5} label="Loading the company" />;
  return <Company key={`${me.company} ${me.fiscalFirstMonth} ${me.reportingCurrency}`} me={me} />;
}

const CURRENCY_ITEMS = Object.keys(CURRENCIES).map((code) => ({ id: code, name: code }));

interface Values {
  company: string;
  month: number;
  currency: string | null;
}

type CompanyForm = FormOf<Values>;

/** What differs from what is stored, as the write takes it; null while nothing does, or something is missing. */
function changesOf(me: Me, { company, month, currency }: Values) {
  const name = company.trim();
  if (name === "" || currency === null) return null;
  const changes = {
    ...(name !== me.company && { company: name }),
    ...(month !== me.fiscalFirstMonth && { fiscalFirstMonth: month }),
    ...(currency !== me.reportingCurrency && { reportingCurrency: currency }),
  };
  return Object.keys(changes).length > 0 ? changes : null;
}

function Company({ me }: { me: Me }) {
  const mayEdit = mayEver(me, "settings.edit");
  const finance = useQuery(api.costsAndRates.queryOptions({ input: {} })).data;
  const start = { company: me.company, month: me.fiscalFirstMonth, currency: me.reportingCurrency };
  const form: CompanyForm = useForm({
    start: start as Values,
    sent: (values) => (mayEdit ? changesOf(me, values) : null),
    write: useWrite("editSettings", { quiet: true, said: () => "Company settings saved" }),
  });
  return (
    <Form
      form={form}
      className="flex max-w-4xl flex-col gap-8"
      foot={
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
            <Button look="quiet" onPress={() => form.restart(start)}>
              Discard
            </Button>
          )}
        </div>
      }
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
      <Panel title="Fiscal year">
        <FiscalYear me={me} form={form} finance={finance} isDisabled={!mayEdit} />
      </Panel>
      <Panel title="Reporting currency">
        <ReportingCurrency me={me} form={form} finance={finance} isDisabled={!mayEdit} />
      </Panel>
    </Form>
  );
}

interface PartProps {
  me: Me;
  form: CompanyForm;
  finance: Outputs["costsAndRates"] | undefined;
  isDisabled: boolean;
}

function FiscalYear({ me, form, finance, isDisabled }: PartProps) {
  const month = form.field("month");
  const quarters = new Set(finance?.costs.map(({ quarter }) => quarter));
  return (
    <>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-[16rem_1fr]">
        <Select
          label="Begins in"
          isDisabled={isDisabled}
          note={`Named by the calendar year it ends in; today lies in ${quarterOf(me.today, month.value).label}`}
          choices={MONTHS.map((label, at) => ({ value: String(at + 1), label }))}
          {...month}
          value={String(month.value)}
          onChange={(value) => month.onChange(Number(value))}
        />
        <FiscalPreview today={me.today} firstMonth={month.value} storedFirstMonth={me.fiscalFirstMonth} />
      </div>
      {month.value !== me.fiscalFirstMonth && (
        <Consequence>
          Every quarter is cut anew, past ones too: each deal counts in the quarter its day falls in under the
          new year.
          {quarters.size > 0 &&
            ` Costs of ${count(quarters.size, "quarter")} and their rates keep their labels: what was recorded as ${[...quarters][0]} will stand for the new ${[...quarters][0]}.`}
        </Consequence>
      )}
    </>
  );
}

function ReportingCurrency({ me, form, finance, isDisabled }: PartProps) {
  const { currency } = form.values;
  const others = (finance?.currencies ?? []).filter((code) => code !== currency);
  return (
    <>
      <ComboBox
        label="Numbers are told in"
        className="max-w-64"
        items={CURRENCY_ITEMS}
        isDisabled={isDisabled}
        note="Each deal keeps its own currency; it is converted with its quarter's stored rate"
        {...form.field("currency")}
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
