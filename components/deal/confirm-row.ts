"use client";

import { useMe } from "@/components/shared/use-me";
import { useWrite } from "@/components/shared/use-write";
import type { Outputs } from "@/lib/api/client";
import { NOT_YET, withRow } from "./shown-at-once";

/** Confirms a role row; it shows at once. */
export function useConfirm(row: Pick<Outputs["deal"]["roles"][number], "id" | "partner">) {
  const me = useMe();
  const confirm = useWrite("confirmRole", {
    undo: true,
    said: () => `${row.partner.name} confirmed`,
    shows: ({ rowId }, show) =>
      me &&
      show("deal", (now) =>
        withRow(now, rowId, { confirmedOn: me.today, confirmedBy: me.user.name, may: NOT_YET }),
      ),
  });
  return { isPending: confirm.isPending, confirm: () => confirm.mutate({ rowId: row.id }) };
}
