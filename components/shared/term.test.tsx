// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { GLOSSARY, TERMS } from "@/lib/attribution/glossary";
import { showOnPage } from "./page.fixture";
import { Term } from "./term";

test("a word says what it means on focus, and opens all of them on a press", async () => {
  showOnPage(<Term of="net_new">new to us</Term>);
  const word = screen.getByRole("button", { name: "new to us" });
  await userEvent.hover(word);
  expect((await screen.findByRole("tooltip")).textContent).toBe(GLOSSARY.net_new.definition);
  await userEvent.click(word);
  const all = within(await screen.findByRole("dialog", { name: "Words" }));
  expect(all.getAllByRole("term").length).toBe(TERMS.length);
  await userEvent.type(all.getByRole("textbox", { name: "Find a word" }), "restat");
  expect(all.getAllByRole("term").map((term) => term.textContent)).toEqual([GLOSSARY.restatement.label]);
});
