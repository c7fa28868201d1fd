"use client";

import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useState } from "react";
import { DealField } from "@/components/shared/deal-field";
import { useDraft } from "@/components/shared/use-draft";
import { useWrite } from "@/components/shared/use-write";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemLine } from "@/components/ui/error-state";
import { TextField } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Select } from "@/components/ui/select";
import { api } from "@/lib/api/client";
import { clauseOfGray, clauseText } from "@/lib/attribution/clauses";
import type { Kind } from "./answers";
import { KIND_WORDS, KINDS } from "./exception-words";

/** For "nobody's in particular". */
const NO_PARTNER = "-";

/** Raises a contested case: deal, kind, whose claim, and what is claimed. Opens from the log and from a deal. */
export function RaiseExceptionDialog({
  deal,
  onClose,
  onRaised,
}: {
  /** Where one stands, when it is a deal. */
  deal?: { id: string; account: string | null };
  onClose(): void;
  onRaised?(raised: { id: string; quarter: string }): void;
}) {
  const [dealId, setDealId] = useState(deal?.id ?? null);
  const [name, setName] = useState(deal?.account ?? null);
  const [kind, setKind] = useState<Kind | null>(null);
  const [partnerId, setPartnerId] = useState<string | null>(null);
  const claim = useDraft(`raise.${dealId ?? ""}`, "");
  const why = useQuery({
    ...api.why.queryOptions({ input: { dealId: dealId ?? "" } }),
    enabled: dealId !== null,
  }).data;
  const partners = why?.result.partners ?? [];
  const only = partners.length === 1 ? partners[0]?.partnerId : undefined;
  const found = why?.result.gray[0];
  useEffect(() => {
    if (only) setPartnerId((now) => now ?? only);
    if (found) setKind((now) => now ?? found);
  }, [only, found]);

  const raise = useWrite("raiseException", {
    quiet: true,
    said: ({ answer }) => ({
      message: `Raised in the log of ${answer.quarter}`,
      detail: "Finance and partnerships decide it together.",
    }),
    onDone: ({ answer }) => {
      claim.drop();
      onRaised?.({ id: answer.exceptionId, quarter: answer.quarter });
      onClose();
    },
  });
  const text = claim.text.trim();
  const ready = dealId !== null && kind !== null && text !== "";
  const save = () => {
    if (!ready || raise.isPending) return;
    raise.mutate({
      dealId,
      kind,
      claim: text,
      ...(partnerId && partnerId !== NO_PARTNER && { partnerId }),
    });
  };
  const heard = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    save();
  };
  const rule = kind && kind !== "other" && why ? clauseText(clauseOfGray(kind), why.policy.document) : null;

  return (
    <Dialog
      title="Raise an exception"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" onPress={save} isDisabled={!ready} isPending={raise.isPending}>
            Raise <Kbd keys="⌘ Enter" className="opacity-80 max-sm:hidden" />
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: one key for all the fields in it */}
      <div className="flex flex-col gap-3.5" onKeyDown={heard}>
        <DealField
          dealId={dealId}
          name={name}
          onChange={(id, account) => {
            setDealId(id);
            setName(account);
            setPartnerId(null);
            setKind(null);
          }}
        />
        <div className="grid gap-3.5 sm:grid-cols-2">
          <Select
            label="Kind"
            choices={KINDS.map((value) => ({
              value,
              label: KIND_WORDS[value].label,
              note: KIND_WORDS[value].definition,
            }))}
            value={kind}
            onChange={setKind}
            placeholder="What is gray about it"
          />
          <Select
            label="Whose claim"
            choices={[
              ...partners.map((partner) => ({
                value: partner.partnerId,
                label: why?.names.partners[partner.partnerId] ?? partner.partnerId,
              })),
              { value: NO_PARTNER, label: "No one partner's" },
            ]}
            value={partnerId}
            onChange={setPartnerId}
            isDisabled={dealId === null}
            placeholder="A partner, or none"
          />
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
        {raise.error && <ProblemLine error={raise.error} />}
      </div>
    </Dialog>
  );
}
