import { parseArgs } from "node:util";
import { lookAtDatabase } from "./doctor/database";
import type { Finding, State } from "./doctor/finding";
import { lookHere } from "./doctor/here";

/**
 * `npm run -s doctor [-- --json]`: what is well, what to mind and what is wrong here, and what puts it right; changes
 * nothing, but starts the built-in server while it looks. Exit status 1 when something is wrong, 2 when called wrongly.
 */
const USAGE = "npm run -s doctor [-- --json]";
const MARKS: Record<State, string> = { well: "ok   ", mind: "mind ", wrong: "WRONG" };

function lines({ what, state, says, todo }: Finding): string {
  const line = `${MARKS[state]}  ${what.padEnd(16)}  ${says}`;
  return todo ? `${line}\n${" ".repeat(25)}-> ${todo}` : line;
}

try {
  const { values } = parseArgs({ options: { json: { type: "boolean" } } });
  const found = [...(await lookHere(process.env)), ...(await lookAtDatabase(process.env))];
  console.log(values.json ? JSON.stringify(found, null, 2) : found.map(lines).join("\n"));
  process.exitCode = found.some(({ state }) => state === "wrong") ? 1 : 0;
} catch (error) {
  if (!String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS")) throw error;
  console.error(`${(error as Error).message}\n${USAGE}`);
  process.exitCode = 2;
}
