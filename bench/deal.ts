import { sql } from "drizzle-orm";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { rehearse } from "@/lib/commands/door";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { auditLog } from "@/lib/queries/audit/audit-log";
import { deal } from "@/lib/queries/deal/deal";
import { dealVelocity } from "@/lib/queries/deal/deal-velocity";
import { why } from "@/lib/queries/deal/why";
import type { Company } from "./company/open";
import { PARTNER_MANAGER } from "./company/people";
import { measure } from "./measure";
import type { Report } from "./report";

const RUNS = { part: "deal", most: 40, budgetMs: 3_000 } as const;
const FACTS = ["deals", "stage_entries", "role_rows", "activities", "registrations", "rulings"];

/** Deals to look at: anywhere in the company, half of them won. */
interface Sample {
  company: Company;
  won: string[];
  open: string[];
}

/** The page of one deal, and what an edit of it would do. The floor: its rows from each table by their key. */
export async function measureDeal(companies: readonly Company[], report: Report): Promise<void> {
  const samples = await Promise.all(companies.map(sampleOf));
  const floor = { name: "the deal's rows by their key", work: rowsOf };
  const context = ({ client, today }: Company) => ({ db: client.db, actor: COMMAND_LINE, today });
  const call = ({ client, today }: Company) => ({ client, actor: PARTNER_MANAGER, today });
  await measure(report, samples, {
    ...RUNS,
    name: "the deal",
    work: ({ company, won }, run) => deal.run(context(company), { dealId: won[run % won.length]! }),
    floor,
  });
  await measure(report, samples, {
    ...RUNS,
    name: "why",
    work: ({ company, won }, run) => why.run(context(company), { dealId: won[run % won.length]! }),
    floor,
  });
  await measure(report, samples, {
    ...RUNS,
    name: "how fast beside its like",
    work: ({ company, won }, run) => dealVelocity.run(context(company), { dealId: won[run % won.length]! }),
    floor,
  });
  await measure(report, samples, {
    ...RUNS,
    name: "its audit log",
    work: ({ company, won }, run) =>
      auditLog.run(context(company), auditLog.input.parse({ dealId: won[run % won.length]! })),
    floor,
  });
  await measure(report, samples, {
    ...RUNS,
    name: "rehearse tagging",
    work: ({ company, open }, run) => {
      const claim = { dealId: open[run % open.length], partnerId: "P-7", role: "referral_source" };
      return rehearse(tagPartner, claim, call(company));
    },
    floor,
  });
  await measure(report, samples, {
    ...RUNS,
    name: "rehearse logging",
    work: ({ company, open }, run) => {
      const what = { type: "joint_pitch", proof: "https://proof.example/1" };
      const asked = { dealId: open[run % open.length], partnerId: "P-7", ...what };
      return rehearse(logActivity, asked, call(company));
    },
    floor,
  });
}

async function sampleOf(company: Company): Promise<Sample> {
  const ids = async (outcome: string) => {
    const rows = await company.client.db.execute<{ id: string }>(sql`
      select id from deals d where outcome::text = ${outcome}
        and exists (select from role_rows r where r.deal_id = d.id)
        and not exists (select from role_rows r where r.deal_id = d.id and r.partner_id = 'P-7')
      order by md5(id) limit 50`);
    return [...rows].map(({ id }) => id);
  };
  return { company, won: await ids("won"), open: await ids("open") };
}

function rowsOf({ company, won }: Sample, run: number): Promise<unknown> {
  const { db } = company.client;
  return Promise.all(
    FACTS.map((table) => {
      const key = table === "deals" ? "id" : "deal_id";
      return db.execute(
        sql`select * from ${sql.raw(table)} where ${sql.raw(key)} = ${won[run % won.length]}`,
      );
    }),
  );
}
