// @vitest-environment happy-dom
import { waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Step } from "./steps";
import { useCasesBeside } from "./use-cases-beside";

const of = (id: string, caseState: Step["caseState"]): Step => ({ id, name: id, caseState });
const STEPS = [
  ...[of("exceptions", null), of("E-1", "open"), of("E-2", "settled"), of("E-3", "open"), of("E-4", "open")],
  of("minutes", null),
];

function At({ at, isSealed = false }: { at: number; isSealed?: boolean }) {
  useCasesBeside(STEPS, at, isSealed);
  return null;
}

test.each([
  ["the list of cases", 0, ["E-1"]],
  ["a case: the next one to decide, and the one before", 3, ["E-4", "E-1"]],
  ["the last case", 4, ["E-3"]],
])("from %s, the cases beside it are asked for", async (_where, at, wanted) => {
  const seen: (string | null)[] = [];
  showOnPage(
    <At at={at} />,
    {},
    {
      exception: (_body, query) => {
        seen.push(query.get("exceptionId"));
        return {};
      },
    },
  );
  await waitFor(() => expect(seen).toEqual(wanted));
});

test("of a sealed quarter none is asked for", async () => {
  const { asked } = showOnPage(<At at={3} isSealed />, {}, { exception: () => ({}) });
  await new Promise((done) => setTimeout(done, 20));
  expect(asked).toEqual([]);
});
