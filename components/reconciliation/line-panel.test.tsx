// @vitest-environment happy-dom
// First: the client takes the browser's fetch, which this stands in for, when it is loaded.

import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import { FINDINGS, REASONS, SUGGESTIONS } from "@/lib/attribution/reconciliation";
import { FINDING_WORDS, foundWords, reasonSentence, SUGGESTION_WORDS } from "./finding-words";
import { LinePanel } from "./line-panel";
import type { Line } from "./reconciliation-params";
import { useLineActs } from "./use-line-acts";

const NORTHGATE = { id: "P-1", name: "Northgate" };
const line = (more: Partial<Line> = {}): Line => ({
  ...{ dealId: "D-1", account: "Larkfield Foods", owner: "Ana Ruiz", amount: 9_000_000, currency: "USD" },
  ...{ as: "won", closedOn: "2026-04-20", outcome: "influenced", evidence: "stated", version: 4 },
  ...{ noPartner: false, state: "undecided", decision: null, exception: null },
  partners: [
    {
      ...{ partner: NORTHGATE, outcome: "influenced", roles: [], registered: null },
      ...{ activities: 2, proven: 1, lastOn: "2026-04-10" },
    },
  ],
  found: [
    {
      ...{ kind: "activity_without_row", partner: NORTHGATE, suggestion: "stands" },
      ...{ because: "credited_without", drift: null },
    },
  ],
  may: {
    stands: true,
    takeBack: "Nobody has decided about it",
    noPartner: "No",
    tag: true,
    raise: true,
    confirm: [],
  },
  ...more,
});

function Host({ of }: { of: Line }) {
  const acts = useLineActs();
  return (
    <>
      <LinePanel line={of} acts={acts} onClose={() => {}} />
      <button type="button" onClick={() => acts.suggested(of)}>
        Suggested
      </button>
    </>
  );
}
const went: string[] = [];
const router = { push: (to: string) => void went.push(to) } as never;
const done = () => ({ request: "R-1", answer: { dealId: "D-1" } });
const show = (of: Line) =>
  showOnPage(
    <AppRouterContext.Provider value={router}>
      <Host of={of} />
    </AppRouterContext.Provider>,
    {},
    { "reconcile-deal": done, "confirm-role": done, "confirm-no-partner": done, "settle-difference": done },
  );

test("a deal stands beside its evidence, with what is found, the suggestion and its reason", () => {
  show(line());
  const text = screen.getByRole("article").textContent;
  for (const words of [
    ...["won on 20 Apr 2026, Ana Ruiz", "2 activities, 1 with proof, the last on 10 Apr 2026 · no row"],
    ...["Activity but no row", "It stands. Northgate is influenced without a row."],
  ])
    expect(text).toContain(words);
});

test("the suggestion is done by one press, on the version that was looked at", async () => {
  const { asked } = show(line());
  await userEvent.click(screen.getByText("Suggested"));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]).toEqual({
    path: "/api/v1/reconcile-deal",
    body: { dealId: "D-1", version: 4, stands: true },
  });
});

test.each<[string, Partial<Line>, object]>([
  [
    "confirm-role",
    {
      found: [
        {
          ...{ kind: "unconfirmed", partner: NORTHGATE, suggestion: "confirm" },
          ...{ because: "row_waits", drift: null },
        },
      ],
      may: { ...line().may, confirm: [{ rowId: "T-1", partner: NORTHGATE, may: true }] },
    },
    { rowId: "T-1" },
  ],
  [
    "confirm-no-partner",
    {
      found: [
        {
          ...{ kind: "unconfirmed", partner: null, suggestion: "no_partner" },
          ...{ because: "nobody_named", drift: null },
        },
      ],
      may: { ...line().may, noPartner: true },
    },
    { dealId: "D-1", version: 4 },
  ],
])("where §5 allows it, %s is pressed in place", async (verb, more, body) => {
  const { asked } = show(line(more));
  await userEvent.click(screen.getByText("Suggested"));
  await waitFor(() => expect(asked).toContainEqual({ path: `/api/v1/${verb}`, body }));
});

test("what the CRM says stands beside what stands here, and either is taken in place, on the version looked at", async () => {
  const drift = {
    ...{ connectionId: "CN-1", source: "The CRM", of: "deals", key: "D-1" },
    fields: [
      { field: "amount", here: 9_000_000, there: 8_500_050 },
      { field: "currency", here: "USD", there: "EUR" },
      { field: "closedOn", here: "2026-04-20", there: "2026-04-22" },
      { field: "owner", here: "Ana Ruiz", there: null },
    ],
    may: { take: true, keep: true },
  } as const satisfies Line["found"][number]["drift"];
  const found: Line["found"] = [
    { kind: "drifted", partner: null, suggestion: "take", because: "said_anew", drift },
  ];
  const { asked } = show(line({ found }));
  const cells = screen.getAllByRole("row").map((one) => [...one.children].map((cell) => cell.textContent));
  expect(cells).toEqual([
    ["The deal", "Here", "The CRM"],
    ["Amount", "USD 90,000.00", "EUR 85,000.50"],
    ["Currency", "USD", "EUR"],
    ["Close day", "20 Apr 2026", "22 Apr 2026"],
    ["Owner", "Ana Ruiz", "nothing"],
  ]);
  await userEvent.click(screen.getByRole("button", { name: "Keep ours" }));
  await userEvent.click(screen.getByText("Suggested"));
  const record = { connectionId: "CN-1", kind: "deals", key: "D-1", version: 4 };
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked.map(({ body }) => body)).toEqual([
    { ...record, take: "here" },
    { ...record, take: "there" },
  ]);
});

test("what one may not do is not begun", async () => {
  const stands =
    "It was won without a confirmation: its AE confirms the attribution, or the two sides decide";
  const { asked } = show(line({ may: { ...line().may, stands } }));
  await userEvent.click(screen.getByText("Suggested"));
  expect(asked).toEqual([]);
  expect(screen.getByRole("button", { name: /It stands/ }).getAttribute("aria-disabled")).toBe("true");
});

test("every finding, suggestion and reason has its words", () => {
  for (const kind of FINDINGS)
    for (const because of REASONS)
      expect(
        reasonSentence({ kind, because, partner: NORTHGATE, suggestion: "stands", drift: null }, line()),
      ).toMatch(/\.$/);
  expect(Object.keys(SUGGESTION_WORDS)).toEqual([...SUGGESTIONS]);
  expect(Object.keys(FINDING_WORDS)).toEqual([...FINDINGS]);
  const [first] = line().found;
  expect(foundWords(line({ found: [first!, first!, { ...first!, kind: "no_receipt" }] }))).toBe(
    "Activity but no row and closed without a receipt",
  );
});
