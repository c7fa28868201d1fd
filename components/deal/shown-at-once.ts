import type { Outputs } from "@/lib/api/client";

type Deal = Outputs["deal"];
type Row = Deal["roles"][number];

const SAVING = "It is being saved";

/** What may be done to a row that the server has not said yes to. */
export const NOT_YET: Row["may"] = {
  ...{ confirm: SAVING, refuse: SAVING },
  ...{ edit: SAVING, withdraw: SAVING, rewrite: SAVING },
};

/** A deal as its page shows it, with one role row changed. What it earns the server says. */
export function withRow(deal: Deal, rowId: string, changes: Partial<Row>): Deal {
  return { ...deal, roles: deal.roles.map((row) => (row.id === rowId ? { ...row, ...changes } : row)) };
}
