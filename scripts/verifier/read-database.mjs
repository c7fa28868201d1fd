import { canonical } from "./canonical.mjs";

const BATCH = 2_000;
const INSTANT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"';

/**
 * A database, read as it is at one moment and never written to. `close` ends it.
 *
 * @param address of a role that may read every table, the owner's or the app's
 */
export async function readDatabase(address) {
  const { default: postgres } = await import("postgres");
  const sql = postgres(address, { max: 1, max_lifetime: null, onnotice: () => {} });
  await sql.unsafe("begin isolation level repeatable read read only");
  const [end] = await sql`
    select coalesce(max(audit_id), 0)::text as id, count(*)::int as leaves from audit_tree where level = 0`;
  const [young] = await sql`select count(*)::int as count from audit_log where id > ${end.id}::bigint`;
  const rows = async function* (query) {
    for await (const batch of query.cursor(BATCH)) yield* batch;
  };
  const policies = () => sql`
    select id, hash, canonical as text, coalesce((
      select json_agg(json_build_object('seat', seat, 'hash', s.hash, 'head', s.log_head) order by seat)
      from signatures s where s.policy_id = p.id), '[]') as signatures
    from policies p where hash is not null order by id`;
  const plans = () => sql`
    select id, hash, canonical as text, coalesce((
      select json_agg(json_build_object('seat', seat, 'hash', s.hash, 'head', s.log_head) order by seat)
      from compensation_signatures s where s.plan_id = p.id), '[]') as signatures
    from compensation_plans p order by id`;
  const receipts = () => sql`
    select id as "dealId", gate_receipt as receipt from deals where gate_receipt is not null order by id`;
  const seals = () => sql`select quarter, digest, log_head as head from sealed_quarters order by quarter`;
  return {
    waiting: young.count,
    leaves: end.leaves,
    keys: () => sql`select kid, x, endorsed from audit_keys order by at, endorsed nulls first, kid`,
    // Read whole at the first: the one connection is then busy with the entries.
    heads: () => iterate(sql`select size::float8 as size, head from audit_heads order by audit_heads.size`),
    async *entries() {
      const query = sql`
        select l.id::text as id, to_char(l.at at time zone 'UTC', ${INSTANT}) as at, l.actor, l.action, l.request,
          l.deal_id as "dealId", l.subject_kind as "subjectKind", l.subject_id as "subjectId", l.before, l.after, t.hash as leaf
        from audit_log l left join audit_tree t on t.audit_id = l.id and t.level = 0
        where l.id <= ${end.id}::bigint order by l.id`;
      for await (const { leaf, ...entry } of rows(query))
        yield { line: canonical(entry), leaf, id: entry.id };
    },
    people: () => iterate(sql`select mark, salt, value from audit_personal order by mark`),
    policies: () => iterate(policies()),
    plans: () => iterate(plans()),
    async seals() {
      return (await seals()).map((seal) => ({ ...seal, lines: () => sealLines(sql, seal.quarter) }));
    },
    async *receipts() {
      yield* await receipts();
    },
    close: () => sql.end({ timeout: 1 }),
  };
}

async function* iterate(query) {
  yield* await query;
}

async function* sealLines(sql, quarter) {
  const [{ header }] = await sql`select header from sealed_quarters where quarter = ${quarter}`;
  yield header;
  const query = sql`select document from sealed_deals where quarter = ${quarter} order by deal_id collate "C"`;
  for await (const batch of query.cursor(BATCH)) for (const { document } of batch) yield document;
}
