import { sql } from "drizzle-orm";
import { z } from "zod";
import { findErasable } from "@/db/erasable-people";
import { PERSON_KINDS } from "@/db/schema/people";
import { lockPerson } from "../account/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayErase } from "./guards";

/** Every word of every table is looked at. */
const TIMEOUT_MS = 15 * 60_000;

const KEPT_WHY = ["sealed", "signed", "log", "company"] as const;

/** What the database found, by table. */
interface Found extends Record<string, unknown> {
  found: {
    number: number;
    erased: Record<string, number>;
    kept: Record<string, { rows: number; why: (typeof KEPT_WHY)[number] }>;
  };
}

export const erasePerson = defineVerb({
  name: "erase-person",
  summary:
    "Erase, for good, what is kept of somebody who left or of a partner's contact: their name and addresses, whence they signed in, and every word that names them",
  input: z.strictObject({
    kind: z.enum(PERSON_KINDS, { error: "must be user or partner_contact" }),
    id: field.id,
    /** Stays in the log, so it names nobody. */
    reason: field.line(500),
  }),
  output: z.object({
    /** What they are called since. */
    called: z.string(),
    /** Rows from which words went, by table, the most first. */
    erased: z.array(z.object({ table: z.string(), rows: z.int() })),
    /** Rows that go on naming them, and why: sealed, signed, of the log's own, or a company's name. */
    kept: z.array(z.object({ table: z.string(), rows: z.int(), why: z.enum(KEPT_WHY) })),
  }),
  guard: mayErase,
  timeoutMs: TIMEOUT_MS,
  async subject(context, { kind, id }) {
    if (kind === "user") await lockPerson(context, id);
    return findErasable(context.tx, kind, id);
  },
  async run({ tx, audit }, { kind, id, reason }) {
    const [row] = await tx.execute<Found>(sql`select erase_person(${kind}, ${id}, ${reason}) as found`);
    const { number, erased, kept } = row!.found;
    audit({
      subjectKind: kind,
      subjectId: id,
      dealId: null,
      before: { erased: false },
      // Written as it is: what is said of an erasure must not be what the next one erases.
      after: { erased: true, because: reason, number, rows: erased },
    });
    const byRows = <T extends { rows: number }>(one: T, other: T) => other.rows - one.rows;
    return {
      called: `Erased person ${number}`,
      erased: Object.entries(erased)
        .map(([table, rows]) => ({ table, rows }))
        .sort(byRows),
      kept: Object.entries(kept)
        .map(([table, { rows, why }]) => ({ table, rows, why }))
        .sort(byRows),
    };
  },
});
