import type { Page } from "@playwright/test";
import { askDatabase, expect, expectAccessible, open, test } from "./browser";

/** As many cases as a real quarter has, and how many keys two people may press for them beside the reasons. */
const CASES = 353;
const KEYS = 60;

/** Kinds as a real quarter has them: most are late records, and a few are of their own. */
const KIND_OF = (at: number) =>
  at < 201
    ? "late_record"
    : at < 290
      ? "stage_conflict"
      : at < 340
        ? "marketplace"
        : at < 351
          ? "other"
          : "recreated";

async function raiseMany(page: Page): Promise<string> {
  const answer = await page.request.get("/api/v1/quarters-list");
  const { quarters } = (await answer.json()) as {
    quarters: { label: string; from: string; to: string; state: string; seal: unknown }[];
  };
  const quarter = quarters.find(({ state, seal }) => state === "over" && seal === null);
  if (!quarter) throw new Error("no quarter is over and open");
  const deals = await askDatabase(
    (sql) => sql<{ id: string; partner: string }[]>`
      select d.id, min(r.partner_id) as partner from deals d join role_rows r on r.deal_id = d.id
      where d.closed_on between ${quarter.from} and ${quarter.to} group by d.id order by d.id`,
  );
  const log = await page.request.get(`/api/v1/exceptions-list?quarter=${quarter.label}`);
  const { counts } = (await log.json()) as { counts: { open: number } };
  for (let at = counts.open; at < CASES; at++) {
    const { id, partner } = deals[at % deals.length]!;
    const raised = await page.request.post("/api/v1/raise-exception", {
      headers: { origin: new URL(page.url()).origin },
      data: { dealId: id, kind: KIND_OF(at), partnerId: partner, claim: `Claim ${at + 1}` },
    });
    expect(raised.status(), await raised.text()).toBe(200);
  }
  return quarter.label;
}

/** A person whose keys are counted; what they write as a reason is not. */
function counted(page: Page) {
  let pressed = 0;
  return {
    page,
    pressed: () => pressed,
    async press(key: string) {
      pressed++;
      await page.keyboard.press(key);
    },
  };
}
type Person = ReturnType<typeof counted>;

const grid = (page: Page) => page.getByRole("grid", { name: "Exceptions" });

/** Takes everything that waits for one's side, kind by kind, with one reason each. */
async function finish({ page, press }: Person, decision: "1" | "4"): Promise<void> {
  await expect(grid(page).getByRole("row").nth(1)).toBeVisible();
  for (let left = await waiting(page); left > 0; left = await waiting(page)) {
    await press("j");
    await expect(page.locator("[data-exception]").first()).toBeFocused();
    await press("x");
    await expect(page.getByText(/selected$/)).toBeVisible();
    await press(decision);
    await expect(page.getByLabel("Reason")).toBeFocused();
    await page.keyboard.type("What the memo says of this kind holds here as well.");
    await press("Enter");
    await expect(page.getByLabel("Reason")).toHaveCount(0, { timeout: 30_000 });
    // While the last line goes, the grid and the sentence may stand side by side for a moment.
    await expect(grid(page).or(page.getByText("No exception matches")).first()).toBeVisible();
    await expect.poll(() => waiting(page)).toBeLessThan(left);
  }
}

/** How many lines of the log are still there for one. */
async function waiting(page: Page): Promise<number> {
  await expect(page.getByText("refreshing")).toHaveCount(0);
  const said = await page.getByText(/^[\d,]+ exceptions?$/).textContent();
  return Number(said!.replace(/\D/g, ""));
}

test("two people finish a quarter of 353 cases, with 60 keys each beside the reasons", async ({ as }) => {
  test.setTimeout(300_000);
  const dana = await as("dana");
  await open(dana, "/exceptions");
  const quarter = await raiseMany(dana);
  const ruth = counted(await as("ruth"));
  const camille = counted(await as("camille"));
  await open(ruth.page, `/exceptions?quarter=${quarter}&awaits=finance`);
  await expectAccessible(ruth.page);
  await finish(ruth, "1");
  await open(camille.page, `/exceptions?quarter=${quarter}&awaits=partnerships`);
  await finish(camille, "4");
  for (const person of [ruth, camille]) expect(person.pressed()).toBeLessThanOrEqual(KEYS);
  const [left] = await askDatabase(
    (sql) => sql<{ open: number; decided: number; votes: number }[]>`
      select count(*) filter (where settled_at is null and deferred_to is null)::int as open,
        count(*) filter (where settlement = 'rule_upheld')::int as decided,
        (select count(*)::int from exception_votes v join exceptions x on x.id = v.exception_id
          where x.quarter = ${quarter}) as votes
      from exceptions where quarter = ${quarter}`,
  );
  expect(left).toMatchObject({ open: 0 });
  expect(left!.decided).toBeGreaterThanOrEqual(CASES);
  expect(left!.votes).toBeGreaterThanOrEqual(2 * CASES);
});
