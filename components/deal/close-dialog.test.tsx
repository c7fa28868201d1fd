// @vitest-environment happy-dom
// First: the client takes the browser's fetch, which this stands in for, when it is loaded.

import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { CloseDialog } from "./close-dialog";

type Answer = Outputs["deal"];
const partner = { id: "P-1", name: "Northgate" };
const row = (more: object = {}) => ({
  ...{ id: "T-1", partner, role: "sourcer", touchStage: 1, confirmedOn: null, refused: null },
  may: { confirm: true },
  ...more,
});
const happened = { kind: "activity", id: "A-1", partner: { id: "P-2", name: "Halden" } };

async function show(
  as: "won" | "lost",
  facts: { roles?: object[]; timeline?: object[]; confirmed?: boolean } = {},
) {
  const answer = {
    deal: {
      ...{ id: "D-1", account: "Larkfield", version: 3, createdOn: "2026-01-10" },
      attributionConfirmed: facts.confirmed ?? false,
    },
    ...{ roles: facts.roles ?? [], timeline: facts.timeline ?? [] },
    may: { confirmNoPartner: true, tag: true },
  } as unknown as Answer;
  const shown = showOnPage(
    <CloseDialog answer={answer} as={as} onTag={() => {}} onClose={() => {}} />,
    undefined,
    {
      "close-deal": () => ({ request: "R-1", answer: { dealId: "D-1" } }),
      rehearse: () => ({ answer: {}, deals: [], touched: 0, leftOut: [] }),
    },
  );
  await screen.findByLabelText("Close day");
  return shown;
}
const chosen = () => screen.queryAllByRole("radio").find((one) => (one as HTMLInputElement).checked);
const close = async (as: string) => userEvent.click(screen.getByRole("button", { name: `Close ${as}` }));
const written = { dealId: "D-1", version: 3, closedOn: "2026-04-30" };

test.each<[string, "won" | "lost", object[], string, object]>([
  ["rows name some", "won", [row()], "Northgate, sourcer", { involved: "these" }],
  ["nothing names any", "won", [], "No partner involved", { involved: "none" }],
  ["a refused row names nobody", "lost", [row({ refused: {} })], "No partner involved", { involved: "none" }],
])(
  "where %s, it is answered so, and one press writes it with the close",
  async (_, as, roles, label, answer) => {
    const { asked } = await show(as, { roles });
    expect(chosen()?.closest("label")?.textContent).toContain(label);
    await close(as);
    const sent = () => asked.filter(({ path }) => path.endsWith("/close-deal"));
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.body).toEqual({ ...written, outcome: as, ...answer });
  },
);

test("where somebody did something and no row names them, a win waits for the answer; a loss need not", async () => {
  const { unmount } = await show("won", { timeline: [happened] });
  expect(chosen()).toBeUndefined();
  expect(screen.getByText(/Halden is on the deal, and no row says in which role/)).toBeTruthy();
  expect((screen.getByRole("button", { name: "Close won" }) as HTMLButtonElement).disabled).toBe(true);
  unmount();
  const { asked } = await show("lost", { timeline: [happened] });
  expect(chosen()?.closest("label")?.textContent).toContain("Not answered now");
  await close("lost");
  await waitFor(() =>
    expect(asked).toContainEqual({ path: "/api/v1/close-deal", body: { ...written, outcome: "lost" } }),
  );
});

test("what one may not confirm is said, and does not close so", async () => {
  const because = "You proposed this row: the deal's own AE, Ana Ruiz, confirms it";
  await show("won", { roles: [row({ may: { confirm: because } })] });
  expect(screen.getByText(`${because}.`)).toBeTruthy();
  expect((screen.getByRole("button", { name: "Close won" }) as HTMLButtonElement).disabled).toBe(true);
});

test("what is answered already is not asked again", async () => {
  await show("won", { roles: [row({ confirmedOn: "2026-04-01" })], confirmed: true });
  expect(screen.queryByText("Who was involved?")).toBeNull();
  expect((screen.getByRole("button", { name: "Close won" }) as HTMLButtonElement).disabled).toBe(false);
});
