// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { NoticesSettings } from "./notices-settings";

type Notice = Outputs["noticesList"]["notices"][number];

const NOTICE: Notice = {
  ...{ id: "N-1", kind: "row_waits", title: "A role waits on Larkfield", says: "Northgate as sourcer." },
  ...{ path: "/deals/D-1", to: { id: "U-2", name: "Ana Ruiz" }, state: "sent", way: "mail", attempts: 1 },
  ...{ problem: null, createdAt: "2026-04-29T08:00:00Z", dueAt: "2026-04-29T08:01:00Z" },
  ...{ sentAt: "2026-04-29T08:01:00Z", may: { resend: true } },
};
const FAILED: Notice = {
  ...{ ...NOTICE, id: "N-2", title: "A memo waits", state: "failed", attempts: 14, sentAt: null },
  problem: "550 no such mailbox",
};

function show(notices: readonly Notice[], { as = "admin", all = true } = {}) {
  const page = showOnPage(
    <NoticesSettings />,
    { user: { id: "U-1", name: "Rita Moss", role: as as "admin", ownerName: null } },
    {
      "notices-list": (_, query) => {
        const troubled = query.get("data")?.includes("true") || query.get("troubled") === "true";
        return { notices: troubled ? notices.filter(({ problem }) => problem) : notices, more: false, all };
      },
      "notice-ways": () => ({
        ...{ mailFrom: null, channels: [], may: { edit: true } },
        address: { set: null, from: null },
      }),
      "resend-notice": () => ({ request: "r", answer: { noticeId: "N-2" } }),
    },
  );
  const written = () => page.asked.filter(({ path }) => path.endsWith("resend-notice"));
  return { written };
}
const rowOf = async (title: string) => {
  const row = (await screen.findByRole("link", { name: title })).closest("li");
  return within(row as HTMLElement);
};

test("each says to whom and by which way it went; what was given up says why, and is sent again", async () => {
  const { written } = show([NOTICE, FAILED]);
  const sent = await rowOf(NOTICE.title);
  expect(sent.getByText("Sent")).toBeTruthy();
  expect(sent.getByText(/to Ana Ruiz, by mail, sent 29 Apr 2026/)).toBeTruthy();
  expect(sent.queryByRole("button")).toBeNull();
  const failed = await rowOf(FAILED.title);
  expect(failed.getByText("Given up")).toBeTruthy();
  expect(failed.getByText("550 no such mailbox")).toBeTruthy();
  expect(failed.getByText("(14 tries)")).toBeTruthy();
  await userEvent.click(failed.getByRole("button", { name: "Send again: A memo waits" }));
  await waitFor(() => expect(written().map(({ body }) => body)).toEqual([{ noticeId: "N-2" }]));
});

test("what did not arrive stands alone when it is asked for", async () => {
  show([NOTICE, FAILED]);
  await rowOf(NOTICE.title);
  await userEvent.click(screen.getByRole("radio", { name: "Not arrived" }));
  await waitFor(() => expect(screen.queryByRole("link", { name: NOTICE.title })).toBeNull());
  expect(screen.getByRole("link", { name: FAILED.title })).toBeTruthy();
});

test("who is no admin sees their own, and nothing of how notices leave the house", async () => {
  show([], { as: "ae", all: false });
  expect(await screen.findByText("You were told nothing yet")).toBeTruthy();
  expect(screen.getByRole("heading", { name: "What you are told" })).toBeTruthy();
  expect(screen.queryByRole("heading", { name: "Chat channels" })).toBeNull();
});
