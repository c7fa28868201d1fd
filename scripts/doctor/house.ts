import type postgres from "postgres";
import { QUEUE_NAMES } from "@/db/queues";
import { type Finding, mind, well, wrong } from "./finding";

const MINUTES = 60;
/** The log's tree grows every five seconds while somebody serves. */
const ASLEEP_S = 2 * MINUTES;
const WITNESS_S = 3 * 60 * MINUTES;

/** What the tables tell of the work that goes on besides answering, and of who can get in. */
export async function lookAtHouse(sql: postgres.Sql, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  return [
    ...(await jobs(sql)),
    await log(sql),
    await witness(sql, env),
    await notices(sql),
    await admins(sql),
  ];
}

async function jobs(sql: postgres.Sql): Promise<Finding[]> {
  const rows = await sql<{ name: string; quiet: number | null; failed: boolean; said: string | null }[]>`
    select q.name, extract(epoch from now() - e.completed_on)::int as quiet, coalesce(e.state = 'failed', false) as failed,
      coalesce(e.output ->> 'message', e.output -> 'value' ->> 'message') as said
    from unnest(${QUEUE_NAMES}::text[]) q (name)
    left join lateral (select completed_on, state, output from pgboss.job
      where name = q.name and state in ('completed', 'failed') order by completed_on desc limit 1) e on true`;
  const found = rows
    .filter(({ failed }) => failed)
    .map(({ name, said }) =>
      wrong(
        `job ${name}`,
        `failed the last time: ${said ?? "it did not say why"}`,
        "Settings, Jobs has it run again; the server's log has the whole of it",
      ),
    );
  const quiet = rows.flatMap((row) => (row.quiet === null ? [] : [row.quiet]));
  if (quiet.length === 0 || Math.min(...quiet) > ASLEEP_S)
    return [
      ...found,
      mind(
        "jobs",
        "no app process has done any for minutes",
        "`npm start`: without one nothing is judged, signed or sent",
      ),
    ];
  return found.length > 0 ? found : [well("jobs", "are done, and none failed the last time")];
}

async function log(sql: postgres.Sql): Promise<Finding> {
  const [row] = await sql`
    select (select coalesce(max(size), 0)::int from audit_heads) as signed, count(*)::int as waiting,
      coalesce(extract(epoch from now() - min(at)), 0)::int as longest,
      (select verdict from audit_checks order by at desc limit 1) as verdict
    from audit_log where id > coalesce((select max(audit_id) from audit_tree), 0)`;
  const verdict = row?.verdict as { ok: boolean } | null;
  if (verdict?.ok === false)
    return wrong(
      "audit log",
      `is not whole: ${JSON.stringify(verdict)}`,
      "touch nothing; hold it against a head that was kept: `npm run -s verify -- --database URL --head FILE`",
    );
  if (row?.longest > 5 * MINUTES)
    return mind(
      "audit log",
      `${row?.waiting} entries wait for their place in the tree, the first for ${row?.longest} s`,
      "an app process places and signs them: `npm start`",
    );
  return well(
    "audit log",
    `${row?.signed} entries signed, ${row?.waiting} on their way; ${verdict ? "whole when it was last verified" : "not verified by the server yet"}`,
  );
}

async function witness(sql: postgres.Sql, { AUDIT_WITNESS_URL }: NodeJS.ProcessEnv): Promise<Finding> {
  if (!AUDIT_WITNESS_URL)
    return mind(
      "witness",
      "nobody outside is sent the log's heads",
      "set AUDIT_WITNESS_URL, or keep `npm run -s head` elsewhere from time to time",
    );
  const [row] = await sql`
    select extract(epoch from now() - min(h.at))::int as late from audit_heads h
    where h.size > coalesce((select max(size) from witnessed_heads), 0)`;
  return (row?.late ?? 0) > WITNESS_S
    ? wrong(
        "witness",
        `has taken no head for ${Math.floor(row?.late / 3_600)} hours`,
        "look whether it answers, and at the job witness-audit-head",
      )
    : well("witness", "has the heads of the last hours");
}

async function notices(sql: postgres.Sql): Promise<Finding> {
  const [row] = await sql`
    select count(*) filter (where state = 'failed')::int as failed,
      (select count(*)::int from chat_channels) as channels from notices where created_at > now() - interval '7 days'`;
  return row?.failed > 0
    ? mind(
        "notices",
        `${row?.failed} of this week did not arrive`,
        "Settings, Notices says why, and sends again",
      )
    : well("notices", `none was lost this week; ${row?.channels} chat channels`);
}

async function admins(sql: postgres.Sql): Promise<Finding> {
  const [row] = await sql`
    select count(*)::int as ready from users
    where role = 'admin' and disabled_at is null and password_hash is not null and not demo`;
  return row?.ready > 0
    ? well("admins", `${row?.ready} can get in`)
    : mind(
        "admins",
        "none has set a password",
        "open the link that `npm start` prints, or `npm run -s admin -- MAIL`",
      );
}
