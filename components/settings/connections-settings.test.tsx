// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { newSettings } from "@/lib/interchange/connection";
import { ConnectionsSettings } from "./connections-settings";

const LISTED = {
  ...{
    id: "CN-1",
    system: "salesforce",
    name: "Salesforce, production",
    address: "https://x.my.salesforce.com",
  },
  ...{ onSince: null, acceptedOn: null, asked: null, problem: null, readAt: null, refused: 0, differs: 0 },
};
const LOOKED = {
  as: "Northbeam (Enterprise Edition)",
  stages: [{ key: "Prospecting", label: "Prospecting", likely: { stage: 1, outcome: "open" } }],
  types: [],
  roles: [{ key: "VAR/Reseller", label: "VAR/Reseller", likely: null }],
  fields: [
    { key: "Countersign_Outcome__c", label: "Partner outcome" },
    { key: "Countersign_Receipt__c", label: "Gate receipt" },
    { key: "Other__c", label: "Other" },
  ],
  deals: 42,
};
const ONE = {
  ...{ ...LISTED, settings: newSettings("USD"), acceptedBy: null, looked: LOOKED as object | null },
  ...{
    lookedAt: "2026-04-30T07:00:00Z",
    rehearsed: null,
    isRehearsed: false,
    runs: [],
    refused: [],
    differs: [],
  },
  may: {
    ...{
      keep: true,
      rehearse: true,
      accept: "Finance accepts a connection",
      unaccept: "It is accepted by nobody",
    },
    ...{
      switchOn: "Make a dry run first: nobody has seen what these settings would change",
      sync: "It is switched off",
    },
  },
};

function show(
  one: object = ONE,
  { role = "admin", address = "connection=CN-1", keep = true as true | string } = {},
) {
  const written = () => ({ request: "r", answer: { connectionId: "CN-1" } });
  return showOnPage(
    <ConnectionsSettings />,
    { user: { id: "U-1", name: "Rita Moss", role: role as "admin", ownerName: null } },
    {
      "connections-list": () => ({ connections: [LISTED], may: { keep } }),
      "evidence-model": () => ({ model: null, waiting: 0, latest: [], may: { keep } }),
      connection: () => one,
      "partners-list": () => ({ partners: [{ id: "P-1", name: "Northgate", kind: "integrator" }] }),
      ...{ "create-connection": written, "edit-connection": written, "ask-connection": written },
    },
    {},
    address,
  );
}
const bodyOf = (asked: ReturnType<typeof show>["asked"], name: string) =>
  asked.find(({ path }) => path.endsWith(name))?.body;

test("an AE is told who looks after connections, and nothing is asked", async () => {
  const { asked } = show(ONE, { role: "ae", address: "" });
  expect(await screen.findByText("Looked after by an admin")).toBeTruthy();
  expect(asked).toEqual([]);
});

test("a connection is opened to its four steps, and is not switched on before a dry run", async () => {
  show(ONE, { address: "" });
  await userEvent.click(await screen.findByRole("button", { name: "Open Salesforce, production" }));
  expect(await screen.findByText(/as Northbeam \(Enterprise Edition\): 42 deals, 1 stage/)).toBeTruthy();
  for (const step of [/^1\. /, /^2\. /, /^3\. /, /^4\. /])
    expect(screen.getByRole("heading", { name: step })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Switch on" }).getAttribute("aria-disabled")).toBe("true");
});

test("the blueprint's fields are proposed where they are there, the receipt to be read; nothing is saved unasked", async () => {
  const { asked } = show();
  const save = await screen.findByRole("button", { name: "Save words" });
  expect(bodyOf(asked, "edit-connection")).toBeUndefined();
  await userEvent.click(save);
  await waitFor(() =>
    expect(bodyOf(asked, "edit-connection")).toMatchObject({
      connectionId: "CN-1",
      changes: {
        stages: { Prospecting: { stage: 1, outcome: "open" } },
        writeBack: { outcome: "Countersign_Outcome__c" },
        receiptField: "Countersign_Receipt__c",
      },
    }),
  );
});

test("a dry run is asked for by a press", async () => {
  const { asked } = show();
  await userEvent.click(await screen.findByRole("button", { name: "Make a dry run" }));
  await waitFor(() =>
    expect(bodyOf(asked, "ask-connection")).toEqual({ connectionId: "CN-1", ask: "rehearse" }),
  );
});

test("a portal's own keys and statuses are translated to partners and statuses of ours", async () => {
  const portal = {
    ...ONE,
    ...{ system: "prm", name: "The portal" },
    looked: {
      ...{ ...LOOKED, stages: [], roles: [], fields: [], deals: 2 },
      statuses: [{ key: "Cooking", label: "Cooking", likely: null }],
      partners: [{ key: "acme", label: "Acme Consulting", likely: null }],
    },
  };
  const { asked } = show(portal);
  expect(await screen.findByText(/: 2 registrations\./)).toBeTruthy();
  expect(screen.getByText(/\/api\/v1\/heard\/CN-1/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /Partner: Acme Consulting/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Northgate" }));
  await userEvent.click(screen.getByRole("button", { name: /Status: Cooking/ }));
  await userEvent.click(await screen.findByRole("option", { name: "No registration yet" }));
  await userEvent.click(screen.getByRole("button", { name: "Save words" }));
  await waitFor(() =>
    expect(bodyOf(asked, "edit-connection")).toMatchObject({
      changes: { partners: { acme: "P-1" }, statuses: { Cooking: null } },
    }),
  );
});

test("a portal is named with its one secret and in whose words it tells", async () => {
  const { asked } = show(ONE, { address: "" });
  await userEvent.click(await screen.findByRole("button", { name: "Add connection" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("radio", { name: "Partner portal" }));
  await userEvent.type(dialog.getByRole("textbox", { name: /Name/ }), "PartnerStack");
  await userEvent.type(dialog.getByRole("textbox", { name: /Address/ }), "https://app.partnerstack.com");
  await userEvent.type(dialog.getByLabelText(/Signing secret/), "whsec_x");
  await userEvent.click(dialog.getByRole("button", { name: "Add and test" }));
  await waitFor(() =>
    expect(bodyOf(asked, "create-connection")).toEqual({
      ...{ system: "prm", name: "PartnerStack", address: "https://app.partnerstack.com", portal: "own" },
      secrets: { signingSecret: "whsec_x" },
    }),
  );
});

test("each CRM's blueprint is a file to download", async () => {
  show(ONE, { address: "" });
  const links = await screen.findAllByRole("link", { name: /^Blueprint for/ });
  expect(links.map((link) => link.getAttribute("href"))).toEqual([
    "/api/v1/blueprints/salesforce.zip",
    "/api/v1/blueprints/hubspot.zip",
  ]);
});
