"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Me } from "@/components/shared/use-me";
import { mayEver, useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { Button, GuardedButton } from "@/components/ui/button";
import { ComboBox } from "@/components/ui/combo-box";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { api } from "@/lib/api/client";
import { quarterOf } from "@/lib/calendar";
import { CURRENCIES } from "@/lib/currencies";
import { MONTHS } from "@/lib/text/days";
import { count, list, plural } from "@/lib/text/words";
import { FiscalPreview } from "./fiscal-preview";

/** What the company is called, when its year begins, and what its numbers are told in. */
export function CompanySettings() {
  const me = useMe();
  if (!me) return <SkeletonRows rows={5} label="Loading the company" />;
  return <Form key={`${me.company} ${me.fiscalFirstMonth} ${me.reportingCurrency}`} me={me} />;
}

const CURRENCY_ITEMS = Object.keys(CURRENCIES).map((code) => ({ id: code, name: code }));

function Form({ me }: { me: Me }) {
  const [company, setCompany] = useState(me.company);
  const [month, setMonth] = useState(me.fiscalFirstMonth);
  const [currency, setCurrency] = useState<string | null>(me.reportingCurrency);
  const finance = useQuery(api.costsAndRates.queryOptions({ input: {} })).data;
  const save = useWrite("editSettings", { quiet: true, said: () => "Company settings saved" });
  const mayEdit = mayEver(me, "settings.edit");

  const movesYear = month !== me.fiscalFirstMonth;
  const movesCurrency = currency !== null && currency !== me.reportingCurrency;
  const isChanged = movesYear || movesCurrency || company.trim() !== me.company;
  const quarters = new Set(finance?.costs.map(({ quarter }) => quarter));
  const others = (finance?.currencies ?? []).filter((code) => code !== currency);

  return (
    <form
      className="flex max-w-4xl flex-col gap-8"
      onSubmit={(event) => {
        event.preventDefault();
        if (!mayEdit || !isChanged || currency === null) return;
        save.mutate({
          ...(company.trim() !== me.company && { company: company.trim() }),
          ...(movesYear && { fiscalFirstMonth: month }),
          ...(movesCurrency && { reportingCurrency: currency }),
        });
      }}
    >
      <Panel title="Company">
        <TextField
          label="Name"
          className="max-w-80"
          value={company}
          onChange={setCompany}
          isDisabled={!mayEdit}
          isRequired
        />
      </Panel>
      <Panel title="Fiscal year">
        <div className="grid gap-x-8 gap-y-4 md:grid-cols-[16rem_1fr]">
          <Select
            label="Begins in"
            value={String(month)}
            isDisabled={!mayEdit}
            note={`Named by the calendar year it ends in; today lies in ${quarterOf(me.today, month).label}`}
            choices={MONTHS.map((label, at) => ({ value: String(at + 1), label }))}
            onChange={(value) => setMonth(Number(value))}
          />
          <FiscalPreview today={me.today} firstMonth={month} storedFirstMonth={me.fiscalFirstMonth} />
        </div>
        {movesYear && (
          <Consequence>
            Every quarter is cut anew, past ones too: each deal counts in the quarter its day falls in under
            the new year.
            {quarters.size > 0 &&
              ` Costs of ${count(quarters.size, "quarter")} and their rates keep their labels: what was recorded as ${[...quarters][0]} will stand for the new ${[...quarters][0]}.`}
          </Consequence>
        )}
      </Panel>
      <Panel title="Reporting currency">
        <ComboBox
          label="Numbers are told in"
          className="max-w-64"
          items={CURRENCY_ITEMS}
          value={currency}
          onChange={setCurrency}
          isDisabled={!mayEdit}
          note="Each deal keeps its own currency; it is converted with its quarter's stored rate"
        />
        {movesCurrency && (
          <Consequence>
            Stored rates are per {me.reportingCurrency} and will be read as per {currency}: record them anew
            for each quarter.
            {others.length > 0 &&
              ` ${list(others)} ${plural(others.length, "is in use and needs", "are in use and need")} a rate to ${currency}, else the numbers of a quarter are refused by name.`}
          </Consequence>
        )}
      </Panel>
      {save.error && <ProblemLine error={save.error} />}
      <div className="flex items-center gap-2">
        <GuardedButton
          look="primary"
          type="submit"
          isPending={save.isPending}
          isDisabled={mayEdit && !isChanged}
          because={mayEdit ? null : "Only an admin changes the company's settings"}
        >
          Save changes
        </GuardedButton>
        {isChanged && (
          <Button
            look="quiet"
            onPress={() => {
              setCompany(me.company);
              setMonth(me.fiscalFirstMonth);
              setCurrency(me.reportingCurrency);
            }}
          >
            Discard
          </Button>
        )}
      </div>
    </form>
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
