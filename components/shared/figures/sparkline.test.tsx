// @vitest-environment happy-dom
import { render } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import "@/components/ui/dom.fixture";
import { Sparkline } from "./sparkline";

const GROUND = 74;
const drawn = (values: (number | null)[], bars: boolean) => {
  const trend = values.map((value, at) => ({ period: `2026-Q${at + 1}`, value }));
  const { container } = render(<Sparkline trend={trend} bars={bars} />);
  const all = (name: string) => [...container.querySelectorAll(name)];
  const of = (element: Element, name: string) => Number(element.getAttribute(name));
  return {
    bars: all("rect").map((bar) => ({ top: of(bar, "y"), height: of(bar, "height") })),
    points: all("circle").map((point) => ({ x: of(point, "cx"), y: of(point, "cy") })),
    strokes: (all("path")[0]?.getAttribute("d") ?? "").split("M").slice(1),
  };
};

describe("bars", () => {
  test("stand on zero and are as high as what they say", () => {
    const { bars } = drawn([100, 50, 200, 0], true);
    expect(bars.map(({ height }) => height)).toEqual([34, 17, 68, 1]);
    for (const { top, height } of bars.slice(0, 3)) expect(top + height).toBeCloseTo(GROUND);
  });

  test("below zero hang from it", () => {
    const { bars } = drawn([50, -50], true);
    const [over, under] = bars as [(typeof bars)[number], (typeof bars)[number]];
    expect(over.top + over.height).toBeCloseTo(40);
    expect(under.top).toBeCloseTo(39);
    expect(under.height).toBe(over.height);
  });

  test("of an undefined quarter there is none, and all at nothing lie on the ground", () => {
    expect(drawn([100, null, 50], true).bars).toHaveLength(2);
    for (const { top, height } of drawn([0, 0], true).bars) expect(top + height).toBeCloseTo(GROUND);
  });
});

describe("a line", () => {
  test("is not drawn over a quarter that is undefined", () => {
    const { points, strokes } = drawn([1, 2, null, 3, 4], false);
    expect(points.map(({ x }) => x)).toEqual([32, 96, 224, 288]);
    expect(strokes.map((stroke) => stroke.split("L").length)).toEqual([2, 2]);
  });

  test("is measured from zero, not from its lowest point", () => {
    const { points } = drawn([90, 100], false);
    expect(points.map(({ y }) => Math.round(GROUND - y))).toEqual([61, 68]);
  });

  test("of one known quarter is a point alone", () => {
    const { points, strokes } = drawn([null, 0.3, null], false);
    expect(points).toHaveLength(1);
    expect(strokes.every((stroke) => !stroke.includes("L"))).toBe(true);
  });
});
