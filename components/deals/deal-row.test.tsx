// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import "@/components/ui/dom.fixture";
import { type DealRow, PartnerChips, ProofDot, StageText, StatusText } from "./deal-row";
import { NarrowDeal } from "./narrow-deal";
import { RowTag } from "./row-tag";
import { type Selection, SelectionProvider } from "./selection";

type Partner = DealRow["partners"][number];

const partner = (overrides: Partial<Partner> = {}): Partner => ({
  id: "P-1",
  name: "Hallmark",
  rowId: "T-1",
  role: "sourcer",
  touchStage: 1,
  confirmed: true,
  outcome: "sourced",
  disputed: null,
  ...overrides,
});

const deal = (overrides: Partial<DealRow> = {}): DealRow => ({
  id: "D-1042",
  account: "Rivertown",
  owner: "Maren Falk",
  stage: 3,
  amount: 5_000_000,
  currency: "USD",
  type: "new",
  createdOn: "2026-01-10",
  closedOn: null,
  expectedCloseOn: null,
  cycleDays: null,
  set: null,
  state: "open",
  outcome: "sourced",
  evidence: "stated",
  disputed: false,
  partners: [],
  proof: "none",
  status: "to_decide",
  attributionConfirmed: false,
  version: 1,
  may: { tag: true, noPartner: true, confirm: [] },
  ...overrides,
});

describe("how it stands", () => {
  test.each<[Partial<DealRow>, string]>([
    [{ status: "to_decide" }, "To decide · no answer yet"],
    [{ status: "waits_for_ae" }, "Waits for Maren Falk"],
    [{ status: "disputed", partners: [partner({ disputed: "co_sell" })] }, "Disputed · would be co-sell"],
    [{ status: "decided" }, "Decided"],
    [{ status: "no_partner" }, "No partner"],
    [{ status: "unanswered", state: "lost" }, "Unanswered · lost without an answer"],
  ])("%o reads %s", (overrides, words) => {
    expect(render(<StatusText row={deal(overrides)} />).container.textContent).toBe(words);
  });
});

describe("where a deal stands", () => {
  test.each([1, 2, 3, 4, 5] as const)("stage %d has as many bars filled", (stage) => {
    const { container } = render(<StageText row={{ stage, state: "open" }} word={false} />);
    expect(container.querySelectorAll(".bg-ink-2")).toHaveLength(stage);
    expect(container.textContent).toBe(String(stage));
  });

  test.each([
    ["won", 4, "Won"],
    ["lost", 2, "Lost"],
  ] as const)("%s counts, and no longer the stage it was won or lost at", (state, stage, words) => {
    expect(render(<StageText row={{ stage, state }} />).container.textContent).toBe(words);
  });
});

test.each<[DealRow["proof"], string]>([
  ["proven", "Every activity has proof"],
  ["missing", "An activity lacks proof"],
  ["none", "No activity yet"],
])("its proof, when %s, is said and not only drawn", (proof, says) => {
  expect(render(<ProofDot proof={proof} />).container.textContent).toBe(says);
});

describe("its partners", () => {
  const shown = (...partners: Partner[]) => {
    const { container } = render(<PartnerChips row={deal({ partners })} />);
    return [...container.querySelectorAll<HTMLElement>("[data-chip]")];
  };
  /** What pointing at a chip says. */
  const saidOf = async (chip: HTMLElement | undefined) => {
    fireEvent.pointerEnter(chip?.parentElement as HTMLElement);
    return (await screen.findByRole("tooltip")).textContent;
  };

  test.each<[string, Partial<Partner>, string, boolean]>([
    ["confirmed", {}, "Hallmark · Sourcer · touched at stage 1 · Sourced", false],
    [
      "not confirmed yet",
      { confirmed: false },
      "Hallmark · Sourcer · touched at stage 1 · not confirmed · Sourced",
      true,
    ],
    [
      "on the deal without a role",
      { rowId: null, role: null, touchStage: null, confirmed: false, outcome: "attached" },
      "Hallmark · no role yet · Attached",
      true,
    ],
    ["touched at stage 0", { touchStage: 0 }, "Hallmark · Sourcer · touched at stage 0 · Sourced", false],
  ])("one %s: dashed while something is missing", async (_what, overrides, title, isDashed) => {
    const [chip] = shown(partner(overrides));
    expect(await saidOf(chip)).toBe(title);
    expect(chip?.className.includes("border-dashed")).toBe(isDashed);
  });

  test("two are shown and the others counted, by name for whoever asks", async () => {
    const many = ["Hallmark", "Vela", "Quorum", "Tidewater"].map((name, at) =>
      partner({ id: `P-${at}`, rowId: `T-${at}`, name }),
    );
    const chips = shown(...many);
    expect(chips.map((chip) => chip.textContent)).toEqual(["HallmarkSourcer · 1", "VelaSourcer · 1", "+2"]);
    expect(await saidOf(chips[2])).toBe("Quorum, Tidewater");
  });

  test("none is involved: the answer leaves its mark", () => {
    const { container } = render(<PartnerChips row={deal({ status: "no_partner" })} />);
    expect(container.textContent).toBe("No partner");
  });
});

describe("what a row offers", () => {
  const offers = (overrides: Partial<DealRow>) =>
    render(
      <SelectionProvider value={{} as Selection}>
        <RowTag row={deal(overrides)} chips={null} />
      </SelectionProvider>,
    )
      .queryAllByRole("button")
      .map(({ textContent }) => textContent);

  test("an open deal is tagged or answered, by whom it is for; a closed one is neither", () => {
    expect(offers({})).toEqual(["Partner", "No partner"]);
    cleanup();
    expect(offers({ may: { tag: "Not yours", noPartner: "Not yours", confirm: [] } })).toEqual([]);
    cleanup();
    expect(offers({ state: "won", closedOn: "2026-04-02", status: "unanswered" })).toEqual([]);
  });
});

describe("a deal where a table has no room", () => {
  test.each<[string, Partial<DealRow>, string[]]>([
    ["open", {}, ["Rivertown", "USD 50,000", "Maren Falk · stage 3"]],
    ["without an account, by its id", { account: null }, ["D-1042"]],
    ["closed", { state: "won", closedOn: "2026-04-02" }, ["Maren Falk · 2 Apr 2026"]],
    ["with something to do", { status: "disputed" }, ["Disputed"]],
  ])("%s", (_what, overrides, texts) => {
    const { container } = render(
      <SelectionProvider value={{} as Selection}>
        <NarrowDeal row={deal(overrides)} currency="USD" me={null} />
      </SelectionProvider>,
    );
    for (const text of texts) expect(container.textContent).toContain(text);
  });
});
