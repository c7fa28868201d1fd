import { once } from "node:events";
import { type JudgedUnder, judgedUnder } from "@/lib/judging/judged-under";
import { ask } from "./asking";

/**
 * `npm run -s outcomes -- [--policy FILE] [--as-of DAY]`: a `deal_id,outcome` header and one line a deal,
 * in order of id by code unit; nothing is stored. Source: domain.md §7.
 */
function lineOf({ deal, result }: JudgedUnder): string {
  const id = /[",\r\n]/.test(deal.id) ? `"${deal.id.replaceAll('"', '""')}"` : deal.id;
  return `${id},${result.outcome}\n`;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

await ask("npm run -s outcomes -- [--policy FILE] [--as-of DAY]", async (db, { policy, asOf, today }) => {
  await write("deal_id,outcome\n");
  for await (const batch of judgedUnder(db, { policy, asOf: asOf ?? today }))
    await write(batch.map(lineOf).join(""));
});
