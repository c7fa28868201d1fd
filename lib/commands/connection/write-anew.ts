import { sql } from "drizzle-orm";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { ConnectionSettings } from "@/lib/interchange/connection";
import type { WriteContext } from "../verb";

/** Where other fields, or another object, are written from now on, every deal is looked at for writing again. */
export async function writeAnew(
  { tx }: WriteContext,
  connectionId: string,
  {
    from,
    to,
    isWrittenElsewhere,
  }: { from: ConnectionSettings; to: ConnectionSettings; isWrittenElsewhere: boolean },
): Promise<void> {
  if (!isWrittenElsewhere && canonicalJson(from.writeBack) === canonicalJson(to.writeBack)) return;
  await tx.execute(sql`
    update source_records set written_version = null,
      written = case when ${isWrittenElsewhere} then null else written end
    where connection_id = ${connectionId} and kind = 'deals' and written_version is not null`);
}
