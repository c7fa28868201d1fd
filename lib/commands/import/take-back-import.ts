import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { lockDeals } from "@/db/interchange";
import { imports } from "@/db/schema/imports";
import { dealsStanding, loggedChanges } from "@/db/take-back";
import type { Kind } from "@/lib/interchange/kinds";
import * as field from "../input";
import { defineVerb } from "../verb";
import { aboutRows } from "./about-rows";
import { lockFile } from "./file";
import { mayTakeBackImport } from "./guards";
import { sayAgain, takeBackHistory } from "./take-back-history";
import { takeBackRows } from "./take-back-rows";

/** Of more rows that stay than these the answer gives the number alone. */
const SAID = 1_000;

/** Final: what goes lands again from the file itself. */
export const takeBackImport = defineVerb({
  name: "take-back-import",
  summary: "Take back what a file brought: its rows are again what they were before it; what stays is named",
  input: z.strictObject({ importId: field.id }),
  output: z.object({
    importId: z.string(),
    /** Rows that the file made, and that go. */
    removed: z.int(),
    /** Rows that the file changed, and that are again what they were. */
    restored: z.int(),
    /** Rows that stay as they are. */
    stayed: z.int(),
    /** The first of those. */
    stays: z.array(
      z.object({
        /** The row's own. */
        id: z.string(),
        /** What it is, in words. */
        about: z.string(),
        reason: z.string(),
      }),
    ),
  }),
  guard: mayTakeBackImport,
  timeoutMs: 240_000,
  subject: async (context, { importId }) => ({ file: await lockFile(context, importId) }),
  async run(context, { importId }, { file }) {
    const { tx, actor, audit } = context;
    const kind = file.kind as Kind;
    const logged = await loggedChanges(tx, file);
    const dealIds = [...new Set(logged.flatMap((one) => [one.dealId, one.before?.dealId].flatMap(idOf)))];
    await lockDeals(tx, dealIds);
    const deals = await dealsStanding(tx, dealIds, importId);
    const rows = await takeBackRows(context, kind, file, logged, deals);
    const history = await takeBackHistory(context, kind, file, logged, deals, rows);
    await sayAgain(context, kind, logged);
    const stays = [...rows.stays, ...history.stays];
    const counts = {
      removed: rows.removed + history.removed,
      restored: rows.restored + history.restored,
      stayed: stays.length,
    };
    await tx
      .update(imports)
      .set({ takenBackAt: sql`now()`, takenBackBy: actor.id })
      .where(eq(imports.id, importId));
    const { fileName, sha256 } = file;
    audit({
      ...{ subjectKind: "import", subjectId: importId, dealId: null },
      before: { fileName, sha256, takenBack: false },
      after: { fileName, sha256, takenBack: true, ...counts },
    });
    const said = stays.slice(0, SAID);
    const about = await aboutRows(
      tx,
      said.map(({ row }) => row),
    );
    return {
      importId,
      ...counts,
      stays: said.map(({ id, reason }, at) => ({ id, about: about[at]!, reason })),
    };
  },
});

const idOf = (id: unknown): string[] => (typeof id === "string" ? [id] : []);
