"use client";

import { AccountField } from "@/components/shared/account-field";
import { usePartnerChoices } from "@/components/shared/partner-choices";
import { PartnerField } from "@/components/shared/partner-field";
import { useWrite } from "@/components/shared/use-write";
import { FormDialog } from "@/components/ui/form-dialog";
import { useForm } from "@/components/ui/use-form";

interface Named {
  id: string;
  name: string;
}

/** Says that a partner is in an account: one of the two is known. */
export function EnterAccountDialog({
  partner,
  account,
  onClose,
}: {
  partner?: Named;
  account?: Named;
  onClose(): void;
}) {
  const { choices } = usePartnerChoices({ account: account?.name ?? null, owner: null, onDeal: [] });
  const form = useForm({
    start: { partnerId: partner?.id ?? null, accountId: account?.id ?? null },
    sent: ({ partnerId, accountId }) => (partnerId && accountId ? { partnerId, accountId } : null),
    write: useWrite("enterAccount", {
      quiet: true,
      said: () => "The partner is in the account",
      undo: true,
      onDone: onClose,
    }),
  });
  return (
    <FormDialog
      form={form}
      title={partner ? `${partner.name} is in an account` : `A partner is in ${account?.name}`}
      save="Save"
      onClose={onClose}
    >
      {partner ? (
        <AccountField autoFocus {...form.field("accountId")} />
      ) : (
        <PartnerField choices={choices} autoFocus {...form.field("partnerId")} />
      )}
      <p className="text-ink-2">
        Being in an account earns nothing by itself. Who is on no deal of it shows as attached.
      </p>
    </FormDialog>
  );
}
