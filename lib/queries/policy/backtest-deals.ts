import { z } from "zod";
import { resultDifference } from "@/lib/attribution/result-difference";
import { type Compared, compareAll, planBacktest } from "@/lib/judging/backtest";
import { isAbout } from "@/lib/metrics/backtest";
import { dealLineShape, dealLines } from "../deals/deals-page";
import { defineQuery } from "../query";
import { idShape, outcomeShape } from "../shapes";
import { backtestInput, partnerDifferenceShape } from "./backtest-shapes";

/** The deals of one cell of a backtest, each with the rule that differs; judged for the occasion. */
export const backtestDeals = defineQuery({
  name: "backtest-deals",
  summary: "The deals behind a cell of a backtest, with what differs on each and by which rule.",
  inBody: true,
  input: backtestInput.extend({
    from: outcomeShape.optional(),
    to: outcomeShape.optional(),
    /** Only those whose outcome differs. */
    moved: z.boolean().default(true),
    /** Only those that name this partner on either side with another outcome. */
    partnerId: idShape.optional(),
    offset: z.int().min(0).max(10_000_000).default(0),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    total: z.int(),
    /** In order of id. */
    rows: z.array(
      dealLineShape.extend({
        from: outcomeShape,
        to: outcomeShape,
        differences: z.array(partnerDifferenceShape),
      }),
    ),
  }),
  async run({ db, today }, { from, to, moved, partnerId, offset, limit, ...ask }) {
    const plan = await planBacktest(db, ask, today);
    const chosen = plan.quarters.map(({ quarter }) => quarter);
    const wanted = ({ facts: { deal }, before, after }: Compared) =>
      isAbout(deal, chosen) &&
      (!moved || before.outcome !== after.outcome) &&
      (from === undefined || before.outcome === from) &&
      (to === undefined || after.outcome === to);
    let total = 0;
    const page = new Map<string, Pick<Compared, "before" | "after">>();
    for await (const batch of compareAll(db, plan)) {
      for (const compared of batch) {
        if (!wanted(compared)) continue;
        const { before, after } = compared;
        if (
          partnerId !== undefined &&
          !resultDifference(before, after).some((one) => one.partnerId === partnerId)
        ) {
          continue;
        }
        if (total >= offset && page.size < limit) page.set(compared.facts.deal.id, { before, after });
        total += 1;
      }
    }
    const lines = await dealLines(db, [...page.keys()]);
    const rows = lines.map((line) => {
      const { before, after } = page.get(line.id)!;
      const nameOf = new Map(line.partners.map(({ id, name }) => [id, name]));
      return {
        ...line,
        from: before.outcome,
        to: after.outcome,
        differences: resultDifference(before, after).map((difference) => ({
          ...difference,
          name: nameOf.get(difference.partnerId) ?? difference.partnerId,
        })),
      };
    });
    return { total, rows };
  },
});
