import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Day } from "@/lib/attribution/facts";
import { maySignForecast } from "@/lib/commands/forecast/guards";
import { maySay } from "@/lib/commands/guard";
import { defineQuery } from "../query";
import { dayShape, mayShape } from "../shapes";
import { sumShape } from "./forecast-shapes";

interface Row extends Record<string, unknown> {
  week: Day;
  takenOn: Day;
  currency: string;
  digest: string;
  deals: number;
  amount: string;
  weighted: string;
  demo: boolean;
  signedBy: string | null;
  signedAt: string | null;
}

/** The weeks whose forecast was taken (§7 forecast), the last first. */
export const forecastWeeks = defineQuery({
  name: "forecast-weeks",
  summary: "The weekly forecasts that were kept, what was in commit in each, and who signed it.",
  input: z.strictObject({}),
  output: z.object({
    weeks: z.array(
      z.object({
        /** Its Monday. */
        week: dayShape,
        takenOn: dayShape,
        currency: z.string(),
        digest: z.string(),
        commit: sumShape,
        signed: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
        may: z.object({ sign: mayShape }),
      }),
    ),
  }),
  async run({ db, actor }) {
    const rows = await db.execute<Row>(sql`
      select s.week::text as week, s.taken_on::text as "takenOn", s.currency, s.digest, s.deals,
        s.amount::text as amount, s.weighted::text as weighted, s.demo, g.name as "signedBy",
        to_char(g.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "signedAt"
      from forecast_snapshots s left join forecast_signatures g on g.week = s.week
      order by s.week desc limit 260`);
    return {
      weeks: [...rows].map(({ deals, amount, weighted, signedBy, signedAt, demo, ...week }) => ({
        ...week,
        commit: { deals, amount: Number(amount), weighted: Number(weighted) },
        signed: signedBy === null ? null : { by: signedBy, at: signedAt! },
        may: { sign: maySay(maySignForecast, actor, { signedBy, demo }) },
      })),
    };
  },
});
