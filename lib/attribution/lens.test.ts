import { describe, expect, it } from "vitest";
import { lensOf } from "./lens";
import { parsePolicy } from "./parse-policy";
import { type Policy, PRESETS } from "./policy";
import { MODELS } from "./vocabulary";

describe("a lens", () => {
  it.each(MODELS.flatMap((own) => MODELS.map((model) => [own, model] as const)))(
    "from the preset %s on %s is that preset",
    (own, model) => {
      expect(lensOf(model, PRESETS[own])).toEqual(PRESETS[model]);
    },
  );

  it("keeps what the company decided for itself", () => {
    const own: Policy = {
      ...PRESETS.lanes,
      motions: ["joint_pitch", "golf_day", "recommendation"],
      sourcedAtOrBefore: 0,
      influencedBefore: 3,
      coSellMinimum: 4,
      programs: ["founders"],
      updates: { above: 7, perMonth: 3, consequence: "flag" },
      assisted: true,
      accelerationMinimum: 0.5,
      costDenominator: "sourced",
    };
    expect(lensOf("triple_tier", own)).toEqual({
      ...own,
      model: "triple_tier",
      motions: ["joint_pitch", "golf_day"],
      updates: { above: 7, perMonth: 3, consequence: "dispute" },
      influenceWindowDays: null,
      postSale: "influence",
    });
    for (const model of MODELS) expect(parsePolicy(lensOf(model, own))).toEqual(lensOf(model, own));
    expect(lensOf("lanes", own)).toBe(own);
  });
});
