import { z } from "zod";
import { RECEIPT_MOST, readReceipt } from "@/lib/auth/receipts";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { defineVerb } from "../verb";
import { mayRecordReceipt } from "./guards";
import { lockDeal } from "./load";

export const recordReceipt = defineVerb({
  name: "record-receipt",
  summary: "Keep on a deal the receipt that the stage gate gave the CRM",
  input: z.strictObject({ dealId: field.id, receipt: field.line(RECEIPT_MOST) }),
  output: z.object({ dealId: z.string() }),
  guard: mayRecordReceipt,
  subject: async (context, { dealId }) => ({ deal: await lockDeal(context, dealId) }),
  async run({ audit, touch }, { dealId, receipt }, { deal: before }) {
    const said = await readReceipt(receipt);
    if (!said) refuse("receipt", receipt, "is no receipt of this installation");
    if (said.sub !== dealId) refuse("receipt", receipt, "is the receipt of another deal");
    const kept = { gateReceipt: receipt };
    audit({ subjectKind: "deal", subjectId: dealId, dealId, before, after: { ...before, ...kept } });
    touch(dealId, kept);
    return { dealId };
  },
});
