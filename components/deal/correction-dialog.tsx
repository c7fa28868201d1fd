"use client";

import { useState } from "react";
import { Effect } from "@/components/shared/effect";
import { stands } from "@/components/shared/stands";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { type FormOf, useForm } from "@/components/ui/use-form";
import type { Outputs } from "@/lib/api/client";
import { valueInWords } from "@/lib/attribution/field-words";
import { DEAL_TYPES, type DealType, ROUTES, type Route } from "@/lib/attribution/vocabulary";
import { DEAL_OUTCOME_LABELS, DEAL_TYPE_LABELS, ROUTE_LABELS } from "@/lib/attribution/words";
import { isRefusal } from "@/lib/errors";
import { formatMajor, parseMajor } from "@/lib/money";
import type { LockedField } from "./correction-words";
import { EditProblem } from "./edit-problem";

type Answer = Outputs["deal"];
type Deal = Answer["deal"];
type Closed = "won" | "lost";

interface Fields {
  amount: string;
  currency: string;
  type: DealType;
  route: Route;
  outcome: Closed;
  closedOn: string;
  firstEngagedOn: string;
  reason: string;
}

const TYPE_CHOICES = DEAL_TYPES.map((value) => ({ value, label: DEAL_TYPE_LABELS[value] }));
const ROUTE_CHOICES = ROUTES.map((value) => ({ value, label: ROUTE_LABELS[value] }));
const ENDS = (["won", "lost"] as const).map((value) => ({ value, label: DEAL_OUTCOME_LABELS[value] }));

const fieldsOf = (deal: Deal): Fields => ({
  amount: formatMajor(deal.amount, deal.currency),
  currency: deal.currency,
  type: deal.type,
  route: deal.route,
  outcome: deal.state as Closed,
  closedOn: deal.closedOn ?? "",
  firstEngagedOn: deal.firstEngagedOn ?? "",
  reason: "",
});

const codeOf = ({ currency }: Fields) => currency.trim().toUpperCase();

/** The amount in minor units of the currency that is filled in, or what is wrong with it. */
function amountOf(values: Fields): number | { field: "amount" | "currency"; rule: string } {
  try {
    return parseMajor(values.amount.replaceAll(",", ""), codeOf(values));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { field: error.field === "currency" ? "currency" : "amount", rule: error.rule };
  }
}

/** What differs from the deal, as the write takes it; null while it cannot be said. */
function changesOf(deal: Deal, values: Fields) {
  const amount = amountOf(values);
  if (typeof amount !== "number" || values.closedOn === "") return null;
  const { type, route, outcome, closedOn } = values;
  const firstEngagedOn = values.firstEngagedOn || null;
  return {
    ...(amount !== deal.amount && { amount }),
    ...(codeOf(values) !== deal.currency && { currency: codeOf(values) }),
    ...(type !== deal.type && { type }),
    ...(route !== deal.route && { route }),
    ...(outcome !== deal.state && { outcome }),
    ...(closedOn !== deal.closedOn && { closedOn }),
    ...(firstEngagedOn !== deal.firstEngagedOn && { firstEngagedOn }),
  };
}

function check(values: Fields): Partial<Record<keyof Fields, string | null>> {
  const amount = amountOf(values);
  return {
    ...(typeof amount !== "number" && { [amount.field]: amount.rule }),
    closedOn: values.closedOn === "" ? "a closed deal has its close day" : null,
    reason: values.reason.trim() === "" ? "finance reads it before it answers" : null,
  };
}

function useCorrection(answer: Answer, onClose: () => void) {
  const { deal } = answer;
  // A correction is one of what was seen: at first what the dialog opened with, after a conflict what stands.
  const [opened] = useState(deal);
  const propose = useWrite("proposeCorrection", {
    quiet: true,
    said: () => ({
      message: `Correction of ${deal.account ?? deal.id} proposed`,
      detail: "Nothing changes until finance accepts it.",
    }),
    onDone: onClose,
  });
  const seen = propose.isError ? deal : opened;
  const form = useForm({
    start: fieldsOf(opened),
    check,
    sent: (values) => {
      const changes = changesOf(seen, values);
      return changes === null || Object.keys(changes).length > 0
        ? { dealId: deal.id, version: seen.version, changes: changes ?? {}, reason: values.reason.trim() }
        : null;
    },
    write: propose,
  });
  return { form, seen };
}

/** What a close locked, put right: proposed by one person with the reason, accepted by another, of finance. */
export function CorrectionDialog({ answer, onClose }: { answer: Answer; onClose(): void }) {
  const { deal, roles, sealed } = answer;
  const { form, seen } = useCorrection(answer, onClose);
  const changes = changesOf(seen, form.values);
  const isChanged = changes !== null && Object.keys(changes).length > 0;
  return (
    <FormDialog
      form={form}
      title={`Correct ${deal.account ?? deal.id}`}
      save="Propose correction"
      problem={(error) => <EditProblem error={error} yours="this correction" now={stands(answer)} />}
      onClose={onClose}
    >
      <p className="text-ink-2">
        A close locks what the deal is counted by. What you propose here changes nothing until somebody else,
        of finance, accepts it; the deal then says that it was amended.
        {sealed && ` ${sealed.quarter} is frozen and keeps its numbers: there it becomes a restatement.`}
      </p>
      <LockedFields form={form} seen={seen} />
      <TextField
        label="Why"
        lines={2}
        isRequired
        placeholder="What shows that it is otherwise"
        {...form.field("reason")}
      />
      <Effect
        verb="proposeCorrection"
        // The reason changes no outcome, so it is not asked again while that is typed.
        input={isChanged ? { dealId: deal.id, changes, reason: "On trial" } : null}
        partnerName={(id) => roles.find(({ partner }) => partner.id === id)?.partner.name}
        unsaid="Change a field to see how the deal would stand once it is accepted."
      />
    </FormDialog>
  );
}

function LockedFields({ form, seen }: { form: FormOf<Fields>; seen: Deal }) {
  const today = useMe()?.today;
  const changes = changesOf(seen, form.values) ?? {};
  const value = { ...seen, outcome: seen.state };
  /** What stands, below a field that would change it. */
  const was = (field: LockedField) =>
    field in changes ? `Now ${valueInWords(field, value[field], seen.currency)}` : undefined;
  const type = form.field("type");
  const route = form.field("route");
  return (
    <div className="grid grid-cols-[1fr_6rem] gap-3">
      <TextField
        label="Amount"
        autoFocus
        inputClassName="tabular"
        inputProps={{ inputMode: "decimal" }}
        note={was("amount")}
        {...form.field("amount")}
      />
      <TextField label="Currency" maxLength={3} note={was("currency")} {...form.field("currency")} />
      <div className="col-span-2 grid grid-cols-2 gap-3">
        <Select label="Type" choices={TYPE_CHOICES} note={was("type")} {...type} />
        <Select label="Route" choices={ROUTE_CHOICES} note={was("route")} {...route} />
        <div className="flex flex-col gap-1">
          <SegmentedControl
            label="Won or lost"
            labelHidden={false}
            choices={ENDS}
            {...form.field("outcome")}
          />
          {was("outcome") && <span className="text-ink-3 text-xs">{was("outcome")}</span>}
        </div>
        <DateField
          label="Close day"
          min={seen.createdOn}
          max={today}
          note={was("closedOn")}
          {...form.field("closedOn")}
        />
        <DateField
          label="First engaged by us"
          max={today}
          note={was("firstEngagedOn") ?? "Empty: not known"}
          {...form.field("firstEngagedOn")}
        />
      </div>
    </div>
  );
}
