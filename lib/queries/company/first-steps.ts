import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { whatIsHeld } from "@/db/emptiness";
import { mayShowDemo } from "@/lib/auth/exposure";
import { USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { BEING_TOLD, mayBeginDemo } from "@/lib/commands/company/guards";
import { maySay } from "@/lib/commands/guard";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";

/** Without somebody of each of these nothing is tagged, proved or signed (§3, §9). */
const NEEDED = [
  "ae",
  "partner_manager",
  "finance",
  "cro",
  "head_of_partnerships",
] as const satisfies readonly UserRole[];

/** How far a company is on its way to its first number: what is there of each thing that one needs. */
export const firstSteps = defineQuery({
  name: "first-steps",
  summary: "How far the company is: its calendar, people, stages, memo, partners and deals.",
  input: z.strictObject({}),
  output: z.object({
    /** The demo story: whether it is there, is being told right now, or may be asked for. */
    demo: z.object({ state: z.enum(["none", "telling", "told"]), deals: z.int(), mayBegin: mayShape }),
    calendarSaid: z.boolean(),
    people: z.object({ count: z.int(), missing: z.array(z.enum(USER_ROLES)) }),
    /** Whether a saved mapping or an entry says which stage of the CRM is which of ours (§1). */
    stages: z.boolean(),
    memo: z.object({ state: z.enum(["none", "draft", "proposed", "signed"]), signatures: z.int() }),
    partners: z.boolean(),
    deals: z.boolean(),
  }),
  async run({ db, actor }) {
    const [found, holds] = await Promise.all([read(db), whatIsHeld(db)]);
    const here = new Set(found.roles);
    const subject = { holds, mayShowDemo: mayShowDemo(process.env) };
    return {
      demo: {
        state: !found.demo ? "none" : found.company === BEING_TOLD ? "telling" : "told",
        deals: found.demo_deals,
        mayBegin: maySay(mayBeginDemo, actor, subject),
      },
      calendarSaid: found.said,
      people: { count: found.people, missing: NEEDED.filter((role) => !here.has(role)) },
      stages: found.stages,
      memo: { state: found.memo, signatures: found.signatures },
      partners: found.partners,
      deals: found.deals,
    } as const;
  },
});

interface Found extends Record<string, unknown> {
  demo: boolean;
  company: string;
  said: boolean;
  demo_deals: number;
  people: number;
  roles: UserRole[];
  stages: boolean;
  memo: "none" | "draft" | "proposed" | "signed";
  signatures: number;
  partners: boolean;
  deals: boolean;
}

/** Each a look whether there is one, so that it costs the same at any size. */
async function read(db: Db): Promise<Found> {
  const [found] = await db.execute<Found>(sql`
    with here as (select role from users where disabled_at is null),
      latest as (select id, period, proposed_at from policies where withdrawn_at is null
        order by period is not null desc, proposed_at desc nulls last limit 1)
    select s.demo, s.company, s.time_zone_said_on is not null as said,
      case when s.demo then (select count(*)::int from deals where demo) else 0 end as demo_deals,
      (select count(*)::int from here) as people,
      array(select distinct role::text from here) as roles,
      exists (select from stage_entries) or exists (select from mappings where kind = 'stage_history') as stages,
      coalesce((select case when period is not null then 'signed' when proposed_at is not null then 'proposed'
        else 'draft' end from latest), 'none') as memo,
      (select count(*)::int from signatures where policy_id = (select id from latest)) as signatures,
      exists (select from partners) as partners,
      exists (select from deals) as deals
    from (select demo, company, time_zone_said_on from settings
      union all select false, '', null where not exists (select from settings)) s`);
  return found!;
}
