import { forgetJudged, type JudgedIn, judgeFirst } from "./company/judge";
import type { Company } from "./company/open";
import { JUDGED } from "./goals";
import type { Report } from "./report";

/**
 * Deals judged afresh in a second: when the company was made, or on a copy of one that had been kept. The
 * floors: copying the facts out of the database; that, and what was judged back in, with its keys.
 */
export async function measureJudging(copies: readonly Company[], report: Report): Promise<void> {
  for (const { deals, judgedIn, ...copy } of copies) {
    const { ms, outMs, floorMs } = judgedIn ?? (await judgeAgain(copy));
    const add = (name: string, floor: string, took: number) =>
      report.add({
        ...{ part: "judging", name, deals, value: (deals * 1000) / ms, unit: "a second" },
        floor: { name: floor, value: (deals * 1000) / took },
      });
    add(JUDGED, "copying out and in, with keys", floorMs);
    add("the same, beside reading alone", "copying the facts out", outMs);
  }
}

async function judgeAgain({
  url,
  client,
  today,
}: Pick<Company, "url" | "client" | "today">): Promise<JudgedIn> {
  await forgetJudged(url);
  return judgeFirst(url, client, today);
}
