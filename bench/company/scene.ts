import { ACTIVITY_TYPES, NAMED_MOTIONS } from "@/lib/attribution/vocabulary";
import { ADJECTIVES, FIRST_NAMES, LAST_NAMES, NOUNS, RARE_ACCOUNT, SUFFIXES } from "./words";

/** What a company is made from; the same again gives the same rows. */
export interface SceneOptions {
  deals: number;
  /** The last day on which anything has happened, `YYYY-MM-DD`. */
  today: string;
  /** ISO 4217; the first is the reporting one, further ones come with a rate for every quarter. */
  currencies: readonly string[];
  /** Of everybody's password. */
  passwordHash: string;
}

/** Who owns deals, at any size. */
export const OWNERS = 200;
const MANAGERS = 10;
/** How far back deals reach, the quarter of today included. */
const QUARTERS = 20;

/** 25 partners of 10,000 deals, 300 of a million. */
export function partnersOf(deals: number): number {
  return Math.max(25, Math.round(25 * (deals / 10_000) ** 0.54));
}

const list = (words: readonly string[]) => `array[${words.map((word) => `'${word}'`).join(",")}]`;
/** One of the words, by a number of any size. */
const one = (words: readonly string[], index: string) =>
  `(${list(words)})[1 + (${index})::bigint % ${words.length}]`;
/** A number from 0 up to 1 that depends on the row and on the question asked of it, and on nothing else. */
const share = (row: string, question: number) => `bench_share(${row}, ${question})`;
const owner = (index: string) =>
  `${one(FIRST_NAMES, index)} || ' ' || ${one(LAST_NAMES, `(${index})::bigint / ${FIRST_NAMES.length}`)}`;

/**
 * The statements that fill the empty tables, in order. They say what is usual: about 1.5 role rows, 4
 * activities and 5 stage entries a deal, 4 % registered, 60 % won, cycles of 20 to 200 days that partners
 * shorten, late records, missing proofs and confirmations.
 */
export function sceneStatements({ deals, today, currencies, passwordHash }: SceneOptions): string[] {
  const day = `date '${today}'`;
  const first = `(date_trunc('quarter', ${day}) - interval '${3 * (QUARTERS - 1)} months')::date`;
  return [
    `create function bench_share(n bigint, question integer) returns double precision language sql immutable
      return (hashint8extended(n, question) & 1073741823) / 1073741824.0`,
    ...people(passwordHash),
    ...partners(partnersOf(deals)),
    seeds(deals, day, first, currencies),
    DEALS,
    STAGES(day),
    REGISTRATIONS(day, partnersOf(deals)),
    ROLES(day, partnersOf(deals)),
    ACTIVITIES(day, partnersOf(deals)),
    AUDIT,
    ...finance(deals, day, currencies),
    "drop table bench_seed",
    "drop function bench_share",
  ];
}

function people(passwordHash: string): string[] {
  const one = (id: string, email: string, name: string, role: string, ownerName: string, rows: string) =>
    `insert into users (id, email, name, role, owner_name, password_hash)
      select ${id}, ${email}, ${name}, ${role}, ${ownerName}, '${passwordHash}' from ${rows}`;
  const owners = `generate_series(0, ${OWNERS - 1}) as u (n)`;
  const managers = `generate_series(0, ${MANAGERS - 1}) as u (n)`;
  const others = `unnest(${list(["head_of_partnerships", "finance", "cro", "admin", "auditor"])}) as u (role)`;
  return [
    one("'AE-' || n", "'ae-' || n || '@bench.example'", owner("n"), "'ae'", owner("n"), owners),
    one(
      "'PM-' || n",
      "'pm-' || n || '@bench.example'",
      "'Manager ' || n",
      "'partner_manager'",
      "null",
      managers,
    ),
    one(
      "u.role",
      "u.role || '@bench.example'",
      "initcap(replace(u.role, '_', ' '))",
      "u.role::user_role",
      "null",
      others,
    ),
  ];
}

function partners(count: number): string[] {
  const name = `${one(ADJECTIVES, "n * 7")} || ' ' || ${one(["Consulting", "Partners", "Cloud", "Advisory", "Integration"], "n")}`;
  return [
    `insert into partners (id, name, kind, parent_id, owner_id)
      select 'P-' || n, ${name} || ' ' || n,
        (enum_range(null::partner_kind))[1 + n % 7], case when n % 9 = 8 then 'P-' || (n - 8) end,
        'PM-' || n % ${MANAGERS}
      from generate_series(0, ${count - 1}) as p (n)`,
    `insert into partner_programs (partner_id, name)
      select 'P-' || n, 'pe_vc_pricing' from generate_series(5, ${count - 1}, 7) as p (n)`,
  ];
}

