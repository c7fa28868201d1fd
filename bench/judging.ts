import { PRESETS } from "@/lib/attribution/policy";
import { forgetJudged, type JudgedIn, judgeFirst, judgeOtherwise } from "./company/judge";
import type { Company } from "./company/open";
import { JUDGED } from "./goals";
import type { Report } from "./report";

const COPIED = "copying out and in, with keys";
const { two_bucket: twoBucket, triple_tier: otherModel } = PRESETS;

/** What takes the place of two_bucket, one after the other. */
const NEXT = {
  "judged again, amended: influence within a year": {
    policy: { ...twoBucket, influenceWindowDays: 365 },
    day: "2001-01-02",
  },
  "judged again, back to what was": { policy: twoBucket, day: "2001-01-03" },
  "judged again, by another model": { policy: otherModel, day: "2001-01-04" },
};

/**
 * Deals judged afresh in a second: when the company was made, or on a copy of one that had been kept. The
 * floors: copying the facts out of the database; that, and what was judged back in, with its keys. Then all of them again
 * under policies that come into force: one that moves few of them, back, and one that moves most.
 */
export async function measureJudging(copies: readonly Company[], report: Report): Promise<void> {
  for (const { deals, judgedIn, ...copy } of copies) {
    const { ms, outMs, floorMs } = judgedIn ?? (await judgeAgain(copy));
    const add = (name: string, took: number, floor: string, floorTook: number) =>
      report.add({
        ...{ part: "judging", name, deals, value: (deals * 1000) / took, unit: "a second" },
        floor: { name: floor, value: (deals * 1000) / floorTook },
      });
    add(JUDGED, ms, COPIED, floorMs);
    add("the same, beside reading alone", ms, "copying the facts out", outMs);
    for (const [name, after] of Object.entries(NEXT))
      add(name, await judgeOtherwise(copy, after), COPIED, floorMs);
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
