// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { StagePath } from "./stage-path";

type Answer = Outputs["deal"];

const VELA = { id: "P-1", name: "Vela" };
const touch = (id: string, touchStage: number, more: object = {}) =>
  ({
    id,
    partner: VELA,
    role: "sourcer",
    touchStage,
    touchedOn: "2026-03-02",
    refused: null,
    ...more,
  }) as Answer["roles"][number];
const act = (id: string, stage: number, more: object = {}) =>
  ({
    kind: "activity",
    id,
    partner: VELA,
    type: "joint_discovery",
    stage,
    on: "2026-03-09",
    proof: "note:1",
    ...more,
  }) as Answer["timeline"][number];

function show({ roles = [], timeline = [] }: Partial<Answer>) {
  const path = [{ stage: 1, enteredOn: "2026-03-01", days: 9 }] as Answer["path"];
  showOnPage(
    <StagePath answer={{ deal: { state: "open", stage: 1 } as Answer["deal"], path, roles, timeline }} />,
  );
  const stages = within(screen.getByRole("list", { name: "Stage path" })).getAllByRole("listitem");
  return stages.map((stage) => ({
    stage: stage.textContent?.[0],
    says: within(stage)
      .queryAllByRole("button")
      .map((mark) => mark.getAttribute("aria-label")),
  }));
}

test("a mark says who touched the deal at which stage, and what they did there, in order of day", () => {
  const stages = show({
    roles: [touch("T-1", 1)],
    timeline: [act("A-1", 2, { proof: null }), act("A-2", 1)],
  });
  expect(stages.slice(0, 2)).toEqual([
    { stage: "1", says: ["Vela: touched as sourcer, 2 Mar 2026; joint discovery, 9 Mar 2026"] },
    { stage: "2", says: ["Vela: joint discovery, 9 Mar 2026, without proof"] },
  ]);
});

test("a touch before any opportunity brings its stage onto the path", () => {
  expect(show({ roles: [touch("T-1", 0)] })[0]).toMatchObject({
    stage: "0",
    says: [expect.stringMatching(/^Vela/)],
  });
});

test("a refused row is no touch", () => {
  const refused = { on: "2026-03-03", by: "Maren", reason: "Not so" };
  expect(show({ roles: [touch("T-1", 0, { refused })] }).every(({ says }) => says.length === 0)).toBe(true);
});

test("two partners stand by name and the others are counted, all of them said", () => {
  const partners = ["Vela", "Quorum", "Orrin", "Tidewater"].map((name, at) => ({ id: `P-${at}`, name }));
  const stages = show({ timeline: partners.map((partner, at) => act(`A-${at}`, 1, { partner })) });
  expect(stages[0]!.says).toHaveLength(3);
  expect(stages[0]!.says[2]).toContain("Orrin: joint discovery");
  expect(stages[0]!.says[2]).toContain("Tidewater");
  expect(screen.getByText(/and 2 partners more/)).toBeTruthy();
});
