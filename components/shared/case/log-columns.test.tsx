// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { ExceptionLine } from "./answers";
import { NarrowLogRow } from "./log-columns";
import { type CaseSelection, SelectionProvider } from "./selection";

const NOTHING_TAKEN: CaseSelection = {
  ...{ cases: [], toggle: () => {}, reach: () => {}, all: () => {}, clear: () => {} },
  ...{ isOn: () => false, isPartly: () => false },
};
const line = (currency: string) =>
  ({
    ...{ id: "E-1", kind: "late_record", dealId: "D-1", account: "Rivertown", amount: 1_254_050, currency },
    ...{ state: "open", votes: [], split: false, ageDays: 3, owner: null },
  }) as unknown as ExceptionLine;

test.each([
  ["USD", "sr-only"],
  ["EUR", "text-[0.85em] text-ink-3"],
])(
  "an amount in %s has no cents, and shows its currency only where it is not the house's",
  (currency, look) => {
    const { container } = showOnPage(
      <SelectionProvider value={NOTHING_TAKEN}>
        <NarrowLogRow of={{ is: "case", id: "E-1", row: line(currency), isInGroup: false }} />
      </SelectionProvider>,
    );
    const code = [...container.querySelectorAll("span")].find(
      ({ textContent }) => textContent === `${currency} `,
    );
    expect([code?.className, code?.parentElement?.textContent]).toEqual([look, `${currency} 12,541`]);
  },
);
