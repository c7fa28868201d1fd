// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { refusal, showOnPage } from "@/components/shared/page.fixture";
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

const KEY = {
  ...{ id: "AK-1", name: "Forecast sheet", hint: "csk_ab12", owner: { id: "U-1", name: "Maren Falk" } },
  ...{ role: "ae", scopes: ["read"], createdAt: "2026-04-20T09:00:00.000Z", revokedAt: null, expired: false },
  ...{ expiresAt: "2026-08-20T09:00:00.000Z", usedAt: null, may: { revoke: true } },
};
const showKeys = (...keys: object[]) =>
  showOnPage(
    <ApiSettings />,
    {},
    {
      "api-keys-list": () => ({ ...EMPTY, keys }),
      "revoke-api-key": () => ({ request: "r", answer: { keyId: "AK-1" } }),
    },
  );

test("a key's row says what it is for, until when, and when it was last used, or that it never was", async () => {
  showKeys(
    KEY,
    { ...KEY, id: "AK-2", name: "Warehouse", usedAt: "2026-04-29T14:30:00.000Z" },
    { ...KEY, id: "AK-3", name: "Old sheet", expired: true },
  );
  const [fresh, used, over] = await screen.findAllByRole("listitem");
  expect(fresh!.textContent).toMatch(/csk_ab12….*read.*until 20 Aug 2026.*never used/);
  expect(used!.textContent).toMatch(/last used 29 Apr/);
  expect(within(over!).getByText("Over")).toBeTruthy();
  // One's own keys need not say whose they are.
  expect(fresh!.textContent).not.toContain("Maren Falk");
});

test("a key is ended by a press, and one that has ended has no button for it", async () => {
  const { asked } = showKeys(KEY, { ...KEY, id: "AK-2", name: "Old", revokedAt: "2026-04-01T09:00:00.000Z" });
  expect(await screen.findByText("Revoked")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Revoke Old" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Revoke Forecast sheet" }));
  await waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith("revoke-api-key"))?.body).toEqual({ keyId: "AK-1" }),
  );
});

test("whoever has no password is asked for none, and has the way to a fresh sign-in", async () => {
  const rule =
    "you have no password to ask for: sign in anew by single sign-on to make a key within ten minutes";
  const { asked } = showOnPage(
    <ApiSettings />,
    {},
    {
      "api-keys-list": () => EMPTY,
      account: () => ({
        ...{ email: "x@y.test", demo: false, passwordSetAt: null, passwordOwn: false, passkeys: [] },
        ...{ signOn: { isSetUp: true, identities: [] }, sessions: [] },
      }),
      "create-api-key": () => refusal(422, { code: "invalid", field: "", value: null, rule }),
    },
  );
  await userEvent.click(await screen.findByRole("button", { name: "Make a key" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByRole("button", { name: "Sign in anew" })).toBeTruthy();
  expect(dialog.queryByLabelText(/Your own password/)).toBeNull();
  await userEvent.type(dialog.getByRole("textbox", { name: /Name/ }), "Sheet");
  await userEvent.click(dialog.getByRole("button", { name: "Make the key" }));
  expect(await dialog.findByText(/no password to ask for/i)).toBeTruthy();
  expect(asked.find(({ path }) => path.endsWith("create-api-key"))?.body).toEqual({
    ...{ name: "Sheet", scopes: ["read"], days: 90, service: null },
  });
});

const MESSAGE = {
  ...{
    id: "d-1",
    endpoint: "Warehouse",
    event: "exception.raised",
    messageId: "msg_1",
    state: "failed",
    attempts: 12,
  },
  problem: "The other side answered 503",
  ...{ createdAt: "2026-05-20T09:00:00.000Z", dueAt: "2026-05-20T09:00:00.000Z", sentAt: null },
};

test("an admin sees what did not arrive and why, and has it sent again; others see no webhooks", async () => {
  const { asked } = showOnPage(
    <ApiSettings />,
    {},
    {
      "api-keys-list": () => ({ ...EMPTY, all: true }),
      "webhooks-list": () => ({
        endpoints: [
          {
            ...{
              id: "WE-1",
              name: "Warehouse",
              address: "https://hooks.test/in",
              events: ["exception.raised"],
            },
            ...{ waiting: 0, failed: 1, pausedAt: null },
          },
        ],
        ...{ messages: [MESSAGE], more: false, may: { keep: true } },
      }),
      "resend-webhook": () => ({ request: "r", answer: { deliveryId: "d-1" } }),
    },
  );
  expect(await screen.findByText(/The other side answered 503/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /^Send again/ }));
  expect(asked.find(({ path }) => path.endsWith("resend-webhook"))?.body).toEqual({ deliveryId: "d-1" });
});

const WAREHOUSE = {
  ...{ id: "WE-1", name: "Warehouse", address: "https://hooks.test/in", events: ["exception.raised"] },
  ...{ waiting: 2, failed: 0, pausedAt: null as string | null },
};
const showEndpoint = (endpoint: typeof WAREHOUSE, keep: true | string = true) =>
  showOnPage(
    <ApiSettings />,
    {},
    {
      "api-keys-list": () => ({ ...EMPTY, all: true }),
      "webhooks-list": () => ({ endpoints: [endpoint], messages: [], more: false, may: { keep } }),
      "edit-webhook": () => ({ request: "r", answer: { endpointId: "WE-1" } }),
    },
  );

test("a webhook is paused and taken up again by a press, and says that what happens waits", async () => {
  const { asked } = showEndpoint(WAREHOUSE);
  await userEvent.click(await screen.findByRole("button", { name: "Pause Warehouse" }));
  const sent = () => asked.find(({ path }) => path.endsWith("edit-webhook"))?.body;
  await waitFor(() => expect(sent()).toEqual({ endpointId: "WE-1", changes: { paused: true } }));
});

test("a paused one says so and is resumed", async () => {
  const { asked } = showEndpoint({ ...WAREHOUSE, pausedAt: "2026-05-20T09:00:00.000Z" });
  expect(await screen.findByText("Paused")).toBeTruthy();
  expect(screen.getByText("2 messages kept")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Resume Warehouse" }));
  const sent = () => asked.find(({ path }) => path.endsWith("edit-webhook"))?.body;
  await waitFor(() => expect(sent()).toEqual({ endpointId: "WE-1", changes: { paused: false } }));
});

test("its address is changed in place; before something is another there is nothing to save", async () => {
  const { asked } = showEndpoint(WAREHOUSE);
  await userEvent.click(await screen.findByRole("button", { name: "Edit Warehouse" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByRole("button", { name: "Save" })).toHaveProperty("disabled", true);
  await userEvent.type(dialog.getByRole("textbox", { name: /Address/ }), "?new");
  await userEvent.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(asked.find(({ path }) => path.endsWith("edit-webhook"))?.body).toEqual({
      endpointId: "WE-1",
      changes: { name: "Warehouse", address: "https://hooks.test/in?new", events: ["exception.raised"] },
    }),
  );
});

test("who is no admin sees their keys alone, and asks for no webhooks", async () => {
  const { asked } = showOnPage(<ApiSettings />, {}, { "api-keys-list": () => EMPTY });
  await screen.findByText("Your keys");
  expect(asked.some(({ path }) => path.includes("webhooks-list"))).toBe(false);
});
