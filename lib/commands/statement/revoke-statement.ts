import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { partnerStatements } from "@/db/schema/partner-statements";
import { Refusal, refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayShareStatement } from "./guards";

export const revokeStatement = defineVerb({
  name: "revoke-statement",
  summary: "End a link to a partner's statement before its day",
  input: z.strictObject({ statementId: field.id }),
  output: z.object({ statementId: z.string() }),
  guard: mayShareStatement,
  async run({ tx, audit }, { statementId }) {
    const same = eq(partnerStatements.id, statementId);
    const [before] = await tx.select().from(partnerStatements).where(same).for("update");
    if (!before)
      throw new Refusal({
        ...{ code: "not_found", field: "statementId", value: statementId },
        rule: "there is no statement with this id",
      });
    if (before.revokedAt) refuse("statementId", statementId, "this link was ended already");
    const [after] = await tx.update(partnerStatements).set({ revokedAt: sql`now()` }).where(same).returning();
    const told = ({ tokenHash: _, ...row }: typeof before) => row;
    audit({
      ...{ subjectKind: "partner_statement", subjectId: statementId, dealId: null },
      ...{ before: told(before), after: told(after!) },
    });
    return { statementId };
  },
});
