import { eq, sql } from "drizzle-orm";
import { imports } from "@/db/schema/imports";
import type { EvidenceSource } from "@/lib/attribution/vocabulary";
import { refuse } from "@/lib/errors";
import type { Kind } from "@/lib/interchange/kinds";
import { addUnmapped, type Unmapped } from "@/lib/interchange/unmapped";
import { newId } from "../new-id";
import type { WriteContext } from "../verb";

export type FileEntry = typeof imports.$inferSelect;

/** What is said of a file with its first batch. */
interface SaidOfFile {
  importId?: string;
  name: string;
  sha256?: string;
  bytes?: number;
  source?: EvidenceSource;
}

/** The file's entry, locked; made with its first batch. Refuses one that is another's, of another kind, or done. */
export async function fileOf(context: WriteContext, kind: Kind, said: SaidOfFile): Promise<FileEntry> {
  const { tx, actor } = context;
  const { importId, name: fileName, sha256, bytes, source } = said;
  if (importId === undefined) {
    const row = { id: newId("I"), kind, fileName, sha256, bytes, source, importedBy: actor.id };
    const [entry] = await tx.insert(imports).values(row).returning();
    return entry!;
  }
  const entry = await lockFile(context, importId);
  if (entry.importedBy !== actor.id) refuse("file.importId", importId, "somebody else brings this file");
  if (entry.kind !== kind) refuse("kind", kind, `the file holds ${entry.kind}`);
  if (entry.finishedAt || entry.takenBackAt)
    refuse("file.importId", importId, "the file has landed: it brings no more rows");
  return entry;
}

export async function lockFile({ tx }: Pick<WriteContext, "tx">, importId: string): Promise<FileEntry> {
  const [entry] = await tx.select().from(imports).where(eq(imports.id, importId)).for("update");
  return entry ?? refuse("importId", importId, "there is no file with this id");
}

const COUNTS = ["read", "created", "updated", "unchanged", "refused"] as const;
type Counts = Record<(typeof COUNTS)[number], number>;

/** Adds what became of a batch to its file's entry, and says so in the log with the file's digest and source. */
export async function noteBatch(
  { tx, audit }: WriteContext,
  entry: FileEntry,
  batch: Counts & { unmapped: readonly Unmapped[] },
  isLast: boolean,
): Promise<void> {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, entry[name] + batch[name]])) as Counts;
  await tx
    .update(imports)
    .set({
      ...counts,
      unmapped: addUnmapped(entry.unmapped, batch.unmapped),
      ...(isLast && { finishedAt: sql`now()` }),
    })
    .where(eq(imports.id, entry.id));
  const { fileName, kind, sha256, bytes, source } = entry;
  const file = { fileName, kind, sha256, bytes, source };
  const stood = Object.fromEntries(COUNTS.map((name) => [name, entry[name]]));
  audit({
    subjectKind: "import",
    subjectId: entry.id,
    dealId: null,
    before: entry.read === 0 ? null : { ...file, ...stood, landed: false },
    after: { ...file, ...counts, landed: isLast },
  });
}
