import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { inspect } from "node:util";
import postgres from "postgres";
import { refusalIn } from "@/lib/errors";
import type { Answered } from "./answered";
import { jump } from "./clock";
import { type Attempt, guardedWork, type Work } from "./work";

/**
 * An app process of the trial. Each answer is a line on standard output, written before anything else happens.
 * `worker.ts guarded|control URL NAME [signs]` until the line `over` comes on standard input; `clock MS` jumps its clock.
 */
const [mode, url = "", name = "", signs] = process.argv.slice(2);
let over = false;
const isOver = () => over;
const say = (answered: Answered) => writeSync(1, `${JSON.stringify(answered)}\n`);

const attempt: Attempt = async (kind, id, work, dealId) => {
  const began = performance.now();
  const done = (as: Answered["as"], said?: string) =>
    say({ id, kind, dealId, as, ms: Math.round(performance.now() - began), said });
  try {
    await work();
    done("acknowledged");
    return true;
  } catch (error) {
    const refusal = refusalIn(error);
    if (!refusal) done("strange", inspect(error));
    else if (refusal.rule.includes("look whether")) done("unclear", refusal.rule);
    else done("refused", refusal.rule);
    return false;
  }
};

/** The same, as anybody would write it with the driver's own transactions: the trial must find what is wrong with it. */
function control(): Work {
  process.on("uncaughtException", (error) =>
    say({ id: `${name}-uncaught`, kind: "other", as: "strange", ms: 0, said: String(error) }),
  );
  const sql = postgres(url, { max: 6, onnotice: () => {}, connection: { application_name: "countersign" } });
  const write = (id: string) =>
    sql.begin(async (tx) => {
      await tx`select set_config('countersign.actor', 'system:trial', true), set_config('countersign.request', ${id}, true)`;
      await tx`insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
        values (${id}, 'Somebody', 100, 'USD', 'new', 'direct', '2026-01-10', 'open')`;
      await tx`insert into audit_log (actor, action, request, deal_id, subject_kind, subject_id)
        values ('system:trial', 'create-deal', ${id}, ${id}, 'deal', ${id})`;
    });
  const sell = async (nth: number) => {
    for (let turn = 0; !isOver(); turn++) {
      const id = `${name}-D${nth}-${turn}`;
      await attempt("deal", id, () => write(id), id);
    }
  };
  return { all: Array.from({ length: 12 }, (_, nth) => sell(nth)), end: () => sql.end({ timeout: 1 }) };
}

createInterface({ input: process.stdin }).on("line", (line) => {
  if (line.startsWith("clock ")) jump(Number(line.slice("clock ".length)));
  else over = true;
});
const { all, signed, end }: Work =
  mode === "control" ? control() : guardedWork(url, name, signs === "signs", isOver, attempt);
void signed?.then(() => writeSync(1, "signed\n"));
await Promise.all(all);
writeSync(1, "ended\n");
await end();
process.exit(0);
