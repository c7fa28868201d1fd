// Long: one meeting of three people told from its start to what it leaves behind.
import { rm } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { agreedForYears } from "@/lib/commands/review/freeze.fixture";
import { askDatabase, expect, expectAccessible, open, personCalled, test } from "./browser";

const CASES = 10;

/** The last fiscal quarter that is over, as the app itself offers it. */
async function lastOver(page: Page): Promise<{ label: string; from: string; to: string }> {
  const answer = await page.request.get("/api/v1/quarters-list");
  const { quarters } = (await answer.json()) as {
    quarters: { label: string; from: string; to: string; state: string }[];
  };
  const found = quarters.find(({ state }) => state === "over");
  if (!found) throw new Error("no quarter is over");
  return found;
}

/** Raises as many cases as it takes for the quarter's log to hold at least ten to decide. */
async function raiseUpTo(page: Page, quarter: { label: string; from: string; to: string }): Promise<number> {
  const log = await page.request.get(`/api/v1/exceptions-list?quarter=${quarter.label}`);
  const { counts } = (await log.json()) as { counts: { open: number } };
  const deals = await askDatabase(
    (sql) => sql<{ id: string; partner: string }[]>`
      select d.id, min(r.partner_id) as partner from deals d join role_rows r on r.deal_id = d.id
      where d.closed_on between ${quarter.from} and ${quarter.to} group by d.id order by d.id`,
  );
  const missing = Math.max(0, CASES - counts.open);
  expect(deals.length).toBeGreaterThan(0);
  for (let at = 0; at < missing; at++) {
    const { id, partner } = deals[at % deals.length]!;
    const raised = await page.request.post("/api/v1/raise-exception", {
      headers: { origin: new URL(page.url()).origin },
      data: { dealId: id, kind: "other", partnerId: partner, claim: `Claim ${at + 1}: the call was theirs.` },
    });
    expect(raised.status(), await raised.text()).toBe(200);
  }
  return Math.max(CASES, counts.open);
}

/**
 * Says that the agreement has been in force for years: nobody signs for the past, so whoever owns the database
 * writes it down. A journey before this one may have signed one from today on.
 */
async function agreedForLong(): Promise<void> {
  const signed = await askDatabase(async (sql) => {
    const [first] = await sql<{ id: string }[]>`
      select id from policies where period is not null order by lower(period) limit 1`;
    if (first)
      await sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`update policies set period = daterange('2001-01-01', upper(period)) where id = ${first.id}`;
      });
    return first !== undefined;
  });
  const seats = { cro: "U-viktor", finance: "U-ruth", head_of_partnerships: "U-camille" };
  if (!signed) await agreedForYears(process.env.DATABASE_URL!, seats);
}

/** Presses a key for a decision, says why, saves: two keys and a reason. */
async function decide(page: Page, key: "1" | "2" | "3" | "4", reason: string): Promise<void> {
  await expect(page.getByRole("button", { name: /^Rule upheld/ })).toBeVisible();
  await page.keyboard.press(key);
  if (key === "2") {
    // Nothing is granted by itself: Enter alone does nothing, the ruling's own number chooses it.
    const rulings = page.getByRole("radiogroup", { name: "The ruling" });
    await expect(rulings.getByRole("radio").first()).toBeFocused();
    await expect(rulings.getByRole("radio", { checked: true })).toHaveCount(0);
    await page.keyboard.press("Enter");
    await page.keyboard.press("1");
  }
  await expect(page.getByLabel("Reason")).toBeFocused();
  await page.keyboard.type(reason);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Reason")).toHaveCount(0);
}

/** Where a screen is, by its agenda: "Millrace OutdoorLate recordto decide". */
const step = (page: Page) => page.locator("[aria-current=step]");
const stepText = async (page: Page) => (await step(page).textContent()) ?? "";
const seat = (page: Page, side: "finance" | "partnerships") => page.locator(`[data-seat=${side}]`);

/** Goes on by key, and answers where to. */
async function onwards(page: Page): Promise<string> {
  const before = await stepText(page);
  await page.keyboard.press("ArrowRight");
  await expect(step(page)).not.toHaveText(before);
  return stepText(page);
}

