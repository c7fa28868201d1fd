import { WEEKDAYS } from "../../lib/calendar";
import { CURRENCIES } from "../../lib/currencies";

/** What the views of the numbers stand on, in order; docs/sql-views.md says what each holds. */

const digits = [0, 3, 4].map((count) => {
  const codes = Object.keys(CURRENCIES).filter((code) => CURRENCIES[code] === count);
  return codes.length === 0
    ? ""
    : `when currency in (${codes.map((code) => `'${code}'`).join(", ")}) then ${count}`;
});

/** lib/money.ts toReporting: exact, rounded once, half up; NULL without a rate. */
const FUNCTIONS = `
create function bi.minor_digits(currency text) returns int language sql immutable as
  $$ select case ${digits.join(" ")} else 2 end $$;
create function bi.in_reporting(amount bigint, currency text, reporting text, rate numeric) returns numeric language sql immutable as
  $$ select case when currency = reporting then amount::numeric
    else round(amount * rate * power(10::numeric, bi.minor_digits(reporting) - bi.minor_digits(currency))) end $$;`;

const WEEKDAY_NUMBERS = WEEKDAYS.map((day, at) => `when '${day}' then ${at}`).join(" ");

/** lib/calendar.ts quarterOf; 0001-01-01 was a Monday, so days since it tell the weekday. */
const QUARTERS = `
create function bi.year_start(name int, shift int, ends_on text) returns date language sql immutable as $$
  select case when ends_on = 'month_end' then month else latest - (latest - date '0001-01-01' - begins + 7) % 7 end
  from (select month, month + case split_part(ends_on, '_', 1) when 'nearest' then 3 else 0 end as latest,
      case split_part(ends_on, '_', 2) ${WEEKDAY_NUMBERS} end + 1 as begins
    from (select make_date((name * 12 - shift) / 12, (name * 12 - shift) % 12 + 1, 1) as month) m) y $$;
create view bi.quarters as
with company as (
  select s.reporting_currency, (now() at time zone s.time_zone)::date as today, s.fiscal_ends_on as ends_on,
    case when s.fiscal_named_by = 'start' or s.fiscal_first_month = 1 then 1 else 13 end - s.fiscal_first_month as shift
  from public.settings s
), span as (
  select c.*, least(c.today, (select min(created_on) from public.judged_deals), (select min(closed_on) from public.judged_deals),
    (select min(from_day) from public.sealed_quarters)) as first
  from company c
), started as (
  select s.*, n, case when s.ends_on = 'month_end'
      then make_date((n * 3 - s.shift) / 12, (n * 3 - s.shift) % 12 + 1, 1)
      else bi.year_start(n / 4, s.shift, s.ends_on) + n % 4 * 91 end as from_day
  from span s cross join lateral generate_series(
    floor((extract(year from s.first) * 12 + extract(month from s.first) - 1 + s.shift) / 3)::int - 1,
    floor((extract(year from s.today) * 12 + extract(month from s.today) - 1 + s.shift) / 3)::int + 2) n
), spanned as (
  select s.*, lpad((n / 4)::text, 4, '0') || '-Q' || (n % 4 + 1) as quarter,
    lead(from_day) over (order by n) - 1 as to_day
  from started s
), cut as (
  select * from spanned where from_day <= today and to_day >= first
)
select c.quarter, coalesce(z.from_day, c.from_day) as from_day, coalesce(z.to_day, c.to_day) as to_day,
  z.quarter is not null as is_frozen, z.sealed_at as frozen_at, coalesce(z.as_of, c.today) as as_of,
  coalesce(z.header ->> 'reportingCurrency', c.reporting_currency)::text as reporting_currency,
  coalesce(p.document ->> 'model', 'two_bucket') as model,
  coalesce(p.document ->> 'costDenominator', 'attributed') as cost_denominator,
  p.document is not null as is_signed
from cut c
left join lateral (
  select s.quarter, s.from_day, s.to_day, s.sealed_at, s.as_of, s.header::jsonb as header
  from public.sealed_quarters s where s.quarter = c.quarter offset 0) z on true
left join lateral (
  select z.header -> 'policies' -> (z.header -> 'policy' ->> 'hash') as document where z.quarter is not null
  union all
  (select o.document from public.policies o where z.quarter is null and lower(o.period) <= c.today
    order by lower(o.period) desc limit 1)) p on true;`;

