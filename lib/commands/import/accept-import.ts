import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { imports } from "@/db/schema/imports";
import { refuse } from "@/lib/errors";
import { leaveDealsToBeJudged } from "@/lib/judging/judge-policy";
import * as field from "../input";
import { defineVerb, type WriteContext } from "../verb";
import { lockFile } from "./file";
import { mayAcceptImport } from "./guards";

/** Of more deals than these a file's are judged by the next reads, a batch a transaction. */
const JUDGED_AT_ONCE = 200;

export const acceptImport = defineVerb({
  name: "accept-import",
  summary: "Stand as the second person behind every fact of a file, by the file's digest",
  input: z.strictObject({
    importId: field.id,
    /** Of the file that whoever accepts it looked at. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex"),
  }),
  output: z.object({
    importId: z.string(),
    /** The facts that stand as the file says them, and the deals that they are on. */
    facts: z.int(),
    deals: z.int(),
  }),
  guard: mayAcceptImport,
  timeoutMs: 120_000,
  subject: async (context, { importId }) => ({ file: await lockFile(context, importId) }),
  async run(context, { importId, sha256 }, { file }) {
    const { tx, actor, today, audit } = context;
    if (sha256 !== file.sha256) refuse("sha256", sha256, "is not the digest of the file that landed");
    const acceptance = { acceptedOn: today, acceptedBy: actor.userId };
    await tx.update(imports).set(acceptance).where(eq(imports.id, importId));
    const { facts, deals } = await standBehind(context, STANDING[file.kind]!(importId));
    const entry = { subjectKind: "import", subjectId: importId, dealId: null };
    const after = { fileName: file.fileName, sha256, facts, deals, ...acceptance };
    audit({ ...entry, before: { fileName: file.fileName, sha256, acceptedOn: null }, after });
    return { importId, facts, deals };
  },
});

/** The rows that still stand as the file says them (lib/judging/facts.ts). */
const STANDING: Readonly<Record<string, (importId: string) => SQL>> = {
  registrations: (id) =>
    sql`select deal_id from registrations where import_id = ${id} and decided_by is null and deal_id is not null`,
  roles: (id) => sql`select deal_id from role_rows where import_id = ${id} and changed_by is null`,
  activities: (id) => sql`select deal_id from activities where import_id = ${id} and changed_by is null`,
};

/** Counts the facts, and sees to it that their deals are judged: a handful now, more by the next reads. */
async function standBehind({ tx, today, rehearsal, touch }: WriteContext, standing: SQL) {
  const rows = await tx.execute<{ id: string; facts: number; all: number }>(sql`
    with fact as (${standing}), deal as (select deal_id as id, count(*) as facts from fact group by 1)
    select id, sum(facts) over ()::int as facts, count(*) over ()::int as "all" from deal
    order by id limit ${JUDGED_AT_ONCE}`);
  const [first] = rows;
  if (!first) return { facts: 0, deals: 0 };
  const isMany = first.all > JUDGED_AT_ONCE;
  if (isMany && !rehearsal) await leaveDealsToBeJudged(tx, standing, today);
  else for (const { id } of rows) touch(id);
  return { facts: first.facts, deals: first.all };
}
