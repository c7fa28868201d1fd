import { sql } from "drizzle-orm";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { lensDeals } from "@/lib/queries/lens/lens-deals";
import { lensTable } from "@/lib/queries/lens/lens-table";
import { quarterBefore } from "./company/calendar";
import type { Company } from "./company/open";
import { measure } from "./measure";
import type { Report } from "./report";

const RUNS = { part: "lens", most: 5, budgetMs: 4_000 } as const;
type At = { company: Company };

/** The portfolio under all four models, once judged. The floor: grouping the deals by one model's outcome. */
export async function measureLens(companies: readonly Company[], report: Report): Promise<void> {
  const sizes = companies.map((company) => ({ company }));
  const context = ({ client, today }: Company) => ({ db: client.db, actor: COMMAND_LINE, today });
  const floor = {
    name: "grouping the deals by one model's outcome",
    work: ({ company }: At) =>
      company.client.db.execute(sql`
        select o.outcome, d.currency, count(*), sum(d.amount)
        from deals d join judged_deals o on o.deal_id = d.id group by 1, 2`),
  };
  await measure(report, sizes, {
    ...RUNS,
    name: "lens table",
    work: ({ company }) => lensTable.run(context(company), {}),
    floor,
  });
  await measure(report, sizes, {
    ...RUNS,
    name: "lens table of a quarter",
    work: ({ company }) => lensTable.run(context(company), { quarter: quarterBefore(company, 1) }),
    floor,
  });
  await measure(report, sizes, {
    ...RUNS,
    name: "an opened lens",
    work: ({ company }) =>
      lensDeals.run(
        context(company),
        lensDeals.input.parse({ model: "triple_tier", outcome: "co_sell", limit: 100 }),
      ),
    floor,
  });
}
