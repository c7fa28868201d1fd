import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { exceptions } from "@/db/schema/exceptions";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { mayWithdrawException } from "./guards";
import { auditException, caseName, type ExceptionRow, type LockedCase, lockCase, note } from "./load";

export const withdrawException = defineVerb({
  name: "withdraw-exception",
  summary: "Withdraw an exception that one raised: it stays in the log, with nothing left to decide",
  input: z.strictObject({ exceptionId: field.id, reason: field.line(2000) }),
  output: z.object({ exceptionId: z.string(), name: z.string(), version: z.int() }),
  guard: mayWithdrawException,
  subject: (context, { exceptionId }) => lockCase(context, exceptionId),
  async run(context, { exceptionId, reason }, one) {
    const { version } = await withdrawCase(context, one, reason);
    return { exceptionId, name: caseName(one), version };
  },
});

/** Leaves a case in the log with nothing to decide, and says why. */
export async function withdrawCase(
  context: WriteContext,
  { exception, deal }: Pick<LockedCase, "exception" | "deal">,
  reason: string,
): Promise<ExceptionRow> {
  const [after] = await context.tx
    .update(exceptions)
    .set({
      ...{ settlement: "withdrawn", settledAt: sql`now()`, settledOn: context.today },
      version: sql`${exceptions.version} + 1`,
    })
    .where(eq(exceptions.id, exception.id))
    .returning();
  await note(context, { exceptionId: exception.id, kind: "withdrawn", text: reason });
  auditException(context, exception, after!);
  if (deal) context.again(deal.id);
  return after!;
}
