import { refuse } from "@/lib/errors";
import { printedMoved } from "@/lib/queries/numbers/printed-moved";
import { ask } from "./asking";

/**
 * `npm run -s moved -- METRIC QUARTER --from INSTANT --to INSTANT`: why a number moved between two instants or days,
 * by cause, as JSON; nothing is stored. Source: domain.md §7, "Why a number moved".
 */
const USAGE = "npm run -s moved -- METRIC QUARTER --from INSTANT --to INSTANT";

await ask(
  USAGE,
  async (db, { positionals, policy, asOf, today, said }) => {
    const [number, quarter, ...more] = positionals;
    if (number === undefined || quarter === undefined || more.length > 0)
      return refuse("arguments", positionals, "name one number and one quarter");
    if (policy !== undefined)
      refuse("--policy", null, "moved tells what the company's own policies made of it");
    if (asOf !== undefined) refuse("--as-of", asOf, "moved takes --from and --to");
    const [from, to] = [said("from"), said("to")];
    if (from === undefined) return refuse("--from", null, "say from which instant or day");
    if (to === undefined) return refuse("--to", null, "say to which instant or day");
    const found = await printedMoved(db, { number, quarter, from, to, today });
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  },
  { options: ["from", "to"] },
);
