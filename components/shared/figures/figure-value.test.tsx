// @vitest-environment happy-dom
import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import "@/components/ui/dom.fixture";
import type { FigureReport } from "@/lib/metrics/quarter-report";
import { UNDEFINED_REASONS, type UndefinedReason } from "@/lib/metrics/value";
import { FigureValue, ValueText } from "./figure-value";

const figure = (overrides: Partial<FigureReport> = {}): FigureReport => ({
  key: "winRate",
  name: "Influenced win rate",
  unit: "share",
  value: 0.25,
  evidence: null,
  interval: null,
  benchmark: null,
  prior: 0.2,
  yearBefore: 0.1,
  opens: [],
  adds: "deals",
  ...overrides,
});

const show = (overrides: Partial<FigureReport>) =>
  render(
    <FigureValue figure={figure(overrides)} metric="influencedWinRate" quarter="2026-Q1" currency="USD" />,
  ).container;

const part = (name: string, deals: number) => ({ part: name, name: `${name} deals`, deals });

describe("a number", () => {
  test.each([
    ["money", 123_456_78, "USD 123,457"],
    ["perUnit", 0.126, "USD 0.13"],
    ["share", 0.2534, "25.3 %"],
    ["times", 1.5, "1.50 ×"],
    ["days", 1, "1 day"],
    ["days", 62.5, "62.5 days"],
    ["days", -3, "−3 days"],
    ["deals", 12_400, "12,400"],
  ] as const)("in %s: %d reads %s, none of it lost between digits and unit", (unit, value, text) => {
    const { container } = render(<ValueText value={value} unit={unit} currency="USD" />);
    expect(container.textContent).toBe(text);
  });

  test("its unit is quieter than its digits", () => {
    const { container } = render(<ValueText value={123_00} unit="money" currency="USD" />);
    expect([...container.querySelectorAll("span span")].map((span) => span.textContent)).toEqual(["USD "]);
  });
});

describe("a number that does not exist", () => {
  const reasons = Object.entries(UNDEFINED_REASONS) as [UndefinedReason, string][];
  test.each(reasons)("%s: a dash, and the reason for eye and ear; never a 0", (reason, words) => {
    const { container } = render(<ValueText value={{ undefined: reason }} unit="share" currency="USD" />);
    expect(container.textContent).toBe(`—undefined: ${words}`);
    expect(screen.getByText(`undefined: ${words}`)).toBeTruthy();
    expect(screen.getByText("—").getAttribute("aria-hidden")).toBe("true");
  });

  test("names what is missing where the reason alone does not", () => {
    render(
      <ValueText
        value={{ undefined: "missing_rate", detail: "EUR in 2026-Q1" }}
        unit="money"
        currency="USD"
      />,
    );
    expect(screen.getByText(`undefined: ${UNDEFINED_REASONS.missing_rate} EUR in 2026-Q1.`)).toBeTruthy();
  });

  test("still opens to the deals it would be counted from", () => {
    show({ value: { undefined: "no_closed" }, opens: [part("won", 0), part("closed", 0)] });
    expect(screen.getByRole("link").getAttribute("href")).toContain("part=won%2Cclosed");
  });
});

describe("what a figure opens to", () => {
  test("all the deals of all its parts, numerator first", async () => {
    show({ opens: [part("won", 3), part("closed", 9)] });
    const link = screen.getByRole("link", { name: "25.0 %" });
    const address = new URL(link.getAttribute("href") as string, "http://here");
    expect([address.pathname, Object.fromEntries(address.searchParams)]).toEqual([
      "/deals",
      {
        quarter: "2026-Q1",
        number: "influencedWinRate",
        part: "won,closed",
        scope: "all",
        figure: "winRate",
        // Its sets stand apart, one after the other.
        sort: "set",
        dir: "asc",
      },
    ]);
    fireEvent.pointerEnter(link);
    expect((await screen.findByRole("tooltip")).textContent).toBe("Open its deals: won deals; closed deals");
  });

  test("a cost, which is made of no deals: what finance recorded", () => {
    show({ unit: "money", name: "Programme cost", value: 90_000_00 });
    const link = screen.getByRole("link", { name: "Programme cost, open the recorded costs" });
    expect(link.getAttribute("href")).toBe("/settings/finance?quarter=2026-Q1");
  });

  test("nothing, where there is nothing to open", () => {
    show({ unit: "times", value: 2 });
    expect(screen.queryByRole("link")).toBeNull();
  });
});
