// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { ApiSettings } from "./api-settings";

const EMPTY = {
  all: false,
  keys: [],
  may: { makeOwn: true, makeService: "An admin makes the keys of services" },
};

test("a key is made for what was ticked, and shown once", async () => {
  const { asked } = showOnPage(
    <ApiSettings />,
    {},
    {
      "api-keys-list": () => EMPTY,
      "create-api-key": () => ({
        request: "r",
        answer: { keyId: "AK-1", key: "csk_shown-once", expiresAt: "2026-08-20T09:00:00.000Z" },
      }),
    },
  );
  await userEvent.click(await screen.findByRole("button", { name: "Make a key" }));
  const dialog = await screen.findByRole("dialog");
  const save = within(dialog).getByRole("button", { name: "Make the key" });
  await userEvent.type(within(dialog).getByRole("textbox", { name: /Name/ }), "Forecast sheet");
  await userEvent.click(within(dialog).getByRole("checkbox", { name: /name partners in roles/ }));
  await userEvent.type(within(dialog).getByLabelText(/Your own password/), "correct horse battery");
  await userEvent.click(save);
  expect(await screen.findByText("csk_shown-once")).toBeTruthy();
  expect(asked.find(({ path }) => path.endsWith("create-api-key"))?.body).toEqual({
    ...{ name: "Forecast sheet", scopes: ["read", "write:roles"], days: 90, service: null },
    password: "correct horse battery",
  });
  await userEvent.click(screen.getByRole("button", { name: "Done" }));
  expect(screen.queryByText("csk_shown-once")).toBeNull();
});