test("three people review a quarter by keyboard, decide every case, freeze it and take the pack away", async ({
  as,
}) => {
  test.setTimeout(300_000);
  const ruth = await as("ruth");
  const camille = await as("camille");
  const viktor = await as("viktor");
  const dana = await as("dana");
  await open(dana, "/exceptions");
  const quarter = await lastOver(ruth);
  const cases = await raiseUpTo(dana, quarter);
  const review = `/review/${quarter.label}`;

  await open(ruth, review);
  await ruth.getByRole("button", { name: "Start the review" }).focus();
  await ruth.keyboard.press("Enter");
  await expect(ruth.getByText("You lead; everybody follows")).toBeVisible();
  await open(camille, review);
  await open(viktor, `${review}?present=true`);
  await expect(camille.getByText(`Following ${personCalled("ruth").name}`)).toBeVisible();

  await test.step("the five sections follow whoever leads, on every screen", async () => {
    for (const title of ["Revenue closed", "Program economics", "Leading indicators", "Investment ask"]) {
      await ruth.keyboard.press("ArrowRight");
      for (const page of [ruth, camille, viktor]) {
        await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
      }
    }
    await expect(viktor.getByRole("button", { name: /Back|On|Start|Take over|Minutes/ })).toHaveCount(0);
  });

  await test.step("the head of partnerships writes the ask; it is there after a reload", async () => {
    await camille.getByLabel("The ask").focus();
    await camille.keyboard.type(
      "One more partner manager in the north, for 20 sourced deals by next summer.",
    );
    await expect(camille.getByText("Saved", { exact: true })).toBeVisible();
    await expect(viktor.getByText("One more partner manager")).toBeVisible();
    await camille.reload();
    await expect(camille.getByLabel("The ask")).toHaveValue(/One more partner manager/);
  });

  await test.step("a reason under way survives a reload and a lost connection", async () => {
    await ruth.keyboard.press("ArrowRight");
    await ruth.keyboard.press("ArrowRight");
    await expect(camille.getByRole("heading", { name: "Both claims" })).toBeVisible();
    await camille.keyboard.press("3");
    await camille.keyboard.type("Half a thought");
    await camille.reload();
    await expect(camille.getByRole("heading", { name: "Both claims" })).toBeVisible();
    await camille.keyboard.press("3");
    await expect(camille.getByLabel("Reason")).toHaveValue("Half a thought");
    await camille.getByLabel("Reason").fill("");
    await camille.keyboard.press("Escape");
  });

  await test.step("a decision that comes in meanwhile is shown beside one's own", async () => {
    await camille.keyboard.press("1");
    await camille.keyboard.type("The memo is clear");
    await decide(ruth, "3", "The memo should say more");
    const both = camille.getByRole("alert").filter({ hasText: "A decision came in" });
    await expect(both).toContainText("The memo should say more");
    await expect(both).toContainText("The memo is clear");
    // Said all the same, the sides differ and nothing is decided; agreeing settles it.
    await camille.getByLabel("Reason").focus();
    await camille.keyboard.press("Enter");
    await expect(camille.getByText("The two sides differ, so")).toBeVisible();
    await expect(ruth.getByText("The two sides differ, so")).toBeVisible();
    await decide(camille, "4", "Agreed: it goes to the amendment");
    await expect(camille.getByRole("heading", { name: "What was decided" })).toBeVisible();
    await expect(ruth.getByRole("heading", { name: "What was decided" })).toBeVisible();
  });

  await test.step("every other case: decided by both sides, or deferred", async () => {
    let decided = 1;
    for (let next = await onwards(ruth); !next.endsWith("Minutes"); next = await onwards(ruth)) {
      await expect(step(camille)).toHaveText(next);
      if (decided === cases - 1) {
        await ruth.keyboard.press("d");
        await expect(ruth.getByLabel("Until")).toBeFocused();
        await ruth.keyboard.press("Enter");
        await expect(ruth.getByText(/^Until /).first()).toBeVisible();
      } else await decideTogether(decided % 3 === 0 ? "2" : "1", decided);
      decided++;
    }
    expect(decided).toBeGreaterThanOrEqual(cases);
    // A ruling is a fact: it may make the deal gray in another way, which is a case of its own.
    const left = ruth.getByRole("navigation", { name: "Agenda" }).getByRole("button", { name: /to decide/ });
    while ((await left.count()) > 0) {
      await left.first().focus();
      await ruth.keyboard.press("Enter");
      await expect(step(camille)).toHaveText(await stepText(ruth));
      await decideTogether("1", ++decided);
    }
    await ruth.getByRole("button", { name: /^7 ?Minutes/ }).focus();
    await ruth.keyboard.press("Enter");
  });

  async function decideTogether(key: "1" | "2", at: number): Promise<void> {
    // The case before it was decided: only the new one has a side that has not said anything.
    await expect(seat(ruth, "finance")).toContainText("Has not decided yet");
    await expect(ruth.getByRole("button", { name: /^Rule upheld/ })).toBeVisible();
    await decide(ruth, key, `Reason of finance, case ${at}`);
    await expect(seat(camille, "finance")).toContainText(`Reason of finance, case ${at}`);
    await expect(seat(camille, "partnerships")).toContainText("Has not decided yet");
    await decide(camille, "4", `Reason of partnerships, case ${at}`);
    await expect(ruth.getByRole("heading", { name: "What was decided" })).toBeVisible();
  }

  await test.step("minutes that two wrote at once are shown both", async () => {
    const mine = ruth.getByRole("textbox", { name: "Minutes" });
    const theirs = camille.getByRole("textbox", { name: "Minutes" });
    await expect(theirs).toBeVisible();
    await mine.focus();
    await camille.context().setOffline(true);
    await expect(camille.getByText("No connection.")).toBeVisible();
    await theirs.focus();
    await camille.keyboard.type("Written offline.");
    await ruth.keyboard.type("All cases were heard.");
    await expect(ruth.getByText("Saved", { exact: true })).toBeVisible();
    await camille.context().setOffline(false);
    const conflict = camille.getByRole("alert").filter({ hasText: "Somebody else saved" });
    await expect(conflict).toContainText("All cases were heard.");
    await camille.getByRole("button", { name: "Put mine below theirs" }).focus();
    await camille.keyboard.press("Enter");
    await expect(mine).toHaveValue("All cases were heard.\nWritten offline.");
  });

  await test.step("one prepares the freeze, another of finance freezes; nobody else can", async () => {
    await agreedForLong();
    await ruth.getByRole("textbox", { name: "Minutes" }).blur();
    await ruth.keyboard.press("ArrowRight");
    const freeze = `Freeze ${quarter.label}`;
    await expect(camille.getByRole("heading", { name: freeze })).toBeVisible();
    await camille.reload();
    await expect(camille.getByRole("button", { name: freeze })).toBeDisabled();
    await camille.getByRole("button", { name: "Prepare the freeze" }).focus();
    await camille.keyboard.press("Enter");
    await expect(camille.getByText(`Prepared by ${personCalled("camille").name}`)).toBeVisible({
      timeout: 30_000,
    });
    await ruth.reload();
    await ruth.getByRole("button", { name: freeze }).press("Enter");
    await expect(ruth.getByRole("dialog")).toContainText("the fiscal year and the reporting currency");
    await ruth.getByLabel("Your own password").fill(personCalled("ruth").password);
    await ruth.keyboard.press("Enter");
    for (const page of [ruth, camille, viktor]) {
      await expect(page.getByRole("heading", { name: `${quarter.label} is frozen` })).toBeVisible({
        timeout: 30_000,
      });
    }
    const [seal] = await askDatabase(
      (sql) => sql<{ digest: string }[]>`select digest from sealed_quarters where quarter = ${quarter.label}`,
    );
    await expect(ruth.getByText(seal!.digest)).toBeVisible();
    await expectAccessible(ruth);
  });

  await test.step("the pack comes as PDF, slides and spreadsheet", async () => {
    for (const [name, magic] of [
      ["PDF", "%PDF"],
      ["Slides", "PK"],
      ["Spreadsheet", "PK"],
    ] as const) {
      const link = ruth.getByRole("link", { name, exact: true });
      await link.focus();
      const [download] = await Promise.all([ruth.waitForEvent("download"), ruth.keyboard.press("Enter")]);
      const file = await download.createReadStream();
      const [first] = (await file.take(1).toArray()) as Buffer[];
      expect(first!.subarray(0, magic.length).toString("latin1")).toBe(magic);
      await rm(await download.path(), { force: true });
    }
  });

  await test.step("the dashboard says that the quarter is frozen, and what was edited later is a restatement", async () => {
    await open(ruth, `/dashboard?quarter=${quarter.label}`);
    await expect(ruth.getByRole("link", { name: "Frozen" })).toBeVisible();
    await open(ruth, `${review}/restatements`);
    await expect(ruth.getByRole("heading", { name: "The numbers" })).toBeVisible();
    await expectAccessible(ruth);
  });
});

