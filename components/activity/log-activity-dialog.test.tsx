// @vitest-environment happy-dom
import { act, screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { ACTIVITY_MENU } from "@/lib/attribution/menu";
import { LogActivityDialog } from "./log-activity-dialog";

const DEAL = {
  deal: { id: "D-1", account: "Larkfield", owner: "Maren Falk", stage: 2, createdOn: "2026-02-01" },
  ...{ roles: [], timeline: [], locked: null, may: { logActivity: true } },
};
const MENU = ACTIVITY_MENU.map((entry) => ({ ...entry, offered: true, motion: true }));
const DOUBLE = {
  ...{ activityId: "A-9", dealId: "D-7", account: "Fuchsbau", type: "joint_pitch", occurredOn: "2026-01-20" },
};

beforeEach(() => localStorage.clear());

async function show(duplicates: (typeof DOUBLE)[] = []) {
  const user = userEvent.setup();
  const page = showOnPage(
    <LogActivityDialog start={{ dealId: "D-1", partnerId: "P-1" }} onClose={() => {}} />,
    {},
    {
      deal: () => DEAL,
      "activity-menu": () => ({ own: false, types: MENU }),
      "partners-list": () => ({
        partners: [{ id: "P-1", name: "Vela", kind: "agency", lastActivityOn: null }],
      }),
      "deals-list": () => ({ rows: [] }),
      "proof-check": () => ({ duplicates }),
      rehearse: () => ({ deals: [], leftOut: [] }),
      "log-activity": () => ({ answer: { activityId: "A-1" }, requestId: "r" }),
    },
  );
  const what = await screen.findByLabelText<HTMLInputElement>("What happened", { selector: "input" });
  await user.click(what);
  await waitFor(() => expect(document.querySelector("[role=option]")).toBeTruthy());
  await user.type(what, "joint disc{Enter}");
  await waitFor(() => expect(what.value).toBe("Joint discovery"));
  const logged = () => page.asked.filter(({ path }) => path.endsWith("log-activity")).map(({ body }) => body);
  const press = (name: RegExp) => act(async () => screen.getByRole("button", { name }).click());
  return { user, logged, press };
}

describe("a day that cannot be is answered while it is typed", () => {
  test("to come: said at the field, and nothing to save", async () => {
    const { user } = await show();
    const day = screen.getByLabelText("Day");
    await user.clear(day);
    await user.type(day, "2026-05-02");
    expect(screen.getByText("It has happened: not in the future.")).toBeTruthy();
    expect(screen.getByText(/nothing has happened yet/)).toBeTruthy();
    expect(screen.getByRole("button", { name: /Save activity/ })).toHaveProperty("disabled", true);
  });

  test("before the deal: said by how much, and still to be saved", async () => {
    const { user, press, logged } = await show();
    const day = screen.getByLabelText("Day");
    await user.clear(day);
    await user.type(day, "2026-01-22");
    expect(screen.getByText("10 days before the deal, created on 1 Feb 2026.")).toBeTruthy();
    await press(/Save activity/);
    await waitFor(() => expect(logged()).toMatchObject([{ occurredOn: "2026-01-22" }]));
  });
});

describe("how it was done", () => {
  test("is what the type usually is, and is sent only when somebody says otherwise", async () => {
    const { user, press, logged } = await show();
    expect(screen.getByRole("radio", { name: /Direct/ })).toHaveProperty("checked", true);
    await user.click(screen.getByRole("radio", { name: /Supportive/ }));
    await press(/Save activity/);
    await waitFor(() => expect(logged()).toMatchObject([{ involvement: "supportive" }]));
  });
});

describe("a proof that is on record already", () => {
  const LINK = "https://acme.zoom.us/rec/share/1";

  test("stops the save until somebody says that it is meant", async () => {
    const { user, press, logged } = await show([DOUBLE]);
    await user.type(screen.getByLabelText("Proof"), LINK);
    const tick = await screen.findByRole("checkbox", { name: /It proves this one too/ });
    await press(/Save activity/);
    await press(/Save and next/);
    expect([logged(), document.activeElement]).toEqual([[], tick]);
    await user.click(tick);
    await press(/Save activity/);
    await waitFor(() => expect(logged()).toMatchObject([{ proof: LINK }]));
  });

  test("a new one is told for what it is", async () => {
    const { user } = await show();
    await user.type(screen.getByLabelText("Proof"), LINK);
    expect(await screen.findByText("A recorded call or meeting, at acme.zoom.us.")).toBeTruthy();
  });
});
