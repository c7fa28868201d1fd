import { inArray } from "drizzle-orm";
import { z } from "zod";
import { clockOf, loadKnown } from "@/db/interchange";
import { accounts } from "@/db/schema/accounts";
import { users } from "@/db/schema/people";
import { maySay } from "@/lib/commands/guard";
import { mayImport } from "@/lib/commands/import/guards";
import { Refusal } from "@/lib/errors";
import { type Change, changesIn } from "@/lib/interchange/changes";
import { KINDS, type Kind } from "@/lib/interchange/kinds";
import { parseIn } from "@/lib/interchange/memberships";
import { entriesIn, planRows } from "@/lib/interchange/plan";
import { readRows } from "@/lib/interchange/read-row";
import type { Plan } from "@/lib/interchange/stored";
import { refuseDeals } from "@/lib/sealing/refuse-deals";
import { defineQuery, type ReadContext } from "../query";

/** What landing these rows would do now; nothing is stored. `import-batch` with the same rows does it. */
export const importPreview = defineQuery({
  name: "import-preview",
  summary: "What landing these rows of the interchange format would create, update and refuse.",
  input: z.strictObject({
    kind: z.enum(KINDS),
    /** As in `import-batch`. */
    replace: z.boolean().optional(),
    /** As in `import-batch`. */
    bringBack: z.boolean().optional(),
    rows: z
      .array(
        z.strictObject({
          line: z.int().min(1).default(1),
          values: z.record(z.string(), z.string()),
        }),
      )
      .max(10_000),
  }),
  output: z.object({
    create: z.int(),
    update: z.int(),
    unchanged: z.int(),
    /** In order of line. */
    refused: z.array(z.object({ line: z.int(), field: z.string(), value: z.string(), reason: z.string() })),
    /** Entries of stage history that would go, because the file replaces them. */
    removed: z.array(z.object({ dealId: z.string(), stage: z.int(), enteredOn: z.string() })),
    /** Each row that would create or change something, field by field, in order of line; amounts in minor units. */
    changes: z.array(
      z.object({
        line: z.int(),
        /** The row's key in the file. */
        id: z.string(),
        /** The fields that would change, as they are stored; null: the row is new. */
        before: z.record(z.string(), z.unknown()).nullable(),
        after: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
  only: ["admin", "finance"],
  inBody: true,
  async run(context, { kind, rows, replace = false, bringBack = false }) {
    const said = maySay(mayImport, context.actor, { kind });
    if (said !== true)
      throw new Refusal({ code: "forbidden", field: "", value: context.actor.name, rule: said });
    return preview(context, kind, rows, { replaces: replace, bringBack });
  },
});

async function preview<K extends Kind>(
  { db, today }: ReadContext,
  kind: K,
  rows: Parameters<typeof readRows>[1],
  { replaces, bringBack }: { replaces: boolean; bringBack: boolean },
) {
  const read = readRows(kind, rows, await clockOf(db, today));
  const { good, refused } = await refuseDeals(db, kind, read.good, bringBack);
  const plan = planRows(kind, good, await loadKnown(db, kind, good, today), replaces);
  return {
    create: plan.created,
    update: plan.updated,
    unchanged: plan.unchanged,
    refused: [...read.refused, ...refused, ...plan.refused].sort((a, b) => a.line - b.line),
    removed: entriesIn(plan),
    changes: await withNames(db, changesIn(plan as Plan<Kind>)),
  };
}

type Fields = Change["after"];

/** People and accounts as they are called, where it changes whose something is or where a partner is. */
async function withNames(db: ReadContext["db"], changes: readonly Change[]): Promise<Change[]> {
  const sides = changes.flatMap(({ before, after }) => [before ?? {}, after] as Fields[]);
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(
      inArray(
        users.id,
        idsIn(sides, ({ ownerId }) => (ownerId ? [ownerId] : [])),
      ),
    );
  const places = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, idsIn(sides, placesOf)));
  const names = new Map<unknown, string>([...people, ...places].map(({ id, name }) => [id, name]));
  const named = ({ ownerId, ...others }: Fields): Fields => ({
    ...others,
    ...(ownerId !== undefined && { owner: names.get(ownerId) ?? null }),
    ...(others.accounts !== undefined && {
      accounts: placesOf(others)
        .map((id) => names.get(id) ?? id)
        .sort(),
    }),
  });
  return changes.map(({ before, after, ...row }) => ({
    ...row,
    before: before && named(before),
    after: named(after),
  }));
}

const idsIn = (sides: readonly Fields[], of: (fields: Fields) => readonly unknown[]) => [
  ...new Set(sides.flatMap(of) as string[]),
];

const placesOf = ({ accounts: said }: Fields): string[] =>
  ((said ?? []) as readonly string[]).map((one) => parseIn(one).accountId);