/** What the other tables' rows are worked out from, a row a deal. */
function seeds(deals: number, day: string, first: string, currencies: readonly string[]): string {
  const accounts = Math.max(1, Math.floor(deals / 4));
  return `create unlogged table bench_seed as
    with drawn as (
      select n, 'D-' || lpad(n::text, 7, '0') as id,
        floor(${share("n", 1)} * ${accounts})::bigint as account,
        floor(${share("n", 2)} * ${OWNERS})::bigint as owner,
        (100000 * exp(5.5 * ${share("n", 3)}))::bigint as amount,
        ${share("n", 4)} as kind, ${share("n", 5)} as way, ${share("n", 6)} as luck, ${share("n", 7)} as involved,
        ${share("n", 8)} as many, floor(${share("n", 9)} * 1000000)::bigint as base,
        ${first} + floor(${share("n", 10)} * (${day} - ${first} + 1))::integer as created,
        20 + floor(181 * power(${share("n", 11)}, 1.4))::integer as cycle,
        ${one(currencies, `floor(${share("n", 12)} * ${currencies.length * 1000})`)} as currency
      from generate_series(1, ${deals}) as d (n)),
    placed as (
      select *, involved < 0.7 as partnered,
        created + case when involved < 0.7 then greatest(15, (cycle * 0.8)::integer) else cycle end as closes
      from drawn)
    select *, closes - created as days, closes <= ${day} as closed,
      closes <= ${day} and luck < case when partnered then 0.64 else 0.52 end as won,
      case when not partnered then 0 when many < 0.3 then 1 when many < 0.65 then 2 when many < 0.9 then 3 else 4 end
        as rows,
      case when partnered then 2 + floor(8.4 * ${share("n", 13)})::integer else 0 end as acts,
      case when closes <= ${day} and not luck < case when partnered then 0.64 else 0.52 end
        then 2 + floor(4 * ${share("n", 14)})::integer else 5 end as reached
    from placed`;
}

const ACCOUNT = `case when account = 7 then '${RARE_ACCOUNT}' else ${one(ADJECTIVES, "account")} || ' '
  || ${one(NOUNS, `account / ${ADJECTIVES.length}`)} || ' ' || ${one(SUFFIXES, "account / 3")} end`;

const DEALS = `insert into deals (id, account, owner, amount, currency, type, route, created_on, closed_on, outcome,
    first_engaged_on, no_partner_on, no_partner_by)
  select id, ${ACCOUNT}, ${owner("owner")}, amount, currency,
    (case when kind < 0.75 then 'new' when kind < 0.9 then 'expansion' else 'renewal' end)::deal_type,
    (case when way < 0.85 then 'direct' when way < 0.95 then 'resale' else 'marketplace' end)::route,
    created, case when closed then closes end,
    (case when not closed then 'open' when won then 'won' else 'lost' end)::deal_outcome,
    case when way > 0.45 and way < 0.5 then created - 30 end,
    case when not partnered and many < 0.4 then created end,
    case when not partnered and many < 0.4 then 'AE-' || owner end
  from bench_seed order by n`;

/** Stages 1 to 5 spread over the cycle as far as the deal got, and 6 on the day it was won. */
const STAGES = (day: string) => `insert into stage_entries (deal_id, seq, stage, entered_on)
  select id, stage, stage, case when stage = 6 then closes else created + days * (stage - 1) / 5 end
  from bench_seed, generate_series(1, 6) as s (stage)
  where case when stage = 6 then won else stage <= reached and created + days * (stage - 1) / 5 <= ${day} end
  order by n, stage`;

const partnerAt = (index: string, partners: number) => `'P-' || (base + 7 * (${index})) % ${partners}`;

const REGISTRATIONS = (day: string, partners: number) => `insert into registrations
    (id, deal_id, partner_id, submitted_on, recorded_on, status, decided_on)
  select 'R-' || n, id, ${partnerAt("0", partners)}, least(${day}, created), least(${day}, created),
    (case when ${share("n", 21)} < 0.8 then 'approved' when ${share("n", 21)} < 0.92 then 'pending' else 'rejected' end)
      ::registration_status,
    case when ${share("n", 21)} < 0.8 or ${share("n", 21)} >= 0.92 then least(${day}, created) end
  from bench_seed where partnered and ${share("n", 20)} < 0.057 order by n`;

