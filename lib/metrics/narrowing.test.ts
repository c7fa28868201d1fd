import { describe, expect, test } from "vitest";
import { type Narrowing, narrowed } from "./narrowing";
import type { ProjectedDeal } from "./projected-deal";

const ALL: Narrowing = { owners: null, partners: null, type: null, route: null };
const on = (id: string, outcome: string, evidence: string | null) => ({ id, outcome, evidence });
/** As the projection has it: whoever earned most first, which is not whom a narrowed number asks about. */
const DEAL = {
  ...{ owner: "Ana Ruiz", type: "new", route: "direct", attribution: "sourced", evidence: "countersigned" },
  partners: [
    on("P-1", "sourced", "countersigned"),
    on("P-2", "none", null),
    on("P-3", "influenced", "stated"),
  ],
  countsAs: "sourced/won/confirmed/30/countersigned",
} as unknown as ProjectedDeal;
const by = (asked: Partial<Narrowing>) => narrowed(DEAL, { ...ALL, ...asked });

describe("a narrowed number counts", () => {
  test("a deal as it is, while no partner is asked for", () => {
    expect(by({})).toBe(DEAL);
    expect(by({ owners: new Set(["Ana Ruiz"]), type: "new", route: "direct" })).toBe(DEAL);
  });

  test.each<Partial<Narrowing>>([
    { owners: new Set(["Jonas Berg"]) },
    { owners: new Set() },
    { type: "renewal" },
    { type: "new", route: "resale" },
    { partners: new Set(["P-9"]) },
    { partners: new Set(["P-1"]), owners: new Set(["Jonas Berg"]) },
  ])("nothing of a deal that is another's: %o", (asked) => {
    expect(by(asked)).toBeNull();
  });

  test("it in the best outcome that the asked partners have themselves, with their own evidence", () => {
    const third = {
      attribution: "influenced",
      evidence: "stated",
      countsAs: "influenced/won/confirmed/30/stated",
    };
    expect(by({ partners: new Set(["P-3"]) })).toMatchObject(third);
    expect(by({ partners: new Set(["P-2", "P-3"]) })).toMatchObject(third);
    expect(by({ partners: new Set(["P-3", "P-1"]) })).toMatchObject({ attribution: "sourced" });
    const second = { attribution: "none", evidence: null, countsAs: "none/won/confirmed/30/none" };
    expect(by({ partners: new Set(["P-2"]) })).toMatchObject(second);
  });
});
