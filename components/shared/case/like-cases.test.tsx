// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { showOnPage } from "@/components/shared/page.fixture";
import type { Outputs } from "@/lib/api/client";
import { Contradiction, LikeCases } from "./like-cases";

const ONE: Outputs["likeExceptions"]["like"][number] = {
  ...{ id: "E-1", dealId: "D-1", account: "Globex", quarter: "2026-Q1", settledOn: "2026-03-04" },
  ...{ decision: "ruling", outcome: "influenced", reason: "seen by the AE" },
  shared: ["facts", "roles", "evidence", "stage", "gaps"],
};
const LIKE: Outputs["likeExceptions"] = {
  ...{ kind: "late_record", of: 3, like: [ONE] },
  traits: { facts: "a role row", roles: "influencer", evidence: "stated", stage: "", gaps: "" },
  usual: { decision: "ruling", outcome: "influenced", count: 3, of: 3 },
};
const page = (ui: React.ReactElement, answer = LIKE) =>
  showOnPage(ui, {}, { "like-exceptions": () => answer });

test("like cases stand with how they were decided, why they are like, and a way to each", async () => {
  page(<LikeCases id="E-9" />);
  const part = await screen.findByRole("region", { name: "Like cases decided before" });
  expect(part.textContent).toContain("3 of 3 like cases were ruled influenced.");
  expect(part.textContent).toContain("Ruled influenced");
  expect(part.textContent).toContain("Alike in all: late record, over a role row, as influencer and stated.");
  expect(part.textContent).toContain("“seen by the AE”");
  expect(part.textContent).toContain("1 closest of 3");
  expect(screen.getByRole("link", { name: "Globex" }).getAttribute("href")).toBe(
    "/exceptions?quarter=2026-Q1&open=E-1",
  );
});

test("a decision that goes against them is flagged while one makes it, one that does not is not", async () => {
  const { rerender } = page(<Contradiction id="E-9" choice={{ decision: "rule_upheld", outcome: null }} />);
  expect((await screen.findByRole("status")).textContent).toContain(
    "3 of 3 like cases were ruled influenced. Decided otherwise",
  );
  rerender(<Contradiction id="E-9" choice={{ decision: "ruling", outcome: "influenced" }} />);
  expect(screen.queryByRole("status")).toBeNull();
});

test("without a like case nothing stands there", async () => {
  const { asked, container } = page(<LikeCases id="E-9" />, { ...LIKE, of: 0, like: [], usual: null });
  await expect.poll(() => asked.length).toBe(1);
  expect(container.textContent).toBe("");
});
