import { sql } from "drizzle-orm";
import type { z } from "zod";
import { type Actor, COMMAND_LINE } from "@/lib/auth/actor";
import { DEAL_SORTS } from "@/lib/queries/deals/deals-cursor";
import { dealsList } from "@/lib/queries/deals/deals-list";

import { frozenQuarter, quarterBefore } from "./company/calendar";
import type { Company } from "./company/open";
import { AE, PARTNER_MANAGER } from "./company/people";
import { RARE_ACCOUNT } from "./company/words";
import { P95 } from "./goals";
import { measure } from "./measure";
import { context, type List, OTHER_LISTS } from "./other-lists";
import type { Report } from "./report";
import { quantile, timed } from "./timing";

type Asked = z.input<typeof dealsList.input>;
const FLOOR = "100 deals by their key";
const page = ({ client }: Company): Promise<unknown> =>
  client.db.execute(sql`select * from deals order by id limit 100`);

const deals = (
  name: string,
  asked: Asked | ((company: Company) => Asked),
  actor: Actor = COMMAND_LINE,
): List => ({
  name,
  ask: (company) => {
    const input = typeof asked === "function" ? asked(company) : asked;
    return dealsList.run(context(company, actor), dealsList.input.parse(input));
  },
});

/** Where the first page of a company's deals ended, asked once. */
const nextOf = new WeakMap<Company, string>();
const nextPage: List = {
  name: "deals, next page",
  async ask(company) {
    const run = (asked: Asked) => dealsList.run(context(company, COMMAND_LINE), dealsList.input.parse(asked));
    const after = nextOf.get(company) ?? (await run({})).next!;
    nextOf.set(company, after);
    return run({ after });
  },
};

const PAGES = [
  deals("deals, first page", {}),
  nextPage,
  deals("my deals, an AE's", { scope: "mine", state: "open" }, AE),
  deals("my deals, a partner manager's", { scope: "mine", state: "open" }, PARTNER_MANAGER),
];

const SORTS = DEAL_SORTS.flatMap((sort) =>
  (["asc", "desc"] as const).map((dir) => deals(`by ${sort}, ${dir}`, { sort, dir })),
);

const FILTERS = [
  deals("open", { state: "open" }),
  deals("won", { state: "won" }),
  deals("sourced", { outcome: ["sourced"] }),
  deals("without credit", { outcome: ["none"] }),
  deals("at stage 3", { stage: [3] }),
  deals("of one partner", { partnerId: "P-3" }),
  deals("of one partner, by amount", { partnerId: "P-3", sort: "amount" }),
  deals("of one partner, by close", { partnerId: "P-3", sort: "closedOn" }),
  deals("of one partner, by account", { partnerId: "P-3", sort: "account", dir: "asc" }),
  deals("a partner manager's, by amount", { scope: "mine", sort: "amount" }, PARTNER_MANAGER),
  deals("of one owner", { owner: AE.ownerName! }),
  deals("of a quarter", (company) => ({ quarter: quarterBefore(company, 1) })),
  deals("needs a decision", { needsDecision: true }),
  deals("needs none", { needsDecision: false }),
  deals("closing soon", { closingSoon: true }),
  deals("disputed", { disputed: true }),
  deals("not disputed", { disputed: false }),
  deals("mine, open, closing soon", { scope: "mine", state: "open", closingSoon: true }, AE),
  deals("won, sourced, by amount", { state: "won", outcome: ["sourced"], sort: "amount" }),
];

const SEARCHES = [
  deals("search: a common word", { search: "systems" }),
  deals("search: a rare word", { search: RARE_ACCOUNT.split(" ")[0]!.toLowerCase() }),
  deals("search: nothing is found", { search: "zzyzxq" }),
  deals("search: two letters", { search: "qu" }),
  deals("search: a partner's name", { search: "consulting 0" }),
  deals("search: a name of many partners", { search: "consulting" }),
  deals("search: a deal's id", { search: "D-0004321" }),
  deals("search in my open deals", { scope: "mine", state: "open", search: "foods" }, AE),
];

const opened = (
  words: string,
  number: string,
  part?: string,
  quarter = (at: Company) => quarterBefore(at, 1),
) => deals(`opened: ${words}`, (company) => ({ number, part, quarter: quarter(company) }));

const OPENED = [
  opened("sourced pipeline", "sourcedPipeline"),
  opened("all pipeline created", "sourcedPipeline", "created"),
  opened("influenced win rate", "influencedWinRate"),
  opened("direct cycles", "cycleReduction", "direct"),
  opened("cost per partner dollar", "costPerPartnerDollar"),
  opened("sourced pipeline, frozen", "sourcedPipeline", undefined, frozenQuarter),
];

/** Every list, each way it can be asked for. The floor: a page of deals straight from the table. */
export async function measureLists(companies: readonly Company[], report: Report): Promise<void> {
  const sizes = companies.map((company) => ({ company }));
  for (const { name, ask } of [...PAGES, ...SORTS, ...FILTERS, ...SEARCHES, ...OPENED, ...OTHER_LISTS]) {
    await measure(report, sizes, {
      part: "lists",
      name,
      work: ({ company }) => ask(company),
      floor: { name: FLOOR, work: ({ company }) => page(company) },
      budgetMs: 1_500,
    });
  }
}

const AT_ONCE = 16;
const REQUESTS = 320;
/** Who looks at deals mostly looks at the first page and their own, and then filters, searches and opens. */
const MIX = [
  ...[PAGES[0]!, PAGES[2]!, PAGES[3]!].flatMap((list) => [list, list, list]),
  PAGES[1]!,
  ...SORTS.filter((_, at) => at % 4 === 1),
  ...FILTERS.filter((_, at) => at % 3 !== 2),
  ...SEARCHES,
  ...OPENED.slice(0, 3),
];

/**
 * A bounded number of mixed requests over 16 connections, each next one asked as one is answered. The floor:
 * as many pages straight from the table.
 */
export async function measureLoad(companies: readonly Company[], report: Report): Promise<void> {
  for (const company of companies) {
    for (const { ask } of MIX) await ask(company);
    const own = await atOnce((at) => MIX[(at * 7) % MIX.length]!.ask(company));
    const least = await atOnce(() => page(company));
    for (const [name, share] of [
      ["half answered within", 0.5],
      [P95, 0.95],
    ] as const) {
      const floor = { name: FLOOR, value: quantile(least, share) };
      report.add({
        part: "load",
        name,
        deals: company.deals,
        value: quantile(own, share),
        unit: "ms",
        floor,
      });
    }
  }
}

/** Milliseconds of each of the requests. */
async function atOnce(ask: (request: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  let next = 0;
  const people = Array.from({ length: AT_ONCE }, async () => {
    while (next < REQUESTS) {
      const request = next++;
      taken.push(await timed(() => ask(request)));
    }
  });
  await Promise.all(people);
  return taken;
}
