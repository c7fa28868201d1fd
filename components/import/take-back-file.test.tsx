// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { Toasts } from "@/components/ui/toasts";
import type { Outputs } from "@/lib/api/client";
import { TakeBackFile } from "./take-back-file";

const FILE = { id: "IM-1", fileName: "deals.csv" } as Outputs["importsList"]["imports"][number];
const answer = { importId: "IM-1", removed: 1, restored: 2, stayed: 0, stays: [] };

test("says what would go before, and what went after", async () => {
  showOnPage(
    <>
      <TakeBackFile file={FILE} />
      <Toasts />
    </>,
    {},
    {
      rehearse: () => ({ answer, touched: 3, leftOut: [], deals: [] }),
      "take-back-import": () => ({ request: "R-1", answer }),
    },
  );
  await userEvent.click(screen.getByRole("button", { name: "Take back deals.csv" }));
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByText("1 row goes, 2 rows are again what they were and nothing stays.");
  await userEvent.click(within(dialog).getByRole("button", { name: "Take this file back" }));
  expect(
    await screen.findByText("1 row went, 2 rows are again what they were and nothing stayed."),
  ).toBeTruthy();
});
