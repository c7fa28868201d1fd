import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { amountBand } from "@/lib/attribution/cohort";
import type { Facts } from "@/lib/attribution/facts";
import { addDays, daysBetween } from "@/lib/calendar";
import { isAnybodyOn, readShares } from "./cohorts";
import { loadFacts } from "./facts";
import { judgeAll } from "./judge-all";
import { checkProjections, rebuild } from "./rebuild";
import { foldTallies } from "./tallies";

const TODAY = "2026-05-31";
const DEALS = 420;
let client: Client;
let all: Facts[];
const ids = Array.from({ length: DEALS }, (_, at) => `D-${at + 1}`);

/** Over two years and a half, closed on all days of a month, its first and its last among them; a third with a partner. */
beforeAll(async () => {
  client = connect((await testDatabase()).url);
  await guardedTransaction(client, { actor: "system:test", request: "scene" }, async (tx) => {
    await tx.execute(sql`insert into partners (id, name, kind) values ('P-1', 'One', 'agency')`);
    await tx.execute(sql`
      insert into deals (id, account, owner, amount, currency, type, route, created_on, closed_on, outcome)
      select 'D-' || n, 'Account', 'Ann', case when n % 4 = 0 then 6000000 else 500000 end,
        case when n % 7 = 0 then 'EUR' else 'USD' end, (case when n % 5 = 0 then 'renewal' else 'new' end)::deal_type,
        'direct', date '2023-12-01' + 2 * n - (n * 13) % 90 + case when n % 29 = 0 then 120 else 0 end,
        case when n % 11 > 0 then date '2023-12-01' + 2 * n end,
        (case when n % 11 = 0 then 'open' when n % 9 = 0 then 'lost' else 'won' end)::deal_outcome
      from generate_series(1, ${DEALS}) n`);
    await tx.execute(sql`
      insert into role_rows (id, deal_id, partner_id, role, touch_stage, touched_on, recorded_on)
      select 'T-' || id, id, 'P-1', 'influencer', 0, created_on, created_on from deals where substr(id, 3)::int % 3 = 0`);
  });
  await judgeAll(client, TODAY);
  all = await loadFacts(client.db, ids, TODAY, { cohorts: "none" });
});
afterAll(() => client.close());

const dayOf = ({ deal, asOf }: Facts) => deal.closedOn ?? asOf;

/** The definition, word by word (domain.md §2 cohort, §7). */
function defined(of: Facts, among: readonly Facts[]): number | null {
  const bandOf = ({ deal: { amount, currency } }: Facts) => amountBand(amount, currency);
  const cycles = among
    .filter((one) => one.deal.outcome === "won" && !isAnybodyOn(one, one.asOf))
    .filter((one) => one.deal.type === of.deal.type && one.deal.currency === of.deal.currency)
    .filter((one) => bandOf(one) === bandOf(of))
    .filter((one) => {
      const age = daysBetween(one.deal.closedOn!, dayOf(of));
      return age >= 0 && age < 365;
    })
    .map(({ deal }) => daysBetween(deal.createdOn, deal.closedOn!))
    .filter((cycle) => cycle >= 0)
    .sort((one, other) => one - other);
  if (cycles.length < 5) return null;
  return (cycles[Math.floor((cycles.length - 1) / 2)]! + cycles[Math.ceil((cycles.length - 1) / 2)]!) / 2;
}

/** What is read for some deals, of which `judging` are being judged, and what the definition says. */
async function bothOf(asked: readonly Facts[], judging: readonly Facts[] = []) {
  const written = new Map(judging.map((one) => [one.deal.id, one]));
  const reader = await readShares(client.db, asked, [...written.keys()]);
  const among = all.map((one) => written.get(one.deal.id) ?? one);
  return {
    read: asked.map((one) => reader(one.deal, dayOf(one))),
    defined: asked.map((one) => defined(one, among)),
  };
}

const some = fc.uniqueArray(fc.nat(DEALS - 1), { minLength: 1, maxLength: 25 });

describe.each([
  ["before its changes are folded in", false],
  ["after", true],
])("the median of a cohort, %s", (_, fold) => {
  beforeAll(async () => {
    if (fold) await foldTallies(client);
  });

  it("is the definition's, of every deal asked alone", async () => {
    const found: (number | null)[] = [];
    for (const one of all) {
      const { read, defined: expected } = await bothOf([one]);
      expect(read, `${one.deal.id}, ${dayOf(one)}`).toEqual(expected);
      found.push(...read);
    }
    expect(found.filter((median) => median !== null).length).toBeGreaterThan(DEALS / 2);
    expect(found.filter((median) => median === null).length).toBeGreaterThan(10);
  });

  it("is the definition's, of several that closed on different days", async () => {
    await fc.assert(
      fc.asyncProperty(some, async (places) => {
        const { read, defined: expected } = await bothOf(places.map((at) => all[at]!));
        expect(read).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it("is the definition's, on any day, while deals are judged whose saved share is another", async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.nat(900), fc.integer({ min: -40, max: 60 }), async (places, ago, moved) => {
        // They closed on another day, in another band, or were lost.
        const judging = places.map((at): Facts => {
          const { deal, ...rest } = all[at]!;
          const closedOn = deal.closedOn && addDays(deal.closedOn, moved);
          const outcome = deal.closedOn && at % 5 === 0 ? "lost" : deal.outcome;
          return {
            ...rest,
            deal: { ...deal, closedOn, outcome, amount: at % 3 === 0 ? 6_000_000 : deal.amount },
          };
        });
        const asOf = addDays(TODAY, -ago);
        const open: Facts = {
          ...all[10]!,
          asOf,
          deal: { ...all[10]!.deal, closedOn: null, outcome: "open" },
        };
        for (const [asked, written] of [
          [[...judging, open], judging],
          [judging.slice(0, 1), judging.slice(0, 1)],
        ] as const) {
          const { read, defined: expected } = await bothOf(asked, written);
          expect(read).toEqual(expected);
        }
      }),
      { numRuns: 40 },
    );
  });
});

it("is checked, and made anew: what tallies hold of a cohort that its deals do not", async () => {
  const asJudge = { actor: "system:judge", request: "wrong" };
  expect(await checkProjections(client, TODAY)).toBeNull();
  await guardedTransaction(client, asJudge, (tx) =>
    tx.execute(sql`update tallies set at_deals[1] = at_deals[1] + 1
      where (kind, month, cell) = (select kind, month, cell from tallies where kind = 'cohorts' order by month limit 1)`),
  );
  expect((await checkProjections(client, TODAY))?.at).toMatch(/^tally cohorts 20/);
  await rebuild(client, TODAY);
  expect(await checkProjections(client, TODAY)).toBeNull();
});
