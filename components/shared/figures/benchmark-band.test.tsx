// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import "@/components/ui/dom.fixture";
import type { BenchmarkReport, FigureReport } from "@/lib/metrics/quarter-report";
import { BenchmarkBand } from "./benchmark-band";

const BAND = { low: 0.2, high: 0.4, words: "20 to 40 % more" };

const figure = (overrides: Partial<FigureReport>, stands: BenchmarkReport["stands"]): FigureReport => ({
  key: "lift",
  name: "Lift",
  unit: "share",
  value: 0.3,
  evidence: null,
  interval: { low: 0.25, high: 0.36 },
  benchmark: { ...BAND, stands },
  prior: 0.3,
  yearBefore: 0.3,
  opens: [],
  adds: "deals",
  ...overrides,
});

const show = (one: FigureReport, tooFew = false) => {
  const { container } = render(<BenchmarkBand figure={one} tooFew={tooFew} currency="USD" />);
  const marks = [...container.querySelectorAll<HTMLElement>("[aria-hidden] [style]")];
  const left = (mark: HTMLElement | undefined) => (mark ? Number.parseFloat(mark.style.left) : null);
  const [band, ...rest] = marks;
  return { container, band: left(band), value: left(rest.at(-1)), marks: marks.length };
};

describe("where a figure stands", () => {
  test.each([
    ["below", 0.1, "Worse than the benchmark"],
    ["within", 0.3, "Within the benchmark"],
    ["above", 0.7, "Better than the benchmark"],
  ] as const)("%s the band: said in words, and drawn on the same side of it", (stands, value, words) => {
    const interval = { low: value - 0.05, high: value + 0.05 };
    const shown = show(figure({ value, interval }, stands));
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.getByText(`${(value * 100).toFixed(1)} %`)).toBeTruthy();
    expect(screen.getByText(BAND.words)).toBeTruthy();
    const [from, at] = [shown.band as number, shown.value as number];
    expect(at < from).toBe(stands === "below");
    expect(shown.marks).toBe(3);
  });

  test("without an interval only the value is drawn in the band", () => {
    expect(show(figure({ interval: null }, "within")).marks).toBe(2);
  });

  test.each([-5, -1, 0, 0.3, 2, 50])("%d stays on the line, and so does the band", (value) => {
    const shown = show(figure({ value, interval: null }, "above"));
    for (const at of [shown.band, shown.value]) {
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(100);
    }
  });
});

describe("what cannot be compared", () => {
  test("too few deals: the band alone, neither value nor verdict", () => {
    const shown = show(figure({}, null), true);
    expect(screen.getByText("Too few deals to tell")).toBeTruthy();
    expect(screen.queryByText("30.0 %")).toBeNull();
    expect(shown.marks).toBe(1);
  });

  test("an undefined figure", () => {
    const shown = show(figure({ value: { undefined: "no_direct_closed" }, interval: null }, null));
    expect(screen.getByText("Not comparable")).toBeTruthy();
    expect(shown.marks).toBe(1);
  });

  test("a figure without a benchmark has no band", () => {
    expect(show(figure({ benchmark: null }, null)).container.innerHTML).toBe("");
  });
});
