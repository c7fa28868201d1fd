// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { TERMS } from "@/lib/attribution/glossary";
import { KeysDialog } from "./keys-dialog";
import { showOnPage } from "./page.fixture";

test("beside the keys stand the words of the domain", async () => {
  showOnPage(<KeysDialog isOpen onClose={() => {}} />);
  const keys = await screen.findByRole("dialog", { name: "Keys" });
  await userEvent.click(within(keys).getByRole("button", { name: "What the words mean" }));
  const words = await screen.findByRole("dialog", { name: "Words" });
  expect(within(words).getAllByRole("term")).toHaveLength(TERMS.length);
});