test("one raises an exception from a deal in four inputs, and finds it in the log", async ({ as }) => {
  const maren = await as("maren");
  const [deal] = await askDatabase(
    (sql) => sql<{ id: string }[]>`
      select d.id from deals d join role_rows r on r.deal_id = d.id
      where d.outcome = 'open' order by d.id limit 1`,
  );
  await open(maren, `/deals/${deal!.id}`);
  const dialog = maren.getByRole("dialog", { name: "Raise an exception" });
  await expect(async () => {
    await maren.keyboard.press("e");
    await expect(dialog).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(dialog.getByText(deal!.id)).toBeVisible();
  await dialog.getByRole("button", { name: /Kind/ }).click();
  await maren.getByRole("option", { name: /^Other/ }).click();
  await dialog.getByLabel("What is claimed, and why").fill("We met them at the partner's own event.");
  await expectAccessible(maren);
  await maren.keyboard.press("Control+Enter");
  await expect(dialog).toHaveCount(0);
  // Five and more of a kind are one line until somebody unfolds them.
  await open(maren, "/exceptions?kind=other&unfolded=other");
  await maren.getByRole("grid", { name: "Exceptions" }).getByText("We met them").click();
  await expect(maren.getByRole("complementary", { name: "The open case" })).toContainText(
    "partner's own event",
  );
});

for (const theme of ["light", "dark"] as const) {
  for (const path of ["/exceptions", "/exceptions?quarter=2020-Q1", "/review"]) {
    test(`${path} has no violation, ${theme}`, async ({ as }) => {
      const page = await as("ruth");
      await open(page, path, theme);
      await expectAccessible(page);
    });
  }
}
