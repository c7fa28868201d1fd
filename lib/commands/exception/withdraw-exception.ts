import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { exceptions } from "@/db/schema/exceptions";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayWithdrawException } from "./guards";
import { auditException, caseName, lockCase, note } from "./load";

export const withdrawException = defineVerb({
  name: "withdraw-exception",
  summary: "Withdraw an exception that one raised: it stays in the log, with nothing left to decide",
  input: z.strictObject({ exceptionId: field.id, reason: field.line(2000) }),
  output: z.object({ exceptionId: z.string(), name: z.string(), version: z.int() }),
  guard: mayWithdrawException,
  subject: (context, { exceptionId }) => lockCase(context, exceptionId),
  async run(context, { exceptionId, reason }, { exception, deal }) {
    const [after] = await context.tx
      .update(exceptions)
      .set({
        settlement: "withdrawn",
        settledAt: sql`now()`,
        settledOn: context.today,
        version: sql`${exceptions.version} + 1`,
      })
      .where(eq(exceptions.id, exceptionId))
      .returning();
    await note(context, { exceptionId, kind: "withdrawn", text: reason });
    auditException(context, exception, after!);
    if (deal) context.again(deal.id);
    return { exceptionId, name: caseName({ exception, deal }), version: after!.version };
  },
});
