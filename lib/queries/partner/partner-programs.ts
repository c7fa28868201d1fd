import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { PARTNER_KINDS } from "@/lib/attribution/vocabulary";
import { maySay } from "@/lib/commands/guard";
import { mayGrantProgram } from "@/lib/commands/partner/guards";
import { policyBook } from "@/lib/judging/policy-book";
import { like } from "../deals/like";
import { defineQuery } from "../query";
import { mayShape } from "../shapes";
import { heldProgramShape, labelled, listedPrograms, type ProgramRow, programShape } from "./program-shapes";

/** As many as one looks over; the others are found by their names. */
const SHOWN = 100;

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  kind: (typeof PARTNER_KINDS)[number];
  ownerId: string | null;
  owner: string | null;
  demo: boolean;
  programs: ProgramRow[];
  all: number;
}

/** Which partners are in which programs, from when until when, and who may take them in (§9). */
export const partnerPrograms = defineQuery({
  name: "partner-programs",
  summary: "Partners with their programs and the days of each; those in a program first.",
  input: z.strictObject({ search: z.string().max(200).optional() }),
  output: z.object({
    /** The programs that stand for an origin in the policy of today (§3). */
    listed: z.array(programShape),
    partners: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.enum(PARTNER_KINDS),
        owner: z.string().nullable(),
        demo: z.boolean(),
        /** By name, the latest first. */
        programs: z.array(heldProgramShape),
        may: z.object({ grant: mayShape }),
      }),
    ),
    /** How many there are in all. */
    count: z.int(),
  }),
  async run({ db, actor, today }, { search }) {
    const [rows, book] = await Promise.all([readPartners(db, search?.trim() ?? ""), policyBook(db)]);
    const { policy } = book.onDay(today);
    return {
      listed: listedPrograms(policy),
      partners: rows.map(({ ownerId, all: _all, programs, ...partner }) => ({
        ...partner,
        programs: labelled(programs, policy),
        may: { grant: maySay(mayGrantProgram, actor, { partner: { name: partner.name, ownerId } }) },
      })),
      count: rows[0]?.all ?? 0,
    };
  },
});

async function readPartners(db: Db, search: string): Promise<Row[]> {
  const named = search === "" ? sql`true` : sql`p.name ilike ${like(search)}`;
  const rows = await db.execute<Row>(sql`
    select p.id, p.name, p.kind::text as kind, p.owner_id as "ownerId", u.name as owner, p.demo,
      coalesce(g.programs, '[]'::json) as programs, count(*) over ()::int as all
    from partners p left join users u on u.id = p.owner_id
    left join lateral (
      select json_agg(json_build_object('name', h.name, 'from', h.from_day, 'to', h.to_day, 'grantedBy', b.name)
        order by h.name, h.from_day desc nulls last) as programs
      from partner_programs h left join users b on b.id = h.granted_by where h.partner_id = p.id) g on true
    where ${named} and p.merged_into is null order by (g.programs is null), lower(p.name), p.id limit ${SHOWN}`);
  return [...rows];
}
