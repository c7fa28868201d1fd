import { type SQL, sql } from "drizzle-orm";

/**
 * How the living deals of partners are found from the newest: a walk over what judging keeps of each partner, by an
 * index in that order. A list's other indexes know no partner, and the one over partners knows no order: it would
 * bring all of them to show a hundred.
 */
export interface Way {
  /** Null: all deals, which meet the condition. */
  partners: readonly string[] | null;
  /** Over `d`; null where the partners say all of it. */
  condition: SQL | null;
  /** Of the partners' deals those that are open. */
  open: boolean;
}

/** Which deals are wanted, over `d`; and the ways to them, each deal on one at least, where partners decide it. */
export interface Wanted {
  condition: SQL;
  ways: readonly Way[] | null;
}

/** So many partners are walked one by one; of more, a page is soon found among all deals. */
export const WALKED = 40;

export const allOf = (parts: readonly SQL[]) =>
  parts.length > 0 ? sql.join([...parts], sql` and `) : sql`true`;

/**
 * The ways to the deals of one of the conditions or one of the partners.
 *
 * @param rest what must hold besides; of a partner's deals without that they are open, where the walk says so
 */
export function waysOf(
  { conditions, partners }: { conditions: readonly SQL[]; partners: readonly string[] },
  rest: readonly SQL[],
  walked: { rest: readonly SQL[]; open: boolean },
): Way[] {
  return [
    ...conditions.map((one) => ({ partners: null, condition: allOf([one, ...rest]), open: false })),
    { partners, condition: walked.rest.length > 0 ? allOf(walked.rest) : null, open: walked.open },
  ];
}

/** Where a page begins, and how far it reaches. */
interface Reach {
  dir: SQL;
  /** What comes after the place of the page before, as `(created_on, deal_id)` of the given alias. */
  beyond(alias: string): SQL;
  limit: number;
}

/** The first deals on these ways, `deal_id` and `created_on`, in that order, each once. */
export function newestOf(ways: readonly Way[], { dir, beyond, limit }: Reach): SQL {
  const order = (alias: string) =>
    sql`order by ${sql.raw(alias)}.created_on ${dir}, ${sql.raw(alias)}.deal_id ${dir} limit ${limit}`;
  const each = ways.map(({ partners, condition, open }) =>
    partners === null
      ? sql`(select d.deal_id, d.created_on from judged_deals d
          where ${condition} and ${beyond("d")} ${order("d")})`
      : sql`(select k.deal_id, k.created_on from unnest(${sql.param(partners)}::text[]) p (id) cross join lateral (
          select k.deal_id, k.created_on from ${walk(condition)}
          where k.partner_id = p.id and ${standing(open)} and ${condition ?? sql`true`} and ${beyond("k")}
          ${order("k")}) k)`,
  );
  return sql`select distinct f.deal_id, f.created_on from (${sql.join(each, sql` union all `)}) f ${order("f")}`;
}

/** Deals on these ways up to a number, or all: their ids, each once, in no order. */
export function someOf(ways: readonly Way[], most: number | null): SQL {
  const each = ways.map(({ partners, condition, open }) => {
    if (partners === null)
      return sql`(select d.deal_id from judged_deals d where ${condition} limit ${most}::int)`;
    const among = sql`any(${sql.param(partners)}::text[])`;
    // Of several partners on one deal the first stands for it: asked as each is found, so that a bound stops it.
    const first = sql`k.partner_id = (select min(e.partner_id) from partner_outcomes e
      where e.deal_id = k.deal_id and e.partner_id = ${among})`;
    return sql`(select k.deal_id from ${walk(condition)} where k.partner_id = ${among} and ${standing(open)}
      and ${partners.length > 1 ? first : sql`true`} and ${condition ?? sql`true`} limit ${most}::int)`;
  });
  return sql`select f.deal_id from (${sql.join(each, sql` union `)}) f limit ${most}::int`;
}

const walk = (condition: SQL | null) =>
  condition === null
    ? sql`partner_outcomes k`
    : sql`partner_outcomes k join judged_deals d on d.deal_id = k.deal_id`;

/** As the partial index has it. */
const standing = (open: boolean) => (open ? sql`k.state = 'open'` : sql`true`);