/** Touched before the deal was created or within its first stages; one in 25 says another stage than its day's. */
const ROLES = (
  day: string,
  partners: number,
) => `insert into role_rows (id, deal_id, partner_id, role, touch_stage,
    touched_on, recorded_on, recorded_by, confirmed_on, confirmed_by)
  select 'T-' || n || '-' || at, id, ${partnerAt("at", partners)},
    (case when ${share("m", 31)} < 0.12 then 'sourcer' when ${share("m", 31)} < 0.58 then 'co_seller'
      when ${share("m", 31)} < 0.92 then 'influencer' else 'referral_source' end)::partner_role,
    case when ${share("m", 38)} < 0.04 then stage + 1 else stage end, touched, recorded, 'PM-' || n % ${MANAGERS},
    case when ${share("m", 33)} < 0.92 then least(${day}, recorded + floor(10 * ${share("m", 34)})::integer) end,
    case when ${share("m", 33)} < 0.92 then 'AE-' || owner end
  from bench_seed, generate_series(0, 3) as r (at), lateral (select n * 4 + at as m) as row,
    lateral (select least(reached, floor(4 * power(${share("m", 32)}, 2)))::integer as stage) as stood,
    lateral (select least(${day}, case when stage = 0 then created - 1 - floor(20 * ${share("m", 35)})::integer
      else created + days * (stage - 1) / 5
        + floor(${share("m", 35)} * (days * stage / 5 - days * (stage - 1) / 5))::integer end) as touched) as touch,
    lateral (select least(${day}, case when ${share("m", 36)} < 0.015 then closes + 10
      else least(closes, touched + floor(5 * ${share("m", 37)})::integer) end) as recorded) as record
  where at < rows order by n, at`;

const ACTIVITIES = (
  day: string,
  partners: number,
) => `insert into activities (id, deal_id, partner_id, type, stage,
    occurred_on, recorded_on, proof, involvement, recorded_by, owner_id)
  select 'A-' || n || '-' || at, id, ${partnerAt("at % rows", partners)},
    case when ${share("m", 41)} < 0.7 then ${one(NAMED_MOTIONS, `floor(1000000 * ${share("m", 42)})`)}
      else ${one(ACTIVITY_TYPES, `floor(1000000 * ${share("m", 42)})`)} end,
    stage, occurred, least(${day}, case when ${share("m", 48)} < 0.01 then closes + 5
      else least(closes, occurred + floor(4 * ${share("m", 43)})::integer) end),
    case when ${share("m", 44)} < 0.85 then 'https://proof.example/' || id || '/' || at end,
    (case when ${share("m", 45)} < 0.6 then 'direct' else 'supportive' end)::involvement, 'PM-' || n % ${MANAGERS}, 'PM-' || n % ${MANAGERS}
  from bench_seed, generate_series(0, 9) as a (at), lateral (select n * 16 + at as m) as row,
    lateral (select 1 + floor(5 * ${share("m", 46)})::smallint as stage) as stood,
    lateral (select least(${day}, created + floor(days * (stage - 1 + ${share("m", 47)}) / 5)::integer) as occurred)
      as happened
  where at < acts order by n, at`;

const AUDIT = `insert into audit_log (at, actor, action, request, deal_id, subject_kind, subject_id, after)
  select created + interval '9 hours', 'import:cli', 'import-batch', 'bench-' || n / 2000, id, 'deal', id,
    json_build_object('id', id, 'amount', amount)
  from bench_seed order by n`;

/** Costs of about 12 % of what partners win and 30 % of what is won without them, a quarter. */
function finance(deals: number, day: string, currencies: readonly string[]): string[] {
  const quarters = `generate_series(0, ${QUARTERS - 1}) as q (back),
    lateral (select date_trunc('quarter', ${day}) - back * interval '3 months' as starts) as s,
    lateral (select to_char(starts, 'YYYY-"Q"Q') as quarter) as l`;
  const volume = Math.round((deals / QUARTERS) * 4_500_000);
  const cost = (side: string, category: string, part: number) => `insert into costs
    (quarter, side, category, amount, currency)
    select quarter, '${side}', '${category}', ${Math.round(volume * part)}, '${currencies[0]}' from ${quarters}`;
  const rates = currencies.slice(1).map(
    (currency, at) => `insert into rates (quarter, currency, rate)
      select quarter, '${currency}', ${1.1 + 0.2 * at} + 0.001 * back from ${quarters}`,
  );
  return [
    `update settings set company = 'Bench', reporting_currency = '${currencies[0]}'`,
    cost("partner_program", "people", 0.05),
    cost("partner_program", "mdf", 0.02),
    cost("direct_sales", "people", 0.1),
    ...rates,
  ];
}
