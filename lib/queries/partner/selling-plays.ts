import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { recordsOf } from "@/db/merged-partners";
import { maySay } from "@/lib/commands/guard";
import { mayDecidePlay, mayStartPlay, mayWithdrawPlay } from "@/lib/commands/play/guards";
import { decidesFrom, PLAY_DECISIONS, weekEnds, weekOn } from "@/lib/metrics/selling-play";
import { defineQuery } from "../query";
import { dayShape, idShape, mayShape, namedShape } from "../shapes";

/** Clients to choose from, the partner's own deals first. */
const CHOICES = 40;

const stepShape = z.object({
  id: z.string(),
  week: z.int(),
  what: z.string(),
  dueOn: dayShape.nullable(),
  doneOn: dayShape.nullable(),
  /** Not done, and closed with the play. */
  closedOn: dayShape.nullable(),
  deal: z.object({ id: z.string(), account: z.string().nullable() }),
});

const clientShape = z.object({
  dealId: z.string().nullable(),
  accountId: z.string().nullable(),
  name: z.string(),
  /** What the partner did on the deal since the play started. */
  activities: z.int(),
});

const playShape = z.object({
  id: z.string(),
  ...{ buyer: z.string(), problem: z.string(), script: z.string(), outcome: z.string() },
  owner: namedShape,
  startedOn: dayShape,
  /** The last day of its fourth week, and the first. */
  decideBy: dayShape,
  decideFrom: dayShape,
  /** 1 to 4; 5 once they are over. Of a decided one, that of the decision. */
  week: z.int(),
  clients: z.array(clientShape),
  steps: z.array(stepShape),
  decided: z.object({ as: z.enum(PLAY_DECISIONS), on: dayShape, by: z.string() }).nullable(),
  may: z.object({ decide: mayShape, withdraw: mayShape }),
});

/** A partner's selling plays (§8.4), and with whom one could be started. */
export const sellingPlays = defineQuery({
  name: "selling-plays",
  summary: "A partner's selling plays, the latest first, where each stands, and clients for another one.",
  input: z.strictObject({ partnerId: idShape }),
  output: z.object({
    plays: z.array(playShape),
    /** Open deals it is on, then those of its accounts, then its accounts without an open deal. */
    choices: z.array(clientShape.omit({ activities: true })),
    may: z.object({ start: mayShape }),
  }),
  async run({ db, actor, today }, { partnerId }) {
    const records = await recordsOf(db, partnerId);
    const [rows, choices] = await Promise.all([readPlays(db, records), readChoices(db, records)]);
    const plays = rows.map((row) => {
      const play = { decision: row.decided?.as ?? null };
      return {
        ...row,
        ...{ decideBy: weekEnds(row.startedOn, 4), decideFrom: decidesFrom(row.startedOn) },
        week: weekOn(row.startedOn, row.decided?.on ?? today),
        may: {
          decide: maySay(mayDecidePlay, actor, { play }),
          withdraw: maySay(mayWithdrawPlay, actor, { play }),
        },
      };
    });
    const running = plays.some(({ decided }) => decided === null);
    return { plays, choices, may: { start: maySay(mayStartPlay, actor, { running }) } };
  },
});

type Row = Omit<z.output<typeof playShape>, "decideBy" | "decideFrom" | "week" | "may">;

async function readPlays(db: Db, records: readonly string[]): Promise<Row[]> {
  const rows = await db.execute<Row & Record<string, unknown>>(sql`
    select y.id, y.buyer, y.problem, y.script, y.outcome, y.started_on::text as "startedOn",
      json_build_object('id', u.id, 'name', u.name) as owner,
      case when y.decision is not null then json_build_object('as', y.decision, 'on', y.decided_on, 'by', b.name) end as decided,
      (select json_agg(json_build_object('dealId', c.deal_id, 'accountId', c.account_id,
          'name', coalesce(d.account, a.name, c.deal_id), 'activities', (select count(*) from activities x
            where x.deal_id = c.deal_id and x.partner_id = any(${sql.param(records)}::text[])
              and x.occurred_on >= y.started_on)) order by c.place)
        from selling_play_clients c left join deals d on d.id = c.deal_id left join accounts a on a.id = c.account_id
        where c.play_id = y.id) as clients,
      coalesce((select json_agg(json_build_object('id', s.id, 'week', s.play_week, 'what', s.what, 'dueOn', s.due_on,
          'doneOn', s.done_on, 'closedOn', s.closed_on, 'deal', json_build_object('id', d.id, 'account', d.account)) order by s.play_week,
            (select c.place from selling_play_clients c where c.play_id = y.id and c.deal_id = s.deal_id), s.id)
        from joint_steps s join deals d on d.id = s.deal_id where s.play_id = y.id), '[]') as steps
    from selling_plays y join users u on u.id = y.owner_id left join users b on b.id = y.decided_by
    where y.partner_id = any(${sql.param(records)}::text[]) order by y.started_on desc, y.id limit 10`);
  return [...rows];
}

async function readChoices(db: Db, records: readonly string[]) {
  const its = sql`any(${sql.param(records)}::text[])`;
  const rows = await db.execute<{ dealId: string | null; accountId: string | null; name: string }>(sql`
    select * from (
      select 1 as rank, d.deal_id as "dealId", null as "accountId", coalesce(d.account, d.deal_id) as name
      from judged_deals d where d.state = 'open' and d.partner_ids && ${sql.param(records)}::text[]
      union all
      select 2, d.id, null, coalesce(d.account, d.id) from partner_accounts x join deals d on d.account_id = x.account_id
        join judged_deals j on j.deal_id = d.id
      where x.partner_id = ${its} and d.outcome = 'open' and not j.partner_ids && ${sql.param(records)}::text[]
      union all
      select 3, null, a.id, a.name from partner_accounts x join accounts a on a.id = x.account_id
      where x.partner_id = ${its} and not exists (
        select from deals d where d.account_id = a.id and d.outcome = 'open')
    ) c group by rank, "dealId", "accountId", name order by rank, lower(name), "dealId" limit ${CHOICES}`);
  return [...rows].map(({ dealId, accountId, name }) => ({ dealId, accountId, name }));
}
