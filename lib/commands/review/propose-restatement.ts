import { z } from "zod";
import { restatements } from "@/db/schema/reviews";
import { refuse } from "@/lib/errors";
import { restatingOf } from "@/lib/sealing/restating";
import { readSeals } from "@/lib/sealing/seals";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayProposeRestatement } from "./guards";
import { waitingFor } from "./restatement";

export const proposeRestatement = defineVerb({
  name: "propose-restatement",
  summary:
    "Propose that a deal of a frozen quarter is corrected to what it is now, for a second person to accept",
  input: z.strictObject({ quarter: field.quarter, dealId: field.id, reason: field.line(2000) }),
  output: z.object({ restatementId: z.string() }),
  guard: mayProposeRestatement,
  async subject({ tx }, { quarter, dealId }) {
    const seal = (await readSeals(tx, [quarter])).get(quarter) ?? null;
    return {
      quarter,
      frozen: seal !== null,
      waiting: (await waitingFor(tx, quarter, dealId)) !== null,
      seal,
    };
  },
  async run(context, { quarter, dealId, reason }, { seal }) {
    const { tx, actor, today, audit } = context;
    const found = await restatingOf(tx, seal!.header, dealId, today, await context.policies());
    if (!found) refuse("dealId", dealId, `does not differ from what stands of it in ${quarter}`);
    const row = {
      id: newId("K"),
      ...{ quarter, dealId, reason },
      ...found,
      proposedBy: actor.userId!,
      byFinance: actor.role === "finance",
      proposedOn: today,
      demo: seal!.header.demo,
    };
    await tx.insert(restatements).values(row);
    audit({ subjectKind: "restatement", subjectId: row.id, dealId, before: null, after: row });
    return { restatementId: row.id };
  },
});
