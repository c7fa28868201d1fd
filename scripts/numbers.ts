import { refuse } from "@/lib/errors";
import { printedNumbers } from "@/lib/queries/numbers/numbers";
import { ask } from "./asking";

/**
 * `npm run -s numbers -- 2017-Q3 [--policy FILE] [--as-of DAY]`: the four numbers of a fiscal quarter as
 * JSON; nothing is stored. Source: domain.md §7.
 */
await ask("npm run -s numbers -- 2017-Q3 [--policy FILE] [--as-of DAY]", async (db, asking) => {
  const { positionals, policy, asOf, today } = asking;
  const [quarter, ...more] = positionals;
  if (quarter === undefined || more.length > 0) return refuse("quarter", positionals, "name one quarter");
  const numbers = await printedNumbers(db, quarter, { today, policyOverride: policy, asOf });
  process.stdout.write(`${JSON.stringify(numbers, null, 2)}\n`);
});
