import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { findErasable } from "@/db/erasable-people";
import { holds, PERSON_KINDS } from "@/db/schema/people";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayHold } from "./guards";

export const holdPerson = defineVerb({
  name: "hold-person",
  summary:
    "Say that what is kept of somebody must be kept, for a lawsuit or an audit, or that it need not any more",
  input: z.strictObject({
    kind: z.enum(PERSON_KINDS, { error: "must be user or partner_contact" }),
    id: field.id,
    /** Why it must be kept; null lifts the hold. */
    reason: field.line(500).nullable(),
  }),
  output: z.object({ held: z.boolean() }),
  guard: mayHold,
  subject: ({ tx }, { kind, id }) => findErasable(tx, kind, id),
  async run({ tx, actor, audit }, { kind, id, reason }, { name, hold }) {
    const by = actor.userId ?? refuse("", actor.name, "a person says so, signed in");
    const open = and(eq(holds.kind, kind), eq(holds.personId, id), isNull(holds.liftedAt));
    if (reason === null) {
      if (hold === null) refuse("reason", null, `no hold stands for ${name}`);
      await tx.update(holds).set({ liftedAt: sql`now()`, liftedBy: by }).where(open);
    } else {
      if (hold !== null) refuse("reason", reason, `one stands for ${name} already: lift it first`);
      await tx.insert(holds).values({ id: newId("HO"), kind, personId: id, reason, heldBy: by });
    }
    const [before, after] = [hold, reason].map((because) => ({ held: because !== null, reason: because }));
    audit({ subjectKind: kind, subjectId: id, dealId: null, before, after });
    return { held: reason !== null };
  },
});
