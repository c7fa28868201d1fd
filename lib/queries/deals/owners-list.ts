import { sql } from "drizzle-orm";
import { z } from "zod";
import { defineQuery } from "../query";

/** The AEs that own deals, as the CRM names them: the choices of the owner filter. */
export const ownersList = defineQuery({
  name: "owners-list",
  summary: "The owners of deals, by name, with how many each has, and their teams.",
  input: z.strictObject({}),
  output: z.object({
    owners: z.array(z.object({ owner: z.string(), deals: z.int() })),
    /** The teams that some owner is in. */
    teams: z.array(z.string()),
  }),
  async run({ db }) {
    const owners = await db.execute<{ owner: string; deals: number }>(sql`
      select cell as owner, sum(deals)::int as deals from (
        select cell, deals from tallies where kind = 'owners'
        union all select cell, deals from tally_changes where kind = 'owners') t
      group by cell having sum(deals) > 0 order by cell`);
    const teams = await db.execute<{ team: string }>(sql`
      select distinct team from users where team is not null and owner_name is not null order by team`);
    return { owners: [...owners], teams: [...teams].map(({ team }) => team) };
  },
});
