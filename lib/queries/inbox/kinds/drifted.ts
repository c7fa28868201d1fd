import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Drift, isGoneThere } from "@/lib/attribution/reconciliation";
import { maySettleDifference } from "@/lib/commands/connection/guards";
import { maySay } from "@/lib/commands/guard";
import { driftsOf } from "@/lib/judging/drift";
import { driftShape } from "../../reconciliation/reconciliation-shapes";
import { guarded, itemShape, type Kind } from "../kind";
import { ofTheirDeals } from "../whose";

export const driftedShape = itemShape.extend({
  kind: z.literal("drifted"),
  ...driftShape.shape,
});

type About = Omit<Drift, "partnerId" | "corrected"> & { names: Record<string, string> };

/** Of open deals: on a closed one it is found in its month (§8.5). */
export const drifted: Kind<"drifted", About> = {
  kind: "drifted",
  rows: ({ whose }) => sql`
    select w.connection_id || '/' || w.of || '/' || w.key as subject_id, d.deal_id, w.partner_id, u.id as owner_id,
      null as desk, w.since, null::date as due, null as account_id,
      jsonb_build_object('connectionId', w.connection_id, 'source', w.source, 'of', w.of, 'key', w.key,
        'fields', w.fields, 'names', (select coalesce(jsonb_object_agg(p.id, p.name), '{}') from partners p
          where p.id in (select jsonb_path_query(w.fields, '$[*] ? (@.field == "partnerId").*') #>> '{}'))) as about
    from (${driftsOf(null)}) w
    join judged_deals d on d.deal_id = w.deal_id and d.state = 'open'
    left join users u on u.owner_name = d.owner and u.disabled_at is null
    where ${ofTheirDeals(whose)}
    order by d.deal_id, w.of, w.key, w.connection_id`,
  item(found, { actor }) {
    const { names, ...drift } = found.about;
    const may = (take: "here" | "there") =>
      maySay(maySettleDifference, actor, {
        ...{ of: drift.of, deal: guarded(found), isGone: isGoneThere(drift), take },
      });
    const named = (value: unknown) => names[String(value)] ?? value;
    const fields = drift.fields.map(({ field, here, there }) =>
      field === "partnerId" ? { field, here: named(here), there: named(there) } : { field, here, there },
    );
    return { ...drift, fields, may: { take: may("there"), keep: may("here") } };
  },
};
