"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { DealField } from "@/components/shared/deal-field";
import { useWrite } from "@/components/shared/use-write";
import { TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Kbd } from "@/components/ui/kbd";
import { Select } from "@/components/ui/select";
import { type FormField, type FormOf, useForm } from "@/components/ui/use-form";
import { useKeptText } from "@/components/ui/use-kept-text";
import { api, type Outputs } from "@/lib/api/client";
import { clauseOfGray, clauseText } from "@/lib/attribution/clauses";
import type { Kind } from "./answers";
import { KIND_WORDS, KINDS } from "./exception-words";

/** For "nobody's in particular". */
const NO_PARTNER = "-";

type Why = Outputs["why"] | undefined;

/** Raises a contested case: deal, kind, whose claim, and what is claimed. Opens from the log, a deal and what one is paid. */
export function RaiseExceptionDialog({
  deal,
  partnerId = null,
  onClose,
  onRaised,
}: {
  /** Where one stands, when it is a deal. */
  deal?: { id: string; account: string | null };
  /** Whose claim it is, where one stands at one partner's. */
  partnerId?: string | null;
  onClose(): void;
  onRaised?(raised: { id: string; quarter: string }): void;
}) {
  const { about, setDeal, why, claim, form } = useRaising(deal, partnerId, (raised) => {
    onRaised?.(raised);
    onClose();
  });
  const { kind } = form.values;
  const rule = kind && kind !== "other" && why ? clauseText(clauseOfGray(kind), why.policy.document) : null;
  return (
    <FormDialog
      form={form}
      title="Raise an exception"
      save={
        <>
          Raise <Kbd keys="⌘ Enter" className="opacity-80 max-sm:hidden" />
        </>
      }
      onClose={onClose}
    >
      <DealField dealId={about.id} name={about.account} onChange={setDeal} />
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Select
          label="Kind"
          choices={KIND_CHOICES}
          placeholder="What is gray about it"
          {...form.field("kind")}
        />
        <ClaimantField why={why} isDisabled={about.id === null} {...form.field("partnerId")} />
      </div>
      <TextField
        label="What is claimed, and why"
        lines={4}
        value={claim.text}
        onChange={claim.write}
        autoFocus={deal !== undefined}
        placeholder="What should count, and what speaks for it"
      />
      {rule && (
        <p className="border-accent border-l-2 pl-3 text-ink-2 text-xs">
          The memo says: <span className="text-ink">{rule}</span>
        </p>
      )}
    </FormDialog>
  );
}

const NOTHING: { kind: Kind | null; partnerId: string | null } = { kind: null, partnerId: null };

/** What is being raised: about which deal, what is claimed, and how it is sent. */
function useRaising(
  deal: { id: string; account: string | null } | undefined,
  partnerId: string | null,
  onDone: (raised: { id: string; quarter: string }) => void,
) {
  const [about, setAbout] = useState({ id: deal?.id ?? null, account: deal?.account ?? null });
  const claim = useKeptText(`raise.${about.id ?? ""}`);
  const why = useQuery({
    ...api.why.queryOptions({ input: { dealId: about.id ?? "" } }),
    enabled: about.id !== null,
  }).data;
  const form = useForm({
    start: { ...NOTHING, partnerId },
    sent: ({ kind, partnerId }) => {
      const text = claim.text.trim();
      if (about.id === null || kind === null || text === "") return null;
      const of = partnerId && partnerId !== NO_PARTNER ? { partnerId } : {};
      return { dealId: about.id, kind, claim: text, ...of };
    },
    write: useWrite("raiseException", {
      quiet: true,
      said: ({ answer }) => ({
        message: `Raised in the log of ${answer.quarter}`,
        detail: "Finance and partnerships decide it together.",
      }),
      onDone: ({ answer }) => {
        claim.drop();
        onDone({ id: answer.exceptionId, quarter: answer.quarter });
      },
    }),
  });
  useLikely(form, why);
  return {
    about,
    setDeal: (id: string | null, account: string | null) => {
      setAbout({ id, account });
      form.restart(NOTHING);
    },
    why,
    claim,
    form,
  };
}

const KIND_CHOICES = KINDS.map((value) => ({
  value,
  label: KIND_WORDS[value].label,
  note: KIND_WORDS[value].definition,
}));

/** Chooses for one what can only be meant: the deal's one partner, and what is gray about it already. */
function useLikely({ values, set }: FormOf<typeof NOTHING>, why: Why): void {
  const partners = why?.result.partners ?? [];
  const only = partners.length === 1 ? partners[0]?.partnerId : undefined;
  const found = why?.result.gray[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the answer comes, and never over a choice
  useEffect(() => {
    if (only && values.partnerId === null) set({ partnerId: only });
    if (found && values.kind === null) set({ kind: found });
  }, [only, found]);
}

function ClaimantField({
  why,
  isDisabled,
  ...field
}: FormField<string | null> & { why: Why; isDisabled: boolean }) {
  const partners = (why?.result.partners ?? []).map(({ partnerId }) => ({
    value: partnerId,
    label: why?.names.partners[partnerId] ?? partnerId,
  }));
  return (
    <Select
      label="Whose claim"
      choices={[...partners, { value: NO_PARTNER, label: "No one partner's" }]}
      isDisabled={isDisabled}
      placeholder="A partner, or none"
      {...field}
    />
  );
}
