// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { useMe } from "@/components/shared/use-me";
import { useDayTurn } from "./day-turn";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function Open() {
  useDayTurn();
  return <p>{useMe()?.today}</p>;
}

const asks = (asked: readonly { path: string }[]) => asked.filter(({ path }) => path.endsWith("/me")).length;

test.each([
  ["Los Angeles", "America/Los_Angeles", "2026-04-01T06:58:00Z"],
  ["Sydney", "Australia/Sydney", "2026-03-31T12:58:00Z"],
])("a page left open asks again after midnight in %s, and not before", async (_, timeZone, instant) => {
  vi.setSystemTime(new Date(instant));
  const { asked } = showOnPage(<Open />, { timeZone, today: "2026-03-31" });
  await act(() => vi.advanceTimersByTimeAsync(90_000));
  expect(asks(asked)).toBe(0);
  await act(() => vi.advanceTimersByTimeAsync(90_000));
  expect(asks(asked)).toBeGreaterThan(0);
});
