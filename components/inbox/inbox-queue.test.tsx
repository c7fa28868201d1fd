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
import type { InboxItem } from "./item-words";
import { BASE, row, silent, step } from "./items.fixture";

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
  return <InboxQueue isOthers={false} items={data?.items ?? []} />;
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

  test("Y says that an introduction was responded to, or its loop closed", async () => {
    const met = { ...BASE, name: "Executive introduction", occurredOn: "2026-04-20", may: { keep: true } };
    const open = { ...met, kind: "loop_open", subjectId: "A-2", answeredOn: "2026-04-21" } as InboxItem;
    const { written, stays } = show(
      [{ ...met, kind: "introduction_waits", subjectId: "A-1" } as InboxItem, open],
      { "answer-introduction": done({ activityId: "A-1" }), "loop-back": done({ activityId: "A-2" }) },
    );
    await screen.findByText(/nobody told Northgate what came of it/);
    await userEvent.keyboard("j");
    stays([open]);
    await userEvent.keyboard("y");
    await waitFor(() => expect(focused()).toBe("loop_open A-2"));
    await userEvent.keyboard("y");
    await waitFor(() =>
      expect(written()).toEqual([
        { path: "/api/v1/answer-introduction", body: { activityId: "A-1" } },
        { path: "/api/v1/loop-back", body: { activityId: "A-2" } },
      ]),
    );
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

describe("put off and given", () => {
  test("S puts it off for a week, and it goes", async () => {
    const { written, stays } = show([row("T-1"), step], { "snooze-item": done({ until: "2026-05-07" }) });
    await screen.findAllByText("Larkfield Foods");
    await userEvent.keyboard("js");
    await screen.findByLabelText(/^Until/);
    stays([step]);
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Put off" }));
    await waitFor(() =>
      expect(written()).toEqual([
        {
          path: "/api/v1/snooze-item",
          body: { kind: "row_waits", subjectId: "T-1", until: "2026-05-07" },
        },
      ]),
    );
    await waitFor(() => expect(screen.queryByText(/proposed Northgate/)).toBeNull());
  });

  test("what is put off says until when, and S has it back", async () => {
    const { written } = show([row("T-1", { snoozedUntil: "2026-05-07" })], {
      "snooze-item": done({ until: null }),
    });
    await screen.findByText(/put off until 7 May 2026/);
    await userEvent.keyboard("js");
    await waitFor(() =>
      expect(written()[0]?.body).toEqual({ kind: "row_waits", subjectId: "T-1", until: null }),
    );
  });

  test("D gives it to a person found by typing; what was given is taken back there", async () => {
    const people = [
      { id: "U-1", name: "Maren Falk", role: "ae" },
      { id: "U-2", name: "Paul Meyer", role: "partner_manager" },
      { id: "U-3", name: "Aude Blanc", role: "auditor" },
    ];
    const given = { by: "Pam Lind", on: "2026-04-22" };
    const { written } = show([row("T-1", { given, dueOn: "2026-04-29" })], {
      "delegate-item": done({ to: { id: "U-2", name: "Paul Meyer" } }),
      colleagues: () => ({ people }),
    });
    await screen.findByText(/given by Pam Lind/);
    expect(screen.getByText(/Was due 29 Apr 2026/)).toBeTruthy();
    await userEvent.keyboard("jd");
    expect(await screen.findByText(/Pam Lind gave it to Maren Falk on 22 Apr 2026/)).toBeTruthy();
    await userEvent.type(await screen.findByRole("combobox", { name: "To" }), "paul");
    await userEvent.click(await screen.findByRole("option", { name: /Paul Meyer/ }));
    await userEvent.click(screen.getByRole("button", { name: "Give" }));
    await waitFor(() =>
      expect(written().find(({ path }) => path.endsWith("/delegate-item"))?.body).toEqual({
        ...{ kind: "row_waits", subjectId: "T-1", dealId: "D-1", toId: "U-2" },
      }),
    );
  });

  test("what one may not give has no such button", async () => {
    show([row("T-1", { mayGive: "CRO may not give items of the inbox to somebody" })]);
    await screen.findByText("Larkfield Foods");
    expect(screen.queryByRole("button", { name: "Give to somebody" })).toBeNull();
    expect(screen.getByRole("button", { name: "Put off" })).toBeTruthy();
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
