import { expect, test } from "vitest";
import { differences } from "@/components/shared/differences";
import { aboutWords, actionWords } from "./audit-words";

test("only what differs is told, in words", () => {
  const before = { id: "T-1", role: "co_seller", touchedOn: "2026-03-04", confirmedOn: null };
  const after = { id: "T-1", role: "sourcer", touchedOn: "2026-03-04", confirmedOn: "2026-03-09" };
  expect(differences(before, after, "UTC")).toEqual([
    { field: "Role", before: "co seller", after: "sourcer" },
    { field: "Confirmed on", before: null, after: "9 Mar 2026" },
  ]);
});

test("what began and what ended stand on one side", () => {
  expect(differences(null, { amount: 120_000, currency: "USD" }, "UTC")).toEqual([
    { field: "Amount", before: null, after: "USD 1,200.00" },
    { field: "Currency", before: null, after: "USD" },
  ]);
  expect(differences({ name: "Northgate" }, null, "UTC")).toEqual([
    { field: "Name", before: "Northgate", after: null },
  ]);
  expect(differences(null, null, "UTC")).toEqual([]);
});

test("an action that has no words yet is told by its name", () => {
  expect(actionWords("tag-partner")).toBe("tagged a partner");
  expect(actionWords("freeze-quarter")).toBe("froze a quarter");
  expect(actionWords("paint-wall")).toBe("paint wall");
});

test("an entry names its deal, or whose record changed", () => {
  const kofi = { name: "Kofi Brandt", disabledAt: null };
  expect(aboutWords({ dealId: "D-1", before: { name: "x" }, after: null })).toBe("D-1");
  expect(aboutWords({ dealId: null, before: kofi, after: kofi })).toBe("Kofi Brandt");
  expect(aboutWords({ dealId: null, before: null, after: kofi })).toBeNull();
});
