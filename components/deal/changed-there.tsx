import type { Outputs } from "@/lib/api/client";
import { SYSTEM_NAMES } from "@/lib/interchange/connection";
import type { ChangedField } from "@/lib/interchange/deal-change";
import { dayInWords } from "@/lib/text/days";
import { thousands } from "@/lib/text/numbers";

type Changed = Extract<Outputs["deal"]["timeline"][number], { kind: "changed" }>;

const FIELD_WORDS: Readonly<Record<ChangedField, string>> = {
  amount: "Amount",
  currency: "Currency",
  type: "Type",
  close_day: "Close day",
  owner: "Owner",
  stage: "Stage",
};

/** What the CRM's own history says was changed. */
export function ChangedThere({ one, currency }: { one: Changed; currency: string }) {
  const { field, before, after, by, system } = one;
  const said = (value: string | null) => (value === null ? "none" : inWords(field, value, currency));
  return (
    <span className="text-ink-2">
      {FIELD_WORDS[field]} from <span className="tabular">{said(before)}</span> to{" "}
      <span className="tabular">{said(after)}</span>, in {SYSTEM_NAMES[system]}
      {by && ` by ${by}`}
    </span>
  );
}

function inWords(field: ChangedField, value: string, currency: string): string {
  if (field === "amount" && /^\d+(\.\d+)?$/.test(value)) return `${currency} ${thousands(value)}`;
  return field === "close_day" && /^\d{4}-\d\d-\d\d$/.test(value) ? dayInWords(value) : value;
}
