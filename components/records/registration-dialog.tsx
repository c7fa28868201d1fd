"use client";

import { AccountField } from "@/components/shared/account-field";
import { usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import type { Makes } from "@/components/shared/shell-actions";
import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import { DateField, TextField } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";

/** Enters a partner's registration: of a deal that is known, or of an account before there is one. */
export function RegistrationDialog({
  start,
  onMade,
  onClose,
}: {
  start: Makes["registration"];
  onMade?(made: { id: string; name: string }): void;
  onClose(): void;
}) {
  const today = useMe()?.today ?? "";
  const { dealId, accountName } = start;
  const { choices } = usePartnerChoices({ account: accountName ?? null, owner: null, onDeal: [] });
  const known = start.accountId ? { id: start.accountId, name: accountName ?? "" } : undefined;
  const form = useForm({
    start: {
      partnerId: start.partnerId ?? null,
      accountId: start.accountId ?? null,
      domain: "",
      submittedOn: today,
    },
    sent: ({ partnerId, accountId, domain, submittedOn }) => {
      const of = dealId ? { dealId } : accountId ? { accountId } : null;
      if (!partnerId || !of || !submittedOn) return null;
      return { partnerId, ...of, domain: domain.trim() || null, submittedOn };
    },
    write: useWrite("submitRegistration", {
      quiet: true,
      undo: true,
      said: () => ({ message: "Registration recorded", detail: "Somebody else decides it." }),
      onDone: ({ answer }) => {
        onMade?.({ id: answer.registrationId, name: "" });
        onClose();
      },
    }),
  });
  return (
    <FormDialog
      form={form}
      title={dealId ? `Register ${accountName ?? "this deal"} for a partner` : "New registration"}
      save="Record it"
      onClose={onClose}
    >
      <PartnerField choices={choices} autoFocus={!start.partnerId} {...form.field("partnerId")} />
      {!dealId && (
        <AccountField known={known} autoFocus={Boolean(start.partnerId)} {...form.field("accountId")} />
      )}
      <div className="grid gap-3.5 sm:grid-cols-2">
        <TextField label="Customer's domain" placeholder="example.com" {...form.field("domain")} />
        <DateField label="Submitted" max={today} isRequired {...form.field("submittedOn")} />
      </div>
    </FormDialog>
  );
}
