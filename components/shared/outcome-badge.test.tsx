// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import "@/components/ui/dom.fixture";
import { OUTCOMES } from "@/lib/attribution/vocabulary";
import { OUTCOME_WORDS } from "@/lib/attribution/words";
import { OutcomeBadge } from "./outcome-badge";

const shown = (outcome: (typeof OUTCOMES)[number]) => {
  const { container } = render(<OutcomeBadge outcome={outcome} />);
  const glyph = container.querySelector("svg") as SVGElement;
  return { glyph, shape: glyph.innerHTML, colour: glyph.style.color };
};

describe("an outcome", () => {
  test.each(OUTCOMES)("%s carries its word, and a glyph that says nothing more", (outcome) => {
    const { glyph } = shown(outcome);
    expect(screen.getByText(OUTCOME_WORDS[outcome].label)).toBeTruthy();
    expect(glyph.getAttribute("aria-hidden")).toBe("true");
  });

  // Two names of one thing under two models share their look; nothing else may.
  const SAME = [
    ["influenced", "influence"],
    ["assisted", "assisted_close"],
    ["none", "unattributed"],
  ];
  const pairs = OUTCOMES.flatMap((one, at) => OUTCOMES.slice(at + 1).map((other) => [one, other] as const));
  const apart = pairs.filter(
    ([one, other]) => !SAME.some((same) => same.includes(one) && same.includes(other)),
  );
  test.each(apart)("%s and %s are told apart without colour, and by colour", (one, other) => {
    const [a, b] = [shown(one), shown(other)];
    expect(a.shape).not.toBe(b.shape);
    expect(a.colour).not.toBe(b.colour);
  });
});
