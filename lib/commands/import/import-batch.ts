import { z } from "zod";
import {
  clockOf,
  dealsOfFamilies,
  loadKnown,
  lockDeals,
  rememberParent,
  saveWrites,
  takeBackNoPartner,
} from "@/db/interchange";
import { imports } from "@/db/schema/imports";
import { KINDS, type Kind, type RefusedRow } from "@/lib/interchange/kinds";
import { entriesIn, planRows } from "@/lib/interchange/plan";
import { readRows } from "@/lib/interchange/read-row";
import { emptyPlan, type Plan, type StoredOfKind, type Write } from "@/lib/interchange/stored";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayImport } from "./guards";

/** Rows that one call may bring; a file comes in as many calls as it needs. */
const MOST_ROWS = 10_000;

const count = z.int().min(0);

export const importBatch = defineVerb({
  name: "import-batch",
  summary: "Land rows of the interchange format: good rows are stored, bad ones come back with the reason",
  input: z.strictObject({
    kind: z.enum(KINDS),
    /**
     * The rows are all that their file has on their deals, and stand for what is stored: entries of stage history
     * that they do not hold go, and a role row takes the place of one whose id they hold no more.
     */
    replace: z.boolean().optional(),
    rows: z
      .array(
        z.strictObject({
          line: z.int().min(1).default(1),
          /** The text of each column, by its name in imports.md; absent leaves what is stored. */
          values: z.record(z.string(), z.string()),
        }),
      )
      .max(MOST_ROWS, `must be at most ${MOST_ROWS} rows`),
    /** With a file's last batch: what to remember of the file. The counts are those of its earlier batches. */
    file: z
      .strictObject({
        name: z.string().min(1).max(500),
        read: count.default(0),
        created: count.default(0),
        updated: count.default(0),
        unchanged: count.default(0),
        refused: count.default(0),
      })
      .optional(),
  }),
  output: z.object({
    read: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    /** In order of line. */
    refused: z.array(z.object({ line: z.int(), field: z.string(), value: z.string(), reason: z.string() })),
    /** Entries of stage history that went, because the file replaces them. */
    removed: z.array(z.object({ dealId: z.string(), stage: z.int(), enteredOn: z.string() })),
    /** The id of the file's entry in the list of imports; null before its last batch. */
    importId: z.string().nullable(),
  }),
  guard: mayImport,
  subject: async (_, { kind }) => ({ kind }),
  mirrors: true,
  async run(context, { kind, rows, replace = false, file }) {
    const { good, refused } = readRows(kind, rows, await clockOf(context.tx, context.today));
    const plan = await land(context, kind, good, replace);
    const all: RefusedRow[] = [...refused, ...plan.refused].sort((a, b) => a.line - b.line);
    const answer = {
      read: rows.length,
      created: plan.created,
      updated: plan.updated,
      unchanged: plan.unchanged,
      refused: all,
      removed: entriesIn(plan),
    };
    if (!file) return { ...answer, importId: null };
    const importId = newId("I");
    await context.tx.insert(imports).values({
      id: importId,
      kind,
      fileName: file.name,
      read: file.read + answer.read,
      created: file.created + answer.created,
      updated: file.updated + answer.updated,
      unchanged: file.unchanged + answer.unchanged,
      refused: file.refused + all.length,
      importedBy: context.actor.id,
    });
    return { ...answer, importId };
  },
});

async function land<K extends Kind>(
  context: WriteContext,
  kind: K,
  rows: ReturnType<typeof readRows<K>>["good"],
  replaces: boolean,
): Promise<Plan<K>> {
  const { tx, demo, today } = context;
  if (rows.length === 0) return emptyPlan();
  await lockDeals(tx, [...new Set(rows.flatMap(({ row }) => dealIdOf(kind, row) ?? []))]);
  const plan = planRows(kind, rows, await loadKnown(tx, kind, rows), replaces);
  await saveWrites(tx, kind, plan, { demo, today });
  tell(context, kind, plan);
  if (plan.entries) {
    await saveWrites(tx, "stage_history", plan.entries, { demo, today });
    tell(context, "stage_history", plan.entries);
  }
  if (kind === "partners") await touchFamilies(context, plan.writes as Write<StoredOfKind["partners"]>[]);
  if (NAMES_A_PARTNER.includes(kind)) await nameSomebody(context, kind, plan.writes);
  return plan;
}

/** Tells the log what was written and removed, and has the deals judged that it is about. */
function tell<K extends Kind>({ audit, touch }: WriteContext, kind: K, plan: Plan<K>): void {
  const subject = SUBJECTS[kind];
  for (const { before, after } of plan.told ?? plan.writes) {
    const dealId = dealIdOf(kind, after);
    audit({ subjectKind: subject.kind, subjectId: subject.idOf(after), dealId, before, after });
    for (const id of [dealId, before && dealIdOf(kind, before)]) if (id) touch(id);
  }
  for (const before of plan.removed) {
    const dealId = dealIdOf(kind, before);
    audit({ subjectKind: subject.kind, subjectId: subject.idOf(before), dealId, before, after: null });
    if (dealId) touch(dealId);
  }
}

/** How the audit log names what was written, and what makes its id. */
const SUBJECTS: { [K in Kind]: { kind: string; idOf(row: StoredOfKind[K]): string } } = {
  partners: { kind: "partner", idOf: ({ id }) => id },
  deals: { kind: "deal", idOf: ({ id }) => id },
  stage_history: { kind: "stage_entry", idOf: ({ dealId, seq }) => `${dealId}#${seq}` },
  registrations: { kind: "registration", idOf: ({ id }) => id },
  roles: { kind: "role_row", idOf: ({ id }) => id },
  activities: { kind: "activity", idOf: ({ id }) => id },
  costs: {
    kind: "cost",
    idOf: ({ quarter, side, category, currency }) => `${quarter} ${side} ${category} ${currency}`,
  },
  rates: { kind: "rate", idOf: ({ quarter, currency }) => `${quarter} ${currency}` },
};

const NAMES_A_PARTNER: readonly Kind[] = ["registrations", "roles", "activities"];

function dealIdOf(kind: Kind, row: object): string | null {
  if (kind === "deals") return (row as { id: string }).id;
  return (row as { dealId?: string }).dealId ?? null;
}

/** Programs and parents are read when a partner's deals are judged (§4 origin, §6 partner_of_partner). */
async function touchFamilies(
  { tx, touch, today }: WriteContext,
  writes: readonly Write<StoredOfKind["partners"]>[],
): Promise<void> {
  const moved = writes.filter(
    ({ before, after }) =>
      before !== null &&
      (before.parentId !== after.parentId || before.programs.join(";") !== after.programs.join(";")),
  );
  for (const { before, after } of moved)
    if (before && before.parentId !== after.parentId) await rememberParent(tx, before, today);
  const ids = moved.map(({ after }) => after.id);
  for (const dealId of await dealsOfFamilies(tx, ids)) touch(dealId);
}

async function nameSomebody<K extends Kind>(
  { tx, audit }: WriteContext,
  kind: K,
  writes: readonly Write<StoredOfKind[K]>[],
): Promise<void> {
  const named = new Set(writes.flatMap(({ before, after }) => (before ? [] : (dealIdOf(kind, after) ?? []))));
  for (const { dealId, ...before } of await takeBackNoPartner(tx, [...named])) {
    const after = { noPartnerOn: null, noPartnerBy: null };
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after });
  }
}
