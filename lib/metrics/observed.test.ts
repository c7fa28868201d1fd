import { expect, test } from "vitest";
import { fasterWithPartners } from "./observed";

const way = (accountId: string, days: number, partnerOn: string | null) => ({
  accountId,
  stages: [
    { stage: 0 as const, enteredOn: "2025-12-01" },
    { stage: 2 as const, enteredOn: "2026-01-01" },
  ],
  closedOn: `2026-01-${String(1 + days).padStart(2, "0")}`,
  partnerOn,
});
const many = (accountId: string, days: number, partnerOn: string | null) =>
  Array.from({ length: 5 }, () => way(accountId, days, partnerOn));

test("an account is told whose stages are shorter with a partner, each side with its number", () => {
  const ways = [
    ...many("A", 4, "2026-01-03"),
    ...many("A", 10, null),
    ...many("B", 9, "2026-01-01"),
    ...many("B", 2, null),
  ];
  expect(fasterWithPartners(ways)).toEqual([
    { accountId: "A", with: { median: 4, n: 5 }, without: { median: 10, n: 5 } },
  ]);
});

test("a partner who came between two stages was in the second alone", () => {
  const two = (partnerOn: string | null) => ({
    ...{ accountId: "A", closedOn: "2026-01-13", partnerOn },
    stages: [
      { stage: 2 as const, enteredOn: "2026-01-01" },
      { stage: 3 as const, enteredOn: "2026-01-11" },
    ],
  });
  expect(fasterWithPartners(Array.from({ length: 5 }, () => two("2026-01-12")))).toEqual([
    { accountId: "A", with: { median: 2, n: 5 }, without: { median: 10, n: 5 } },
  ]);
});

test("a partner who came after a stage was left was not in it, and four are too few to tell", () => {
  const late = [...many("A", 4, "2026-01-20"), ...many("A", 10, null)];
  expect(fasterWithPartners(late)).toEqual([]);
  expect(fasterWithPartners([...many("A", 4, "2026-01-01").slice(1), ...many("A", 10, null)])).toEqual([]);
});
