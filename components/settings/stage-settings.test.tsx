// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { StageSettings } from "./stage-settings";

const HISTORY = {
  kind: "stage_history",
  fields: {
    deal_id: { column: "Opportunity" },
    stage: { column: "Stage", values: { Prospecting: "1", Proposal: "4" } },
    entered_on: { column: "On" },
  },
};
const waiting = (kind: string, field: string, value: string) => ({ kind, field, value, rows: 12, files: 2 });

function show(may = true) {
  return showOnPage(
    <StageSettings />,
    { may: may ? { "import.run": "any" } : {} },
    {
      "mappings-list": () => ({
        mappings: [
          {
            id: "M-1",
            name: "CRM history",
            kind: "stage_history",
            document: HISTORY,
            createdAt: "2026-04-01T00:00:00Z",
          },
          {
            id: "M-2",
            name: "Rates",
            kind: "rates",
            document: { kind: "rates" },
            createdAt: "2026-04-01T00:00:00Z",
          },
        ],
      }),
      "unmapped-values": () => ({
        days: 90,
        values: [
          waiting("stage_history", "stage", "Pilot"),
          waiting("stage_history", "stage", "Proposal"),
          waiting("deals", "stage", "Legal"),
        ],
      }),
      "save-mapping": () => ({ request: "R-1", answer: { mappingId: "M-1" } }),
    },
  );
}

test("what imports met and nobody has told comes first, with its rows; what is told since is not counted", async () => {
  show();
  const stages = within(await screen.findByRole("list")).getAllByRole("listitem");
  expect(stages.map((one) => one.textContent)).toEqual([
    expect.stringMatching(/^Pilot12 rows refused in 2 files.*Refuse these rows/),
    expect.stringMatching(/^Prospecting.*1 Demand/),
    expect.stringMatching(/^Proposal.*4 Business case/),
  ]);
});

test("is told in place, and the mapping keeps all else that it says", async () => {
  const { asked } = show();
  await userEvent.click(await screen.findByRole("button", { name: /What “Pilot” means/ }));
  await userEvent.click(await screen.findByRole("option", { name: /^3 / }));
  await waitFor(() => expect(asked.at(-1)?.path).not.toBe(undefined));
  const saved = asked.find(({ path }) => path.endsWith("save-mapping"))?.body as {
    document: unknown;
    name: string;
  };
  expect(saved.name).toBe("CRM history");
  expect(saved.document).toMatchObject({
    kind: "stage_history",
    fields: {
      ...HISTORY.fields,
      stage: { column: "Stage", values: { Prospecting: "1", Proposal: "4", Pilot: "3" } },
    },
  });
});

test("whoever may not import reads it only", async () => {
  show(false);
  const select = await screen.findByRole<HTMLButtonElement>("button", { name: /What “Pilot” means/ });
  expect(select.disabled).toBe(true);
});
