import { z } from "zod";
import { clockOf } from "@/db/interchange";
import { EVIDENCE_SOURCES } from "@/lib/attribution/vocabulary";
import { type InterchangeRow, KINDS, type RefusedRow } from "@/lib/interchange/kinds";
import { entriesIn } from "@/lib/interchange/plan";
import { readRows } from "@/lib/interchange/read-row";
import { MOST_UNMAPPED } from "@/lib/interchange/unmapped";
import { refuseDeals } from "@/lib/sealing/refuse-deals";
import * as field from "../input";
import { parseInput } from "../parse";
import { defineVerb } from "../verb";
import { fileOf, noteBatch } from "./file";
import { mayImport } from "./guards";
import { land } from "./land";

/** Rows that one call may bring; a file comes in as many calls as it needs. */
const MOST_ROWS = 10_000;

const input = z.strictObject({
  kind: z.enum(KINDS),
  /**
   * The rows are all that their file has on their deals, and stand for what is stored: entries of stage history
   * that they do not hold go, and a role row takes the place of one whose id they hold no more.
   */
  replace: z.boolean().optional(),
  /** A deal that was removed here is entered again; else its row is refused. */
  bringBack: z.boolean().optional(),
  rows: z
    .array(
      z.strictObject({
        line: z.int().min(1).default(1),
        /** The text of each column, by its name in imports.md; absent leaves what is stored. */
        values: z.record(z.string(), z.string()),
      }),
    )
    .max(MOST_ROWS, `must be at most ${MOST_ROWS} rows`),
  /** The file that the rows are of; absent: of none, and then nobody is known to stand behind them. */
  file: z
    .strictObject({
      /** As the answer to the file's first batch named it; absent with that one. */
      importId: field.id.optional(),
      name: z.string().min(1).max(500),
      /** Of the whole file, in hex; without it nobody can accept the file. */
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex")
        .optional(),
      bytes: z.int().min(0).optional(),
      /** The system that it came from. */
      source: z.enum(EVIDENCE_SOURCES).optional(),
      /** Rows that were refused before they could be sent, since the last batch. */
      refused: z.int().min(0).default(0),
      /** Of those, what its mapping does not translate. */
      unmapped: z
        .array(
          z.strictObject({
            field: z.string().min(1).max(100),
            value: z.string().max(2000),
            rows: z.int().min(1),
          }),
        )
        .max(MOST_UNMAPPED)
        .default([]),
      isLast: z.boolean().default(true),
    })
    .optional(),
});

const others = input.omit({ rows: true });

/** An input whose rows are plainly what the schema asks for, the rest by the schema: a file brings millions of cells. */
function atAGlance(given: unknown): z.output<typeof input> | null {
  if (typeof given !== "object" || given === null) return null;
  const { rows, ...rest } = given as { rows?: unknown };
  if (!Array.isArray(rows) || rows.length > MOST_ROWS || !rows.every(isRow)) return null;
  return { ...parseInput(others, rest), rows };
}

function isRow(row: unknown): row is InterchangeRow {
  if (!isPlain(row)) return false;
  const { line, values } = row;
  if (!Number.isSafeInteger(line) || (line as number) < 1 || !isPlain(values)) return false;
  for (const name in row) if (name !== "line" && name !== "values") return false;
  for (const name in values) if (typeof values[name] !== "string" || name === "__proto__") return false;
  return true;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export const importBatch = defineVerb({
  name: "import-batch",
  summary: "Land rows of the interchange format: good rows are stored, bad ones come back with the reason",
  input,
  fits: atAGlance,
  output: z.object({
    read: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    /** In order of line. */
    refused: z.array(z.object({ line: z.int(), field: z.string(), value: z.string(), reason: z.string() })),
    /** Entries of stage history that went, because the file replaces them. */
    removed: z.array(z.object({ dealId: z.string(), stage: z.int(), enteredOn: z.string() })),
    /** The file's entry in the list of imports; null for rows of no file. */
    importId: z.string().nullable(),
  }),
  guard: mayImport,
  subject: async (_, { kind }) => ({ kind }),
  mirrors: true,
  async run(context, { kind, rows, replace = false, bringBack = false, file }) {
    const entry = file && (await fileOf(context, kind, file));
    const read = readRows(kind, rows, await clockOf(context.tx, context.today));
    const { good, refused } = await refuseDeals(context.tx, kind, read.good, bringBack);
    const plan = await land(context, kind, good, { replaces: replace, importId: entry?.id ?? null });
    const all: RefusedRow[] = [...read.refused, ...refused, ...plan.refused].sort((a, b) => a.line - b.line);
    const { created, updated, unchanged } = plan;
    const answer = { read: rows.length, created, updated, unchanged, refused: all, removed: entriesIn(plan) };
    if (!file || !entry) return { ...answer, importId: null };
    const before = file.refused;
    const counts = { ...answer, read: answer.read + before, refused: all.length + before };
    await noteBatch(context, entry, { ...counts, unmapped: file.unmapped }, file.isLast);
    return { ...answer, importId: entry.id };
  },
});
