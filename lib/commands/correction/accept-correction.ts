import { z } from "zod";
import { Refusal } from "@/lib/errors";
import { mustNotBeFrozen } from "../deal/frozen-close";
import type { DealRow } from "../deal/load";
import * as field from "../input";
import { defineVerb } from "../verb";
import { type Locked, mayAnswerCorrection } from "./guards";
import { answer, lockCorrection } from "./load";

export const acceptCorrection = defineVerb({
  name: "accept-correction",
  summary: "Accept a correction of a closed deal for finance: the deal is amended",
  input: z.strictObject({ correctionId: field.id }),
  output: z.object({ correctionId: z.string(), dealId: z.string() }),
  guard: mayAnswerCorrection,
  subject: (context, { correctionId }) => lockCorrection(context, correctionId),
  async run(context, { correctionId }, { correction, deal }) {
    const { tx, today, audit, touch } = context;
    const before = correction.before as Locked;
    const after = correction.after as Partial<DealRow>;
    const moved = (Object.keys(before) as (keyof Locked)[]).filter((name) => deal[name] !== before[name]);
    if (moved.length > 0)
      throw new Refusal({
        code: "conflict",
        field: "correctionId",
        value: { proposed: before, now: deal },
        rule: "the deal changed after this was proposed; decline it, so that it is proposed anew",
      });
    if (after.closedOn) await mustNotBeFrozen(tx, "correctionId", after.closedOn);
    const amendedOn = deal.amendedOn !== null && deal.amendedOn > today ? deal.amendedOn : today;
    const amended = { ...after, amendedOn };
    await answer(context, correction, "accepted");
    const entry = { subjectKind: "deal", subjectId: deal.id, dealId: deal.id };
    audit({ ...entry, before: deal, after: { ...deal, ...amended } });
    touch(deal.id, amended);
    return { correctionId, dealId: deal.id };
  },
});
