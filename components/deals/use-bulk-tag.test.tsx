// @vitest-environment happy-dom
import "@/components/shared/page.fixture";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { DealRow } from "./deal-row";
import { useBulkTag } from "./use-bulk-tag";

const closed = { state: "won", closedOn: "2026-04-02", may: { tag: true } };
const rows = ["D-1", "D-2", "D-3"].map((id) => ({ id, outcome: "none", state: "open" }) as DealRow);
const stand = (outcome: string) => ({
  ...{ account: null, state: "open" },
  result: { outcome, partners: [], gray: [] },
});
const becomes = (dealId: string) => ({ dealId, before: stand("none"), after: stand("sourced") });
const rule = "Hallmark holds this role on the deal already";

function Dialog({ more = [] }: { more?: readonly DealRow[] }) {
  const { form, rehearsed, taking } = useBulkTag([...rows, ...more], {
    likely: null,
    nameOf: () => "Hallmark",
    onDone: () => {},
  });
  return (
    <>
      <button type="button" onClick={() => form.set({ partnerId: "P-1", role: "sourcer" })}>
        Fill in
      </button>
      <button type="button" disabled={!form.ready} onClick={() => form.submit()}>
        Tag {taking.length}
      </button>
      <p>{[...rehearsed.leftOut].join()}</p>
      <p>{[...rehearsed.deals.values()].map(({ dealId, after }) => dealId + after?.result.outcome)}</p>
    </>
  );
}

const show = (leftOut: string[], more: readonly DealRow[] = []) =>
  showOnPage(
    <Dialog more={more} />,
    {},
    {
      rehearse: () => ({
        ...{ answer: null, touched: 0, leftOut: leftOut.map((dealId) => ({ dealId, rule })) },
        deals: rows
          .map(({ id }) => id)
          .filter((id) => !leftOut.includes(id))
          .map(becomes),
      }),
      "tag-partners": () => ({ request: "R-1", answer: { rowIds: [] } }),
    },
  );

test("is asked once for all its deals, and tags those that take it", async () => {
  const { asked } = show(["D-2"]);
  expect((screen.getByRole("button", { name: "Tag 3" }) as HTMLButtonElement).disabled).toBe(true);
  await userEvent.click(screen.getByText("Fill in"));
  await screen.findByText(`D-2,${rule}`);
  await screen.findByText("D-1sourcedD-3sourced");
  const claim = { partnerId: "P-1", role: "sourcer", touchedOn: "2026-04-30" };
  const input = { dealIds: ["D-1", "D-2", "D-3"], ...claim };
  expect(asked).toEqual([{ path: "/api/v1/rehearse", body: { verb: "tag-partners", input } }]);
  await userEvent.click(screen.getByRole("button", { name: "Tag 2" }));
  await waitFor(() =>
    expect(asked).toContainEqual({
      path: "/api/v1/tag-partners",
      body: { dealIds: ["D-1", "D-3"], ...claim },
    }),
  );
});

test("leaves closed deals out before anything is asked: a claim on them would be late", async () => {
  const { asked } = show([], [{ id: "D-4", ...closed } as DealRow]);
  await screen.findByText(/^D-4,The deal was won on 2 Apr 2026: a partner is claimed late on its own page/);
  await userEvent.click(screen.getByText("Fill in"));
  await userEvent.click(await screen.findByRole("button", { name: "Tag 3" }));
  await waitFor(() => expect(asked).toHaveLength(2));
  for (const { body } of asked) expect(JSON.stringify(body)).not.toContain("D-4");
});

test("cannot be saved when none takes it", async () => {
  show(["D-1", "D-2", "D-3"]);
  await userEvent.click(screen.getByText("Fill in"));
  const save = await screen.findByRole("button", { name: "Tag 0" });
  expect((save as HTMLButtonElement).disabled).toBe(true);
});
