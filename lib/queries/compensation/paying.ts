import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import type { Day } from "@/lib/attribution/facts";
import { SEATS } from "@/lib/auth/roles";
import { quarterOf } from "@/lib/calendar";
import type { CompensationPlan } from "@/lib/metrics/compensation";
import { readCompany } from "../company/company";

/** Whether a plan that three people signed pays for a quarter that is not over (§8.10). */
export async function isCreditPaid(db: Db, today: Day): Promise<boolean> {
  const [rows, { fiscalYear }] = await Promise.all([
    db.execute<{ canonical: string }>(sql`
      select p.canonical from compensation_plans p where p.withdrawn_at is null
        and (select count(*) from compensation_signatures s where s.plan_id = p.id) = ${SEATS.length}`),
    readCompany(db),
  ]);
  const now = quarterOf(today, fiscalYear).label;
  return [...rows].some(({ canonical }) => {
    const { to } = JSON.parse(canonical) as CompensationPlan;
    return to === null || to >= now;
  });
}
