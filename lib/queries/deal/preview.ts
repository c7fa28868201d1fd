import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/connection/client";
import { deals } from "@/db/schema/deals";
import { classify } from "@/lib/attribution/classify";
import type { Day, Facts } from "@/lib/attribution/facts";
import { isProof } from "@/lib/attribution/field-rules";
import { activityOf, type MenuEntry, menuOf } from "@/lib/attribution/menu";
import { INVOLVEMENTS } from "@/lib/attribution/vocabulary";
import { Refusal } from "@/lib/errors";
import { defineQuery } from "../query";
import { dayShape, idShape, resultShape, roleShape, stageShape } from "../shapes";
import { factsAndPolicy, stageOnDay, withPartner } from "./deal-facts";

const wouldBeActivity = z.strictObject({
  partnerId: idShape,
  type: z.string(),
  /** Today when absent. */
  occurredOn: dayShape.optional(),
  /** The deal's stage that day when absent. */
  stage: stageShape.optional(),
  proof: z
    .string()
    .trim()
    .refine((proof) => isProof(proof), "a proof is an http(s) link or a note: reference")
    .nullish(),
  /** The menu's default for the type when absent. */
  involvement: z.enum(INVOLVEMENTS).optional(),
});

const changeShape = z.discriminatedUnion("verb", [
  z.strictObject({
    verb: z.literal("tag-partner"),
    partnerId: idShape,
    role: roleShape,
    /** The deal's stage that day when absent. */
    touchStage: stageShape.optional(),
    /** Today when absent. */
    touchedOn: dayShape.optional(),
    activity: wouldBeActivity.omit({ partnerId: true }).optional(),
  }),
  wouldBeActivity.extend({ verb: z.literal("log-activity") }),
  z.strictObject({ verb: z.literal("confirm-role"), rowId: idShape }),
  z.strictObject({ verb: z.literal("withdraw-role"), rowId: idShape }),
]);
type Change = z.output<typeof changeShape>;

/** What an edit would make of a deal, before it is saved: pure, on would-be facts. Nothing is written. */
export const preview = defineQuery({
  name: "preview",
  summary: "What a role row, an activity or a confirmation would make of a deal, without saving it.",
  inBody: true,
  input: z.strictObject({
    dealId: idShape,
    change: changeShape,
  }),
  output: z.object({ before: resultShape, after: resultShape }),
  async run({ db, actor, today }, { dealId, change }) {
    const { facts, inForce } = await factsAndPolicy(db, dealId, today);
    const known = "partnerId" in change ? await withPartner(db, facts, change.partnerId) : facts;
    const own = actor.role === "ae" && (await ownsDeal(db, actor.ownerName, dealId));
    return {
      before: classify(inForce.policy, facts),
      after: classify(inForce.policy, changed(known, change, { today, own, menu: menuOf(inForce.policy) })),
    };
  },
});

async function ownsDeal(db: Db, ownerName: string | null, dealId: string): Promise<boolean> {
  const [deal] = await db.select({ owner: deals.owner }).from(deals).where(eq(deals.id, dealId));
  return deal?.owner === ownerName;
}

/** The day of the edit, whether it is the AE's own, and the menu that fills in what was left out. */
interface When {
  today: Day;
  own: boolean;
  menu: readonly MenuEntry[];
}

/** The facts as the verb would leave them, the new ones under ids of their own. */
function changed(facts: Facts, change: Change, when: When): Facts {
  const { today, own } = when;
  switch (change.verb) {
    case "tag-partner": {
      const { partnerId, role, touchedOn = today, activity } = change;
      const touchStage = change.touchStage ?? stageOnDay(facts, touchedOn);
      const confirmedOn = own ? today : null;
      const row = {
        id: "would-be-row",
        partnerId,
        role,
        touchStage,
        touchedOn,
        recordedOn: today,
        confirmedOn,
        source: null,
        secondHandOn: null,
      };
      const tagged = { ...facts, roles: [...facts.roles, row] };
      return activity ? withActivity(tagged, { ...activity, partnerId }, when) : tagged;
    }
    case "log-activity":
      return withActivity(facts, change, when);
    case "confirm-role":
      rowOf(facts, change.rowId);
      return {
        ...facts,
        roles: facts.roles.map((row) => (row.id === change.rowId ? { ...row, confirmedOn: today } : row)),
      };
    case "withdraw-role":
      rowOf(facts, change.rowId);
      return { ...facts, roles: facts.roles.filter(({ id }) => id !== change.rowId) };
  }
}

function rowOf(facts: Facts, rowId: string): void {
  if (facts.roles.some(({ id }) => id === rowId)) return;
  const rule = "there is no role row with this id on the deal";
  throw new Refusal({ code: "not_found", field: "change.rowId", value: rowId, rule });
}

function withActivity(facts: Facts, would: z.output<typeof wouldBeActivity>, { today, menu }: When): Facts {
  const { partnerId, type, occurredOn = today } = would;
  const activity = {
    id: "would-be-activity",
    partnerId,
    type,
    stage: would.stage ?? stageOnDay(facts, occurredOn),
    occurredOn,
    recordedOn: today,
    proof: would.proof ?? null,
    involvement: would.involvement ?? activityOf(type, menu)?.involvement ?? ("supportive" as const),
    source: null,
    secondHandOn: null,
  };
  return { ...facts, activities: [...facts.activities, activity] };
}
