// @vitest-environment happy-dom
// First: the client takes the browser's fetch, which this stands in for, when it is loaded.

import { useQuery } from "@tanstack/react-query";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { refusal, showOnPage } from "@/components/shared/page.fixture";
import type { LogActivityStart } from "@/components/shared/shell-actions";
import { api, type Outputs } from "@/lib/api/client";
import { InboxQueue } from "./inbox-queue";
import { addressOf } from "./inbox-row";
import { type InboxItem, whyOf } from "./item-words";

const BASE = {
  deal: {
    ...{ id: "D-1", owner: "Maren Falk", state: "open", stage: 4, amount: 9_000_000, currency: "USD" },
    expectedCloseOn: null,
  },
  ...{ account: "Larkfield Foods", partner: { id: "P-1", name: "Northgate" } },
  ...{ owner: { id: "U-1", name: "Maren Falk" }, since: "2026-04-20", dueOn: null },
} as const;
const row = (subjectId: string, more: object = {}) =>
  ({
    ...{ ...BASE, kind: "row_waits", subjectId, role: "sourcer", recordedBy: "Pam Lind", would: "sourced" },
    may: { confirm: true, refuse: true },
    ...more,
  }) as InboxItem;
const step = {
  ...BASE,
  kind: "step_overdue",
  subjectId: "S-1",
  what: "Meet",
  may: { finish: true },
} as InboxItem;
const silent = {
  ...{ ...BASE, kind: "silent", subjectId: "D-1/P-1", lastOn: null, windowDays: 60 },
  may: { log: true },
} as InboxItem;
const gap = { factId: "A-1", name: "Joint pitch, 2 Apr 2026", of: "activity", lacks: "proof", updates: null };
const disputed = {
  ...{ ...BASE, kind: "disputed", subjectId: "D-1/P-1", would: "influenced" },
  settles: [{ ...gap, may: true }],
} as InboxItem;
const answerOf = (items: InboxItem[]): Outputs["inbox"] => ({
  kinds: [{ kind: "row_waits", count: items.length, more: false }],
  ...{ items, left: 0, team: false },
});

/** The queue of the answer that is kept, as the page shows it. */
function Kept() {
  const { data } = useQuery(api.inbox.queryOptions({ input: { scope: "mine" }, staleTime: 60_000 }));
  return <InboxQueue items={data?.items ?? []} />;
}

function show(items: InboxItem[], answers: Parameters<typeof showOnPage>[2] = {}) {
  const logged: LogActivityStart[] = [];
  let left = items;
  const shown = showOnPage(
    <Kept />,
    {},
    { inbox: () => answerOf(left), "inbox-count": () => ({ count: 1, more: false }), ...answers },
    { logActivity: (start = {}) => logged.push(start) },
  );
  const written = () => shown.asked.filter(({ path }) => !/inbox(-count)?$/.test(path));
  return { ...shown, logged, written, stays: (those: InboxItem[]) => (left = those) };
}
const focused = () => document.activeElement?.getAttribute("data-item");
const done = (answer: object) => () => ({ request: "R-1", answer });

describe("by keyboard alone", () => {
  test("J goes to the first, then on; Y answers and the next one is at its place", async () => {
    const { written, stays } = show([row("T-1"), row("T-2"), step], {
      "confirm-role": done({ rowId: "T-1" }),
      "finish-joint-step": done({ stepId: "S-1" }),
    });
    await screen.findAllByText("Larkfield Foods");
    await userEvent.keyboard("j");
    expect(focused()).toBe("row_waits T-1");
    stays([row("T-2"), step]);
    await userEvent.keyboard("y");
    await waitFor(() => expect(focused()).toBe("row_waits T-2"));
    await userEvent.keyboard("j");
    expect(focused()).toBe("step_overdue S-1");
    stays([row("T-2")]);
    await userEvent.keyboard("y");
    await waitFor(() => expect(focused()).toBe("row_waits T-2"));
    expect(written().map(({ path, body }) => [path.split("/").at(-1), body])).toEqual([
      ["confirm-role", { rowId: "T-1" }],
      ["finish-joint-step", { stepId: "S-1" }],
    ]);
  });

  test("Enter opens its deal, a letter without an answer does nothing", async () => {
    const { written } = show([row("T-1")]);
    await screen.findByText("Larkfield Foods");
    await userEvent.keyboard("jnpt");
    expect(written()).toEqual([]);
    const link = screen.getByRole<HTMLAnchorElement>("link", { name: "Larkfield Foods" });
    const opened: string[] = [];
    link.addEventListener("click", (event) => {
      event.preventDefault();
      opened.push(link.getAttribute("href")!);
    });
    await userEvent.keyboard("{Enter}");
    expect(opened).toEqual(["/deals/D-1"]);
  });

  test("R asks why before it refuses, and what was refused goes", async () => {
    const { written, stays } = show([row("T-1"), step], { "refuse-role": done({ rowId: "T-1" }) });
    await screen.findAllByText("Larkfield Foods");
    await userEvent.keyboard("jr");
    stays([step]);
    await userEvent.type(await screen.findByLabelText(/^Why/), "I had this account{Enter}");
    await waitFor(() =>
      expect(written()).toEqual([
        { path: "/api/v1/refuse-role", body: { rowId: "T-1", reason: "I had this account" } },
      ]),
    );
    await waitFor(() => expect(screen.queryByText(/proposed Northgate/)).toBeNull());
  });

  test("P adds the proof that a dispute lacks", async () => {
    const { written } = show([disputed], { "edit-activity": done({ activityId: "A-1" }) });
    await screen.findByText(/It would be influenced with proof for Joint pitch, 2 Apr 2026/);
    await userEvent.keyboard("jp");
    await userEvent.type(await screen.findByLabelText("Proof"), "https://notes.example/7{Enter}");
    await waitFor(() => expect(written().map(({ path }) => path)).toContain("/api/v1/edit-activity"));
    expect(written().find(({ path }) => path.endsWith("/edit-activity"))?.body).toEqual({
      ...{ activityId: "A-1", changes: { proof: "https://notes.example/7" } },
    });
  });
});

