// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { CATALOGUE } from "@/lib/metrics/catalogue";
import { NumbersSettings } from "./numbers-settings";

const show = () =>
  showOnPage(<NumbersSettings />, {}, { "metrics-catalogue": () => ({ metrics: CATALOGUE }) });

test("shows of a number its formula, who answers for it, its version and what each figure opens to", async () => {
  show();
  const pipeline = await screen.findByRole("region", { name: "Partner-sourced pipeline" });
  expect(pipeline.textContent).toContain("Head of partnerships answers for it");
  expect(pipeline.textContent).toContain("Version 1");
  const share = within(pipeline).getByRole("row", { name: /Share of all pipeline created/ });
  expect(share.textContent).toContain("Sourced, created · All created");
  expect(within(share).getByText("share")).toBeTruthy();
  const commit = screen.getByRole("region", { name: "Commit" });
  expect(within(commit).queryByRole("columnheader", { name: "Column" })).toBeNull();
});

test("finds a number by the name of one of its figures", async () => {
  show();
  await screen.findByRole("region", { name: "Partner-sourced pipeline" });
  await userEvent.type(screen.getByRole("textbox", { name: "Find a number" }), "coverage");
  expect(screen.getAllByRole("region").map((region) => region.id)).toEqual(["pace"]);
});
