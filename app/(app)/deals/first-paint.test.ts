import { createLoader } from "nuqs/server";
import { expect, test } from "vitest";
import { closingInput, DEALS_PARAMS, firstInput } from "@/components/deals/deals-filters";
import { dealsList } from "@/lib/queries/deals/deals-list";

const load = createLoader(DEALS_PARAMS);

// A question that is refused leaves the page without its first paint, and nobody is told.
test.each(["", "q=a&state=open&sort=amount&dir=asc", "stage=4,5&owner=Maren&decision=true"])(
  "what the server asks for the first paint of ?%s is a question that the list takes",
  (address) => {
    const asked = firstInput(load(new URLSearchParams(address)));
    expect(dealsList.input.safeParse(asked).error).toBeUndefined();
  },
);

test.each([true, false])("so is the strip's, for whoever owns deals: %s", (owns) => {
  expect(dealsList.input.safeParse(closingInput(owns)).error).toBeUndefined();
});
