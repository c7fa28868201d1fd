import {
  holeSentence,
  lettingSentence,
  seenSentence,
  stoppedSentence,
} from "@/lib/attribution/adversary/hole-words";
import { refuse } from "@/lib/errors";
import { readAdversary } from "@/lib/queries/policy/adversary";
import { ask } from "./asking";

/**
 * `npm run -s adversary -- [2017-Q3 ...] --policy FILE [--deals N] [--as-of DAY]`: what one role alone could raise
 * under a policy, cheapest first, and what stops the others, as JSON with a sentence each; nothing is stored. With
 * quarters, also what it would do to their numbers. Source: domain.md §8.8.
 */
const USAGE = "npm run -s adversary -- [2017-Q3 ...] --policy FILE [--deals N] [--as-of DAY]";
const DEALS = "500";

type Found = Awaited<ReturnType<typeof readAdversary>>["quarters"][number]["found"];

/** A hole's own shape again: its partner by id. */
function sentenceOf({ deal, partner, currency, ...hole }: Found): string {
  const names = { deal: `${deal.name} (${deal.id})`, partner: partner?.name ?? null, currency };
  return holeSentence({ ...hole, partnerId: partner?.id ?? null }, names);
}

await ask(
  USAGE,
  async (db, { policy, asOf, today, positionals: quarters, said }) => {
    if (!policy) return refuse("--policy", null, "name the file of a policy");
    const deals = Number(said("deals") ?? DEALS);
    if (!Number.isInteger(deals) || deals < 1) refuse("--deals", said("deals"), "a whole number from 1");
    const found = await readAdversary(db, { policy: { document: policy }, quarters, deals }, asOf ?? today);
    const printed = {
      ...{ hash: found.hash, tried: found.tried, of: found.of },
      holes: found.ways.map(({ deals: on, cheapest, dearest, through }) => ({
        sentence: `${sentenceOf(cheapest)} ${seenSentence(cheapest)} ${lettingSentence(through)}`,
        ...{ deals: on, ...cheapest, through, dearest },
      })),
      stops: found.stops.map((stop) => ({ sentence: stoppedSentence(stop), ...stop })),
      quarters: found.quarters.map(({ found: hole, ...quarter }) => ({
        ...{ sentence: sentenceOf(hole), ...quarter, hole },
      })),
    };
    process.stdout.write(`${JSON.stringify(printed, null, 2)}\n`);
  },
  { options: ["deals"] },
);
