"use client";

import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { type FormOf, useForm } from "@/components/ui/use-form";
import type { Inputs } from "@/lib/api/client";
import { readAmount } from "./read-amount";

type Lines = Inputs["draftCompensationPlan"]["lines"];
type Pays = "rate" | "fixed" | "nothing";

const NAMES = ["sourced", "influenced"] as const;
const LABELS = { sourced: "Sourced", influenced: "Influenced" } as const;

interface Values {
  title: string;
  paidTo: "partner_manager" | "partner";
  from: string;
  to: string;
  sourcedPays: Pays;
  sourcedValue: string;
  sourcedDeal: string;
  sourcedQuarter: string;
  influencedPays: Pays;
  influencedValue: string;
  influencedDeal: string;
  influencedQuarter: string;
}

/** Percent with two decimals as basis points, exactly; null where it is none. */
function basisPoints(typed: string): number | null {
  const parts = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(typed.trim());
  if (!parts) return null;
  const points = Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0"));
  return points >= 1 && points <= 10_000 ? points : null;
}

const capOf = (typed: string, currency: string) => (typed.trim() === "" ? null : readAmount(typed, currency));

function lineOf(values: Values, name: (typeof NAMES)[number], currency: string): Lines["sourced"] | null {
  const [pays, value] = [values[`${name}Pays`], values[`${name}Value`]];
  const [capPerDeal, capPerQuarter] = [values[`${name}Deal`], values[`${name}Quarter`]].map((cap) =>
    capOf(cap, currency),
  );
  if (typeof capPerDeal === "string" || typeof capPerQuarter === "string") return null;
  const caps = { capPerDeal: capPerDeal ?? null, capPerQuarter: capPerQuarter ?? null };
  if (pays === "nothing") return { pays: { of: "nothing" }, ...caps };
  if (pays === "rate") {
    const points = basisPoints(value);
    return points === null ? null : { pays: { of: "rate", basisPoints: points }, ...caps };
  }
  const amount = readAmount(value, currency);
  return typeof amount === "string" ? null : { pays: { of: "fixed", amount }, ...caps };
}

/** What a field breaks, once somebody tried to save. */
function problemsOf(values: Values, currency: string): Partial<Record<keyof Values, string | null>> {
  const problems: Partial<Record<keyof Values, string | null>> = {};
  for (const name of NAMES) {
    const pays = values[`${name}Pays`];
    if (pays === "rate" && basisPoints(values[`${name}Value`]) === null)
      problems[`${name}Value`] = "percent from 0.01 to 100, two decimals at most";
    if (pays === "fixed") {
      const read = readAmount(values[`${name}Value`], currency);
      if (typeof read === "string") problems[`${name}Value`] = read;
    }
    for (const cap of [`${name}Deal`, `${name}Quarter`] as const) {
      const read = capOf(values[cap], currency);
      if (typeof read === "string") problems[cap] = read;
    }
  }
  return problems;
}

/** Drafts a plan of two lines; three people sign it, or it is withdrawn and drafted anew. */
export function PlanDialog({ onDone, onClose }: { onDone(planId: string): void; onClose(): void }) {
  const me = useMe();
  const currency = me?.reportingCurrency ?? "USD";
  const draft = useWrite("draftCompensationPlan", {
    quiet: true,
    said: () => "Drafted: three people sign it",
    onDone: ({ answer }) => {
      onDone(answer.planId);
      onClose();
    },
  });
  const form = useForm<Values, Inputs["draftCompensationPlan"]>({
    start: {
      ...{ title: "", paidTo: "partner_manager", from: me?.quarter ?? "", to: "" },
      ...{ sourcedPays: "rate", sourcedValue: "5", sourcedDeal: "", sourcedQuarter: "" },
      ...{ influencedPays: "rate", influencedValue: "1", influencedDeal: "", influencedQuarter: "" },
    },
    check: (values) => problemsOf(values, currency),
    sent: (values) => {
      const [sourced, influenced] = NAMES.map((name) => lineOf(values, name, currency));
      const { title, paidTo, from: first, to: last } = values;
      if (!title.trim() || !sourced || !influenced) return null;
      const quarters = { from: first.trim(), to: last.trim() || null };
      return { title: title.trim(), paidTo, ...quarters, lines: { sourced, influenced } };
    },
    write: draft,
  });
  return (
    <FormDialog form={form} title="Draft a compensation plan" save="Draft" width="wide" onClose={onClose}>
      <TextField
        label="Title"
        isRequired
        autoFocus
        placeholder="Compensation 2026"
        {...form.field("title")}
      />
      <SegmentedControl
        label="Paid to"
        labelHidden={false}
        choices={[
          { value: "partner_manager", label: "Partner managers" },
          { value: "partner", label: "Partners" },
        ]}
        {...form.field("paidTo")}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label="First quarter" isRequired placeholder="2026-Q1" {...form.field("from")} />
        <TextField label="Last quarter" note="Open when left empty" {...form.field("to")} />
      </div>
      {NAMES.map((name) => (
        <LineFields key={name} {...{ name, form, currency }} />
      ))}
      <p className="text-pretty text-ink-2">
        Where several partners share a deal's credit, a rate is of each one's share and a bonus is divided as
        the credit is. Amounts are rounded once, half up.
      </p>
    </FormDialog>
  );
}

function LineFields({
  name,
  form,
  currency,
}: {
  name: (typeof NAMES)[number];
  form: FormOf<Values>;
  currency: string;
}) {
  const pays = form.values[`${name}Pays`];
  const amount = { inputClassName: "tabular text-right", inputProps: { inputMode: "decimal" as const } };
  return (
    <fieldset className="flex flex-col gap-2 border-line border-t pt-2">
      <legend className="font-medium">{LABELS[name]}</legend>
      <SegmentedControl
        label={`${LABELS[name]} pays`}
        choices={[
          { value: "rate", label: "Rate" },
          { value: "fixed", label: "Bonus a deal" },
          { value: "nothing", label: "Nothing" },
        ]}
        {...form.field(`${name}Pays`)}
      />
      {pays !== "nothing" && (
        <div className="grid gap-3 sm:grid-cols-3">
          <TextField
            label={pays === "rate" ? "Percent of credit" : `Bonus, ${currency}`}
            {...amount}
            {...form.field(`${name}Value`)}
          />
          <TextField label={`Cap a deal, ${currency}`} {...amount} {...form.field(`${name}Deal`)} />
          <TextField label={`Cap a quarter, ${currency}`} {...amount} {...form.field(`${name}Quarter`)} />
        </div>
      )}
    </fieldset>
  );
}
