import { forgetJudged, type JudgedIn, judgeFirst } from "./company/judge";
import type { Company } from "./company/open";
import type { Report } from "./report";

/**
 * Deals judged afresh in a second: when the company was made, or on a copy of one that had been kept. The
 * floor: copying the facts out of the database.
 */
export async function measureJudging(copies: readonly Company[], report: Report): Promise<void> {
  for (const { deals, judgedIn, ...copy } of copies) {
    const { ms, floorMs } = judgedIn ?? (await judgeAgain(copy));
    report.add({
      part: "judging",
      name: "judge every deal",
      deals,
      value: (deals * 1000) / ms,
      unit: "a second",
      floor: { name: "copying the facts out", value: (deals * 1000) / floorMs },
    });
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