describe("an answer", () => {
  test("shows at once, and what is refused comes back with the rule", async () => {
    let refuse: () => void = () => {};
    const waits = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    const problem = {
      code: "invalid",
      field: "",
      value: null,
      rule: "It was refused on 1 Apr 2026",
    } as const;
    show([row("T-1")], {
      "confirm-role": async () => {
        await waits;
        return refusal(422, problem);
      },
    });
    await userEvent.click(await screen.findByRole("button", { name: /^Confirm/ }));
    await waitFor(() => expect(screen.queryByText("Larkfield Foods")).toBeNull());
    refuse();
    expect(await screen.findByText("Larkfield Foods")).toBeTruthy();
  });

  test("that one may not give says why, and is not given by its key either", async () => {
    const may = { confirm: "Partner manager may not confirm role rows", refuse: "Neither" };
    const { written } = show([row("T-1", { may })]);
    await screen.findByText("Larkfield Foods");
    await userEvent.keyboard("jyr");
    expect(screen.getByRole("button", { name: /^Confirm/ }).getAttribute("aria-disabled")).toBe("true");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(written()).toEqual([]);
  });

  test("to a silent partner is an activity of it on its deal", async () => {
    const { logged } = show([silent]);
    await userEvent.click(await screen.findByRole("button", { name: /^Log activity/ }));
    expect(logged).toEqual([{ dealId: "D-1", partnerId: "P-1" }]);
    const item = screen.getByRole("listitem");
    expect([item.dataset.deal, item.dataset.partner]).toEqual(["D-1", "P-1"]);
  });
});

test("each kind stands under its name, with what clears it", async () => {
  show([row("T-1"), silent]);
  const rows = await screen.findByRole("region", { name: "Roles to confirm" });
  expect(within(rows).getByText("Confirm or refuse it.")).toBeTruthy();
  expect(
    within(screen.getByRole("region", { name: "Silent partners" })).getAllByRole("listitem"),
  ).toHaveLength(1);
});

const cases = { ...BASE, deal: null, partner: null, account: null };
test.each<[string, object, string, string]>([
  [
    "a proposed row",
    row("T-1"),
    "Pam Lind proposed Northgate as sourcer on 20 Apr 2026. It would be sourced.",
    "/deals/D-1",
  ],
  [
    "a registration without a deal",
    {
      ...BASE,
      deal: null,
      kind: "registration_waits",
      subjectId: "R 1",
      submittedOn: "2026-04-18",
      recordedBy: null,
      would: null,
    },
    "Registered on 18 Apr 2026, brought by a file.",
    "/registrations?open=R%201",
  ],
  [
    "a deal past its day",
    {
      ...BASE,
      kind: "closing_undecided",
      partners: [],
      deal: { ...BASE.deal, expectedCloseOn: "2026-04-29" },
    },
    "It was to close on 29 Apr 2026, and nobody said whether a partner is involved.",
    "/deals/D-1",
  ],
  [
    "a deal near its end",
    { ...BASE, kind: "closing_undecided", partners: [{ id: "P-1", name: "Northgate" }] },
    "It is at stage 4, and nobody said which role Northgate has.",
    "/deals/D-1",
  ],
  [
    "updates",
    { ...BASE, kind: "updates_short", done: 1, owed: 2 },
    "1 of 2 updates this month.",
    "/deals/D-1",
  ],
  ["a step", step, "“Meet” was to be done 10 days ago.", "/deals/D-1"],
  [
    "silence",
    { ...silent, lastOn: "2026-02-01" },
    "Nothing done on it since 1 Feb 2026; the window is 60 days.",
    "/deals/D-1",
  ],
  [
    "cases of a kind",
    {
      ...cases,
      kind: "cases_to_decide",
      quarter: "2026-Q1",
      caseKind: "late_record",
      label: "late record",
      cases: 3,
      side: "finance",
    },
    "3 cases lack the decision of finance.",
    "/exceptions?quarter=2026-Q1&state=open&kind=late_record&awaits=finance",
  ],
  [
    "a case of one's own",
    {
      ...BASE,
      kind: "case_assigned",
      exceptionId: "X-1",
      quarter: "2026-Q1",
      label: "marketplace",
      as: "deputy",
    },
    "Marketplace, in the log of 2026-Q1: you decide it in a side's place.",
    "/exceptions?quarter=2026-Q1&open=X-1",
  ],
])("why %s is there, and where it opens", (_, item, why, address) => {
  expect(whyOf(item as InboxItem, "2026-04-30")).toBe(why);
  expect(addressOf(item as InboxItem)).toBe(address);
});
