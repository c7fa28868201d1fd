import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { lockDeals } from "@/db/interchange";
import { sourceRecords } from "@/db/schema/connections";
import { roleRows } from "@/db/schema/facts";
import { Refusal, refuse } from "@/lib/errors";
import { KINDS, type Kind } from "@/lib/interchange/kinds";
import type { ReadRow } from "@/lib/interchange/read-row";
import { land } from "../import/land";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { entryOfDay } from "./entry";
import { mayKeepConnection } from "./guards";
import { lockConnection } from "./load";

export const settleDifference = defineVerb({
  name: "settle-difference",
  summary:
    "Say which holds where a connection says something else than a person here: what stands, or what it says",
  input: z.strictObject({
    connectionId: field.id,
    kind: z.enum(KINDS),
    key: field.id,
    take: z.enum(["here", "there"]),
  }),
  output: z.object({ key: z.string() }),
  guard: mayKeepConnection,
  subject: async (context, { connectionId, kind, key }) => {
    const connection = await lockConnection(context, connectionId);
    const [record] = await context.tx
      .select()
      .from(sourceRecords)
      .where(
        and(
          ...[
            eq(sourceRecords.connectionId, connectionId),
            eq(sourceRecords.kind, kind),
            eq(sourceRecords.key, key),
          ],
        ),
      )
      .for("update");
    if (!record?.differs)
      throw new Refusal({
        ...{ code: "not_found", field: "key", value: key },
        rule: "nothing stands here otherwise than the source says",
      });
    return { connection, record: { ...record, differs: record.differs } };
  },
  async run(context, { connectionId, kind, key, take }, { connection, record }) {
    const { tx, audit } = context;
    const isGone = record.differs.some(({ field, there }) => field === "" && there === null);
    if (take === "there" && isGone) await takeOff(context, kind, key);
    else if (take === "there") {
      const importId = await entryOfDay(context, connection, kind);
      const row = { line: 1, row: record.said } as unknown as ReadRow<typeof kind>;
      const { refused } = await land(context, kind, [row], { replaces: false, importId });
      if (refused[0]) refuse(refused[0].field, refused[0].value, refused[0].reason);
    }
    await tx
      .update(sourceRecords)
      .set({ differs: null })
      .where(
        and(
          ...[
            eq(sourceRecords.connectionId, connectionId),
            eq(sourceRecords.kind, kind),
            eq(sourceRecords.key, key),
          ],
        ),
      );
    audit({
      ...{ subjectKind: "source_record", subjectId: `${connectionId} ${kind} ${key}`, dealId: record.dealId },
      ...{ before: { differs: record.differs }, after: { differs: null, taken: take } },
    });
    return { key };
  },
});

/** A role row that is gone at its source, and that somebody here stood behind. */
async function takeOff({ tx, audit, touch }: WriteContext, kind: Kind, key: string): Promise<void> {
  if (kind !== "roles")
    refuse("take", "there", "a deal is removed on its own page, where what stands on it is shown");
  const [named] = await tx.select({ dealId: roleRows.dealId }).from(roleRows).where(eq(roleRows.id, key));
  if (!named) return;
  await lockDeals(tx, [named.dealId]);
  const [before] = await tx.delete(roleRows).where(eq(roleRows.id, key)).returning();
  audit({ subjectKind: "role_row", subjectId: key, dealId: named.dealId, before, after: null });
  touch(named.dealId);
}
