import { asc, sql } from "drizzle-orm";
import { z } from "zod";
import { deals } from "@/db/schema/deals";
import { defineQuery } from "../query";

/** The AEs that own deals, as the CRM names them: the choices of the owner filter. */
export const ownersList = defineQuery({
  name: "owners-list",
  summary: "The owners of deals, by name, with how many each has.",
  input: z.strictObject({}),
  output: z.object({ owners: z.array(z.object({ owner: z.string(), deals: z.int() })) }),
  async run({ db }) {
    const owners = await db
      .select({ owner: deals.owner, deals: sql<number>`count(*)::int` })
      .from(deals)
      .groupBy(deals.owner)
      .orderBy(asc(deals.owner));
    return { owners };
  },
});
