import { asc, eq, or, sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "@/db/schema/people";
import { savedViews } from "@/db/schema/saved-views";
import { maySay } from "@/lib/commands/guard";
import { mayKeepView } from "@/lib/commands/view/guards";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";

/** The views of the deals list that somebody finds there: their own, then those that others share. */
export const savedViewsList = defineQuery({
  name: "saved-views-list",
  summary: "The saved views of the deals list: my own, then those that others share, by name.",
  input: z.strictObject({}),
  output: z.object({
    views: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        /** Filters, order and columns, as the page's address says them. */
        address: z.string(),
        /** Who saved it; null for one's own. */
        by: z.string().nullable(),
        shared: z.boolean(),
        may: mayShape,
      }),
    ),
    may: z.object({ save: mayShape }),
  }),
  async run({ db, actor }) {
    const isOwn = eq(savedViews.ownerId, actor.userId ?? "");
    const rows = await db
      .select({ view: savedViews, by: users.name })
      .from(savedViews)
      .innerJoin(users, eq(users.id, savedViews.ownerId))
      .where(or(isOwn, savedViews.shared))
      .orderBy(sql`(${isOwn}) desc`, asc(sql`lower(${savedViews.name})`), asc(savedViews.id));
    return {
      views: rows.map(({ view, by }) => ({
        ...{ id: view.id, name: view.name, address: view.address, shared: view.shared },
        by: view.ownerId === actor.userId ? null : by,
        may: maySay(mayKeepView, actor, { view }),
      })),
      may: { save: maySay(mayKeepView, actor, { view: null }) },
    };
  },
});
