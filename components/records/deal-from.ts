import type { Makes } from "@/components/shared/shell-actions";
import type { Outputs } from "@/lib/api/client";

/** With what the deal that comes of a registration begins. */
export const dealFrom = ({
  id,
  partner,
  account,
}: Pick<Outputs["registration"]["registration"], "id" | "partner" | "account">): Makes["deal"] => ({
  registrationId: id,
  partnerName: partner.name,
  ...(account && { accountId: account.id, accountName: account.name }),
});
