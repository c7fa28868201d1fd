// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import "./dom.fixture";
import { expect, test } from "vitest";
import { Settled } from "./settled";

test("lights up at what changed, and not at what was there", () => {
  const shown = (value: string) => <Settled value={value}>{value}</Settled>;
  const { rerender } = render(shown("open"));
  expect(screen.getByText("open").className).toBe("");
  rerender(shown("open"));
  expect(screen.getByText("open").className).toBe("");
  rerender(shown("won"));
  expect(screen.getByText("won").className).toBe("settled");
  rerender(shown("open"));
  expect(screen.getByText("open").className).toBe("settled");
});
