import { parseDay } from "@/lib/attribution/field-rules";
import { STAGES, type Stage } from "@/lib/attribution/vocabulary";
import { refuse } from "@/lib/errors";
import { printedLift } from "@/lib/queries/numbers/printed-lift";
import { ask } from "./asking";

/**
 * `npm run -s lift -- [--stage N] [--from DAY] [--to DAY] [--as-of DAY] [--policy FILE]`: deals with a partner
 * beside deals without, plainly and from the landmark, as JSON; nothing is stored. Source: domain.md §7.
 */
const USAGE = "npm run -s lift -- [--stage N] [--from DAY] [--to DAY] [--as-of DAY] [--policy FILE]";
const DEFAULT_STAGE = "2";

function stageOf(text: string): Stage {
  const stage = STAGES.find((known) => String(known) === text);
  return stage ?? refuse("--stage", text, "a stage from 0 to 6");
}

await ask(
  USAGE,
  async (db, { positionals, policy, asOf, today, said }) => {
    if (positionals.length > 0) refuse("arguments", positionals, "lift takes options alone");
    const day = (option: string) => {
      const text = said(option);
      return text === undefined ? undefined : parseDay(`--${option}`, text);
    };
    const lift = await printedLift(db, {
      stage: stageOf(said("stage") ?? DEFAULT_STAGE),
      from: day("from"),
      to: day("to"),
      asOf: asOf ?? today,
      policy,
    });
    process.stdout.write(`${JSON.stringify(lift, null, 2)}\n`);
  },
  { options: ["stage", "from", "to"] },
);
