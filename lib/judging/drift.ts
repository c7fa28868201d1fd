import { type SQL, sql } from "drizzle-orm";

/**
 * What of a record must be the same there and here: what numbers, credit and whose deal it is rest on. What describes a
 * deal besides (its name, its expected close, its next step) no close locks, and the connection's own page has it.
 */
const DRIFTS = [
  ...["amount", "currency", "type", "route", "outcome", "closedOn", "createdOn", "firstEngagedOn"],
  ...["recreatedFrom", "owner", "account", "partnerId", "role", "touchStage", "touchedOn"],
  // The whole record, gone on one of the two sides.
  "",
];

const COLUMN = sql.raw(`lower(regexp_replace(x ->> 'field', '([A-Z])', '_\\1', 'g'))`);

/**
 * Where connections say otherwise than what stands on a deal (domain.md §8.5): what they said anew (`differs`), as far as
 * it still is not what stands. Columns `connection_id`, `source`, `of`, `key`, `deal_id`, `partner_id`, `since`, `fields`
 * and `corrected`, as `Drift` has them. `dealId`: a deal's id; null for all.
 */
export const driftsOf = (dealId: SQL | null): SQL => sql`
  select s.connection_id, c.name as source, s.kind as of, s.key, s.deal_id,
    coalesce(sr.partner_id, s.said ->> 'partnerId') as partner_id, f.fields, f.corrected,
    (s.seen_at at time zone (select time_zone from settings))::date as since
  from source_records s join connections c on c.id = s.connection_id
  left join deals sd on s.kind = 'deals' and sd.id = s.key
  left join role_rows sr on s.kind = 'roles' and sr.id = s.key
  cross join lateral (
    select jsonb_agg(jsonb_build_object('field', x ->> 'field', 'here', h.here, 'there', x -> 'there') order by nth) as fields,
      bool_or(exists (select from corrections k where k.deal_id = s.deal_id and k.state = 'accepted'
        and k.after -> (x ->> 'field') = h.here)) as corrected
    from jsonb_array_elements(s.differs) with ordinality e(x, nth)
    cross join lateral (select case when x ->> 'field' = '' then x -> 'here'
      else coalesce(to_jsonb(sr), to_jsonb(sd)) -> ${COLUMN} end as here) h
    where x ->> 'field' = any(${sql.param(DRIFTS)}::text[]) and case when x ->> 'field' = ''
      then (x -> 'there' = 'null'::jsonb) = (sr.id is not null or sd.id is not null)
      else h.here is distinct from x -> 'there' end) f
  where s.differs is not null and s.kind in ('deals', 'roles') and f.fields is not null
    ${dealId ? sql`and s.deal_id = ${dealId}` : sql``}`;
