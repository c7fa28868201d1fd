import { FINANCE_KINDS, type Kind } from "@/lib/interchange/kinds";
import type { Guard } from "../guard";

/** A file of rows, or the way to read one. */
export interface OfImport {
  kind: Kind;
}

/** Costs and rates are finance's, by file too; all else is RevOps'. The command line brings both (§9). */
export const mayImport: Guard<OfImport> = {
  may: "import.run",
  hands: ({ userId, role }, { kind }) => {
    if (userId === null) return true;
    const isFinance = FINANCE_KINDS.includes(kind);
    if (isFinance) return role === "finance" || "Finance imports costs and rates";
    return role === "admin" || "An admin (RevOps) imports deals, partners and what happened on them";
  },
};
