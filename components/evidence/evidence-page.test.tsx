// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { EvidencePage } from "./evidence-page";
import type { Row } from "./use-suggestions";

const ROW: Row = {
  id: "EP-1",
  file: {
    name: "call.eml",
    sha256: "a".repeat(64),
    via: "page",
    on: "2026-04-30",
    by: "Pam Lind",
    summary: null,
  },
  account: { id: "AC-1", name: "Larkfield" },
  deal: { id: "D-1", name: null, outcome: "open" },
  deals: [],
  partner: { id: "P-1", name: "Northgate" },
  contact: "Sunniva Hale",
  ...{
    type: "executive_intro",
    label: "Executive introduction",
    occurredOn: "2026-04-28",
    involvement: "direct",
  },
  quote: "Sunniva introduced us to Larkfield's CFO.",
  reader: "rules",
  may: { accept: true, dismiss: true },
};
const OPEN: Row = {
  ...ROW,
  ...{ id: "EP-2", deal: null, quote: "They ran the discovery.", label: "Joint discovery" },
  deals: [
    { id: "D-1", name: null, outcome: "open" },
    { id: "D-2", name: null, outcome: "won" },
  ],
};

const OBSERVED = {
  missing: { n: 12, fields: [{ field: "close_day", deals: 4 }] },
  alike: [{ deal: { id: "D-9", name: "Umberfield" }, n: 8, tagged: 6 }],
  faster: [
    {
      account: { id: "AC-2", name: "Larkfield Foods" },
      ...{ with: { median: 9, n: 14 }, without: { median: 21, n: 6 } },
    },
  ],
};

function show(rows: readonly Row[]) {
  const asked: unknown[] = [];
  const page = showOnPage(
    <EvidencePage first={null} />,
    {},
    {
      "evidence-waiting": () => ({ total: rows.length, rows }),
      observations: () => OBSERVED,
      "accept-proposal": () => ({ answer: { activityId: "A-1" }, request: "r" }),
      "dismiss-proposal": () => ({ answer: { proposalId: "EP-1" }, request: "r" }),
    },
    { logActivity: (start) => void asked.push(start) },
  );
  const written = (verb: string) =>
    page.asked.filter(({ path }) => path.endsWith(verb)).map(({ body }) => body);
  const press = (key: string) => act(async () => void fireEvent.keyDown(document.body, { key }));
  return { asked, written, press };
}

describe("what was read waits for a person", () => {
  test("each stands with its sentence, deal, day and original; E accepts it, D dismisses it", async () => {
    const { written, press } = show([ROW]);
    expect(await screen.findByText(ROW.quote)).toBeTruthy();
    expect(screen.getByText("28 Apr 2026")).toBeTruthy();
    expect(screen.getByRole("link", { name: /call\.eml/ }).getAttribute("href")).toBe(
      `/api/evidence/${"a".repeat(64)}`,
    );
    await press("e");
    await waitFor(() => expect(written("accept-proposal")).toEqual([{ proposalId: "EP-1" }]));
  });

  test("what a model read is marked as a model's, its words too", async () => {
    const summary = "A call about security.";
    show([ROW, { ...ROW, id: "EP-3", reader: "model", file: { ...ROW.file, summary } }]);
    expect((await screen.findAllByText("Read by a model")).length).toBe(1);
    expect(screen.getByText(summary).textContent).toBe(`A model’s summary of the file: ${summary}`);
  });

  test("what is dismissed is written as that", async () => {
    const { written, press } = show([ROW]);
    await screen.findByText(ROW.quote);
    await press("d");
    await waitFor(() => expect(written("dismiss-proposal")).toEqual([{ proposalId: "EP-1" }]));
  });

  test("what reading left open is asked before anything is logged", async () => {
    const { asked, written, press } = show([OPEN]);
    expect(await screen.findByText("Which of 2 deals is left open")).toBeTruthy();
    await press("e");
    expect(written("accept-proposal")).toEqual([]);
    expect(asked).toMatchObject([{ partnerId: "P-1", proposal: { id: "EP-2", quote: OPEN.quote } }]);
  });

  test("what facts alone show stands below, each with its number", async () => {
    show([]);
    expect(await screen.findByText("Of 12 open deals")).toBeTruthy();
    expect(screen.getByText(/have no day on which/).textContent).toBe(
      "4 have no day on which they are expected to close",
    );
    expect(screen.getByText(/6 of 8 alike/).textContent).toMatch(/\(75\s?%\)/);
    expect(screen.getByText(/9 days/).textContent).toContain("9 days (n = 14) with, 21 days (n = 6) without");
  });

  test("nothing waits: the page says what comes here, and how", async () => {
    show([]);
    expect(await screen.findByText("Nothing waits")).toBeTruthy();
  });
});
