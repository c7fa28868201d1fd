import { z } from "zod";
import { parseQuarter } from "@/lib/calendar";
import { readSeals } from "@/lib/sealing/seals";
import { readCompany } from "../company/company";
import { exceptionLineShape } from "../exception/exception-shapes";
import { defineQuery } from "../query";
import { quarterShape } from "../shapes";
import { CASES_A_PAGE, meetingCases, sealedCases } from "./meeting-cases";

/** A quarter's cases in the order of its meeting, past those that come with the review (§8.7). */
export const reviewCases = defineQuery({
  name: "review-cases",
  summary: "A quarter's cases in the order of its review, page by page.",
  input: z.strictObject({
    quarter: quarterShape,
    /** Where the page before ended, as its `next` said. */
    after: z.string().max(1000).optional(),
    limit: z.int().min(1).max(1000).default(CASES_A_PAGE),
  }),
  output: z.object({
    rows: z.array(exceptionLineShape),
    /** Null on the last page. */
    next: z.string().nullable(),
  }),
  async run({ db, today }, { quarter: label, ...paging }) {
    const { fiscalYear } = await readCompany(db);
    const quarter = parseQuarter(label, fiscalYear).label;
    const seal = (await readSeals(db, [quarter])).get(quarter);
    return seal ? sealedCases(seal.header, paging) : meetingCases(db, today, quarter, paging);
  },
});
