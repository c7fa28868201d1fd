// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import Ranking from "./ranking";

const OPENS = {
  sourced: { number: "sourcedPipeline", figure: "amount", parts: ["sourced"] },
  creditedWon: { number: "costPerPartnerDollar", figure: "attributedWon", parts: ["attributedWon"] },
  winRate: { number: "influencedWinRate", figure: "rate", parts: ["won", "closed"] },
};
const ROW = { ...{ id: "P-1", name: "Northgate", sourced: 1_250_000, creditedWon: 800_000, winRate: 0.75 } };

test.each([
  ["partner", "forPartner"],
  ["owner", "forOwner"],
] as const)("each figure of a %s opens to its deals, narrowed to it, with its sum", async (by, look) => {
  const row = { ...ROW, closed: 8, activities: 4, proven: 3 };
  const found = { quarter: "2026-Q1", reportingCurrency: "USD", opens: OPENS, rows: [row] };
  showOnPage(
    <Ranking quarter="2026-Q1" by={by} onBy={() => {}} onClose={() => {}} />,
    {},
    { ranking: () => found },
  );
  const line = await screen.findByRole("row", { name: /Northgate/ });
  const hrefOf = (name: RegExp) => within(line).getByRole("link", { name }).getAttribute("href");
  const asked = (href: string | null) => Object.fromEntries(new URLSearchParams(href!.split("?")[1]));
  expect(asked(hrefOf(/sourced of Northgate/))).toMatchObject({
    ...{ quarter: "2026-Q1", number: "sourcedPipeline", part: "sourced", figure: "amount", [look]: "P-1" },
  });
  expect(asked(hrefOf(/won with credit of Northgate/))).toMatchObject({
    part: "attributedWon",
    [look]: "P-1",
  });
  expect(asked(hrefOf(/win rate of Northgate/))).toMatchObject({
    part: "won,closed",
    sort: "set",
    [look]: "P-1",
  });
});

test("a win rate of too few deals is not told, and opens to them all the same", async () => {
  const row = { ...ROW, closed: 2, activities: 0, proven: 0 };
  const found = { quarter: "2026-Q1", reportingCurrency: "USD", opens: OPENS, rows: [row] };
  showOnPage(
    <Ranking quarter="2026-Q1" by="partner" onBy={() => {}} onClose={() => {}} />,
    {},
    { ranking: () => found },
  );
  const link = await screen.findByRole("link", { name: /too few to tell/ });
  expect(link.getAttribute("href")).toContain("part=won%2Cclosed");
});

test("a proof rate opens to its activities, and leads back", async () => {
  const row = { ...ROW, closed: 8, activities: 2, proven: 1 };
  const found = { quarter: "2026-Q1", reportingCurrency: "USD", opens: OPENS, rows: [row] };
  const done = { type: "joint_pitch", stage: 2, partner: { id: "P-1", name: "Northgate" } };
  const asked: unknown[] = [];
  const activitiesOf = (_: unknown, query: URLSearchParams) => {
    asked.push(Object.fromEntries(query));
    const rows = [
      {
        ...done,
        id: "A-2",
        on: "2026-03-02",
        proof: "https://proof.test/2",
        deal: { id: "D-2", account: "Globex" },
      },
      { ...done, id: "A-1", on: "2026-02-01", proof: null, deal: { id: "D-1", account: null } },
    ];
    return { rows, next: null };
  };
  showOnPage(
    <Ranking quarter="2026-Q1" by="partner" onBy={() => {}} onClose={() => {}} />,
    {},
    { ranking: () => found, "ranked-activities": activitiesOf },
  );
  fireEvent.click(await screen.findByRole("button", { name: /50\.0 %.*proof rate of Northgate/ }));
  const list = await screen.findByRole("region", { name: "Activities of Northgate" });
  expect(document.activeElement).toBe(list);
  await within(list).findByRole("link", { name: "Globex" });
  expect(asked).toEqual([{ by: "partner", id: "P-1" }]);
  expect(
    within(list)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual([expect.stringContaining("with proof"), expect.stringContaining("no proof")]);
  fireEvent.click(within(list).getByRole("button", { name: "Back to the ranking" }));
  await screen.findByRole("row", { name: /Northgate/ });
});
