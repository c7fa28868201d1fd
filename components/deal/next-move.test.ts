import { describe, expect, test } from "vitest";
import type { Outputs } from "@/lib/api/client";
import { moveOf } from "./next-move";

type Deal = Outputs["deal"];
type Row = Deal["roles"][number];
type Happening = Deal["timeline"][number];

const NO = "Not yours";
const row = (more: Partial<Row> = {}) =>
  ({
    id: "T-1",
    partner: { id: "P-1", name: "Vela" },
    confirmedOn: null,
    refused: null,
    may: { confirm: true },
    ...more,
  }) as Row;
const activity = (more: object = {}) =>
  ({
    ...{ kind: "activity", id: "A-1", type: "joint_discovery", proof: "note:1", evidence: "stated" },
    may: { edit: true, vouch: NO },
    ...more,
  }) as unknown as Happening;
const registration = (may: true | string) =>
  ({
    kind: "registration",
    id: "R-1",
    status: "pending",
    partner: { id: "P-1", name: "Vela" },
    may: { decide: may },
  }) as unknown as Happening;

const answer = ({
  roles = [],
  timeline = [],
  ...deal
}: { roles?: Row[]; timeline?: Happening[]; tag?: true | string } & Partial<Deal["deal"]> = {}) =>
  ({
    deal: { owner: "Maren Falk", state: "open", noPartner: null, ...deal },
    ...{ roles, timeline, may: { tag: deal.tag ?? true } },
  }) as unknown as Deal;

describe("the one thing that moves a deal on", () => {
  const theirs = { confirm: NO } as Row["may"];
  test.each<[string, Deal, string | undefined]>([
    [
      "the AE's word on a row comes first",
      answer({ roles: [row()], timeline: [activity({ proof: null })] }),
      "confirm",
    ],
    [
      "a registration that one may decide",
      answer({ roles: [row({ may: theirs })], timeline: [registration(true)] }),
      "decide",
    ],
    [
      "an activity without proof",
      answer({ roles: [row({ may: theirs })], timeline: [registration(NO), activity({ proof: null })] }),
      "prove",
    ],
    [
      "a fact that one person stated",
      answer({ timeline: [activity({ may: { edit: NO, vouch: true } })] }),
      "vouch",
    ],
    ["nobody named", answer(), "tag"],
    ["nobody named, by somebody who may not", answer({ tag: NO }), "wait"],
    ["a row that waits for its AE", answer({ roles: [row({ may: theirs })] }), "wait"],
    [
      "a refused row waits for nobody",
      answer({ roles: [row({ refused: { on: "2026-01-02", by: "M", reason: "no" } })] }),
      undefined,
    ],
    ["all decided", answer({ roles: [row({ confirmedOn: "2026-01-02" })] }), undefined],
    ["no partner, said so", answer({ noPartner: { on: "2026-01-02", by: "M" } }), undefined],
    ["closed", answer({ state: "won" }), undefined],
  ])("%s", (_, deal, does) => {
    expect(moveOf(deal)?.does).toBe(does);
  });

  test("whose turn it is stands in words", () => {
    expect(moveOf(answer({ roles: [row({ may: theirs })] }))).toEqual({
      does: "wait",
      words: "Waits for Maren Falk to confirm Vela.",
    });
  });
});
