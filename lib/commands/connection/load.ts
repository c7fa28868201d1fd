import { eq } from "drizzle-orm";
import { connections } from "@/db/schema/connections";
import { Refusal } from "@/lib/errors";
import { readingOf } from "@/lib/interchange/connection";
import type { WriteContext } from "../verb";

/** The connection, locked; refuses an unknown one. */
export async function lockConnection({ tx }: Pick<WriteContext, "tx">, connectionId: string) {
  const [found] = await tx.select().from(connections).where(eq(connections.id, connectionId)).for("update");
  if (!found)
    throw new Refusal({
      ...{ code: "not_found", field: "connectionId", value: connectionId },
      rule: "there is no connection with this id",
    });
  return { ...found, isRehearsed: found.rehearsed?.settings === readingOf(found.settings) };
}