const RATES = `
create view bi.rates as
select q.quarter, r.currency::text as currency, r.rate
from bi.quarters q join public.rates r on r.quarter = q.quarter where not q.is_frozen
union all
select s.quarter, e.key, e.value::numeric
from public.sealed_quarters s cross join lateral jsonb_each_text(s.header::jsonb -> 'rates') e;`;

const COSTS = `
create view bi.costs as
with entered as (
  select q.quarter, q.reporting_currency, c.side::text as side, c.category, c.currency::text as currency, c.amount
  from bi.quarters q join public.costs c on c.quarter = q.quarter where not q.is_frozen
  union all
  select q.quarter, q.reporting_currency, c.side, c.category, c.currency, c.amount
  from bi.quarters q join public.sealed_quarters s on s.quarter = q.quarter
  cross join lateral jsonb_to_recordset(s.header::jsonb -> 'costs') as c (quarter text, side text, category text, currency text, amount bigint)
  where c.quarter = q.quarter
)
select e.quarter, e.side, e.category, e.currency, e.amount,
  bi.in_reporting(e.amount, e.currency, e.reporting_currency, r.rate) as amount_reporting
from entered e left join bi.rates r on r.quarter = e.quarter and r.currency = e.currency;`;

/** Of a deal, what the numbers read; of the living and of the frozen alike. */
const READ =
  "deal_id, account, owner, amount, currency, type, route, created_on, closed_on, state, stage, outcome, evidence, confirmed_before_close, engaged_on, cell, cycle_days, partner_ids";

const QUARTER_DEALS = `
create view bi.quarter_deals as
select q.quarter, d.deal_id, d.account, d.owner, d.amount, d.currency::text as currency,
  bi.in_reporting(d.amount, d.currency::text, q.reporting_currency, r.rate) as amount_reporting,
  d.type::text as type, d.route::text as route, d.created_on, d.closed_on, d.state::text as state, d.stage,
  d.outcome::text as outcome, coalesce(d.evidence::text, 'none') as evidence, d.confirmed_before_close,
  d.cycle_days is not null as has_cycle, d.cycle_days, d.cell, d.partner_ids,
  d.created_on between q.from_day and q.to_day as is_created,
  coalesce(d.closed_on between q.from_day and q.to_day, false) as is_closed,
  d.created_on <= q.to_day and (d.closed_on is null or d.closed_on > q.to_day) as is_open_at_end,
  (select count(*) from unnest(d.engaged_on) day where day between q.from_day and q.to_day) as engagements
from bi.quarters q
cross join lateral (
  select ${READ} from public.sealed_deals s where q.is_frozen and s.quarter = q.quarter
  union all
  select ${READ} from public.judged_deals j where not q.is_frozen and (j.created_on between q.from_day and q.to_day
    or j.closed_on between q.from_day and q.to_day
    or (j.created_on <= q.to_day and (j.closed_on is null or j.closed_on > q.to_day)))
) d
left join bi.rates r on r.quarter = q.quarter and r.currency = d.currency;`;

const DEALS = `
create view bi.deals as
select j.deal_id, j.account, j.owner, u.team, j.amount, j.currency::text as currency, j.type::text as type, j.route::text as route,
  j.created_on, j.closed_on, j.state::text as state, j.stage, j.outcome::text as outcome, coalesce(j.evidence::text, 'none') as evidence,
  j.disputed as is_disputed, j.confirmed as is_confirmed, j.confirmed_before_close, j.status::text as status, j.proof::text as proof,
  j.gray::text[] as gray, j.cycle_days, j.expected_on, j.as_of
from public.judged_deals j left join public.users u on u.owner_name = j.owner;
create view bi.deal_partners as
select o.deal_id, coalesce(m.id, p.id) as partner_id, coalesce(m.name, p.name) as partner, p.kind::text as kind,
  o.outcome::text as outcome, o.disputed::text as disputed, o.credit, j.currency::text as currency
from public.partner_outcomes o join public.judged_deals j on j.deal_id = o.deal_id
join public.partners p on p.id = o.partner_id left join public.partners m on m.id = p.merged_into;`;

export const BASE_VIEWS: readonly string[] = [FUNCTIONS, QUARTERS, RATES, COSTS, QUARTER_DEALS, DEALS];
