import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { inboxDelegations } from "@/db/schema/inbox";
import { refuse } from "@/lib/errors";
import { DELEGABLE_KINDS, INBOX_WORDS } from "@/lib/metrics/inbox-kinds";
import { lockDeal, mustHaveUser } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayDelegateItem } from "./guards";

export const delegateItem = defineVerb({
  name: "delegate-item",
  summary:
    "Give an item of the inbox to somebody, who may do about it what their role may; or to its owner again",
  input: z.strictObject({
    kind: z.enum(DELEGABLE_KINDS),
    subjectId: field.line(700),
    /** The deal that it is about; null where there is none yet. */
    dealId: field.id.nullable(),
    /** Null: whose it was. */
    toId: field.id.nullable(),
  }),
  output: z.object({ to: z.object({ id: z.string(), name: z.string() }).nullable() }),
  guard: mayDelegateItem,
  subject: async (context, { dealId }) => ({
    deal: dealId === null ? null : await lockDeal(context, dealId),
  }),
  async run(context, { kind, subjectId, dealId, toId }, { deal }) {
    const { tx, actor, today, audit, tell } = context;
    const to = toId === null ? null : await mustHaveUser(context, "toId", toId);
    if (to?.role === "auditor") refuse("toId", to.id, "must be somebody who may write");
    const its = and(eq(inboxDelegations.kind, kind), eq(inboxDelegations.subjectId, subjectId));
    const [before = null] = await tx.select().from(inboxDelegations).where(its).for("update");
    if ((before?.toId ?? null) === toId)
      refuse("toId", toId, toId === null ? "it was given to nobody" : "has it already");
    await tx.delete(inboxDelegations).where(its);
    const given = { kind, subjectId, dealId, byId: actor.userId, delegatedOn: today };
    const [after = null] =
      to === null
        ? []
        : await tx
            .insert(inboxDelegations)
            .values({ ...given, toId: to.id })
            .returning();
    audit({ subjectKind: "inbox_item", subjectId: `${kind} ${subjectId}`, dealId, before, after });
    if (to)
      tell({
        to: { person: to.id },
        dealId,
        about: {
          ...{ kind: "item_given", label: INBOX_WORDS[kind].label, inboxKind: kind },
          ...{ customer: deal?.account ?? null, dealId },
        },
      });
    return { to: to && { id: to.id, name: to.name } };
  },
});
