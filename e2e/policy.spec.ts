// Long: the life of an agreement is one story, told person by person.
import type { Page } from "@playwright/test";
import { askDatabase, expect, expectAccessible, open, personCalled, pressUntilHeard, test } from "./browser";

/**
 * The agreement, from a draft to three signatures: what it would have done is seen before it is signed,
 * the dashboard says by whom it was signed, and what must not happen is refused in plain words.
 */
test.describe.configure({ mode: "serial" });

type AsPerson = (name: string) => Promise<Page>;

const story = { address: "" };

const state = (page: Page) => page.getByRole("main").getByRole("button", { name: /what this stands under/ });

/** The policy's page on the pane named, when its memo stands. */
async function openPolicy(page: Page, pane: string, address = story.address): Promise<void> {
  await open(page, `${address}?pane=${pane}`);
  await expect(page.getByRole("article", { name: "Memo" })).toBeVisible();
}

async function startDraft(page: Page, from: string, title: string): Promise<string> {
  await open(page, "/policy");
  await page.getByRole("button", { name: "Start a draft" }).click();
  const dialog = page.getByRole("dialog", { name: "Start a draft" });
  await dialog.getByText(from).first().click();
  await dialog.getByLabel("Title").fill(title);
  await dialog.getByRole("button", { name: "Start draft" }).click();
  await page.waitForURL(/\/policy\/[^?]+/);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return new URL(page.url()).pathname;
}

async function propose(page: Page, activeFrom?: string): Promise<void> {
  await page.getByRole("button", { name: "Propose", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Propose for signature" });
  if (activeFrom) await dialog.getByLabel("Active from").fill(activeFrom);
  await dialog.getByRole("button", { name: "Freeze and propose" }).click();
}

/** Opens the dialog of one's own seat and enters the password. */
async function enterSignature(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await page.getByLabel("Your own password").fill(personCalled(name).password);
}
const signText = (page: Page) => page.getByRole("button", { name: "Sign this text" }).click();

async function trySigning(as: AsPerson, name: string, address = story.address): Promise<Page> {
  const page = await as(name);
  await openPolicy(page, "signatures", address);
  await enterSignature(page, name);
  await signText(page);
  return page;
}

async function signAs(as: AsPerson, name: string, address = story.address): Promise<Page> {
  const page = await trySigning(as, name, address);
  await expect(page.getByRole("dialog")).toBeHidden();
  return page;
}

/** The first agreement starts the twelve months: an amendment begins after them. */
const IN_A_YEAR = 366;
const dayFromToday = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The story's company has signed; this journey begins before that: its memo goes, and the next read judges anew. */
test.beforeAll(async () => {
  await askDatabase((sql) =>
    sql.begin(async (tx) => {
      await tx`select set_config('countersign.actor', 'command-line', true), set_config('countersign.request', 'journey', true)`;
      await tx`delete from policies where demo`;
      await tx`update judged_deals set stale_on = (now() at time zone 'UTC')::date`;
    }),
  );
});

test("the head of partnerships drafts: the memo follows the settings and is saved", async ({ as }) => {
  const page = await as("camille");
  await open(page, "/dashboard?");
  await expect(state(page)).toHaveText(/Draft policy/);
  story.address = await startDraft(page, "Triple tier", "Agreement of the journey");
  const memo = page.getByRole("article", { name: "Memo" });
  await expect(memo).toContainText("Co-sell is 2 or more documented activities");
  await page.getByRole("button", { name: /Increase Co-sell needs at least/ }).click();
  await expect(memo).toContainText("Co-sell is 3 or more documented activities");
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await page.getByRole("button", { name: /Decrease Co-sell needs at least/ }).click();
  await expect(memo).toContainText("Co-sell is 2 or more documented activities");
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await page.reload();
  await expect(memo).toContainText("Co-sell is 2 or more documented activities");
  const difference = page.getByRole("tab", { name: /Difference/ });
  await pressUntilHeard(
    () => difference.click(),
    () => expect(difference).toHaveAttribute("aria-selected", "true", { timeout: 2_000 }),
  );
  await expect(page.getByRole("tabpanel")).toContainText("Co-sell is 2 or more documented activities");
  await expectAccessible(page);
});

test("the draft is held against what judges now; a cell opens its deals with the rule that differs", async ({
  as,
}) => {
  const page = await as("camille");
  await openPolicy(page, "backtest");
  await page.getByRole("button", { name: "Run backtest" }).click();
  const result = page.getByRole("region", { name: "Result", exact: true });
  await expect(result.getByText(/deals? change/).first()).toBeVisible();
  for (const name of ["What moves where", "The four numbers", "Who gains, who loses", "Gray deals"]) {
    await expect(result.getByRole("heading", { name })).toBeVisible();
  }
  const cell = result.getByRole("button", { name: /deals? go from/ }).first();
  const deals = Number(
    /^[\d,]+/.exec((await cell.getAttribute("aria-label")) ?? "")?.[0].replaceAll(",", ""),
  );
  await cell.click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByText(new RegExp(`^${deals} deals?$`))).toBeVisible();
  await expect(panel.getByRole("listitem").first()).toContainText("Before");
  await expect(panel.getByRole("listitem").first()).toContainText("Triple tier:");
  await page.keyboard.press("Escape");
  await result.getByRole("button", { name: "Keep beside the memo" }).click();
  await expect(page.getByRole("heading", { name: "Kept beside the memo" })).toBeVisible();
  await expectAccessible(page);
});

test("a setting that is not valid stays as typed, and neither is saved nor called so", async ({ as }) => {
  const page = await as("camille");
  await openPolicy(page, "settings");
  const amount = page.getByLabel("Amount in USD");
  await amount.fill("12,345.678");
  await page.keyboard.press("Tab");
  await expect(amount).toHaveValue("12,345.678");
  await expect(page.getByText("1 setting is not valid and not saved")).toBeVisible();
  await expect(page.getByRole("button", { name: "Propose", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.getByRole("tab", { name: /Difference/ }).click();
  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(amount).toHaveValue("12,345.678");
  await amount.fill("40,000.00");
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await expectAccessible(page);
});

test("proposing says what the signature will judge, and freezes the text: a hand still on the draft is refused", async ({
  as,
}) => {
  const [page, late] = [await as("camille"), await as("camille")];
  await openPolicy(late, "settings");
  await openPolicy(page, "signatures");
  await page.getByRole("button", { name: "Propose", exact: true }).click();
  const effect = page.getByRole("region", { name: "What the signature will judge" });
  await expect(effect).toContainText(
    /judges the \d+ deals? open today( and the \d+ closed since|, and none that is closed)/,
  );
  await expect(effect).toContainText(/outcome/);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await propose(page);
  await expect(page.getByText("Proposed, 0 of 3 signed").first()).toBeVisible();
  await late.getByRole("button", { name: /Increase Co-sell needs at least/ }).click();
  await expect(late.getByText(/frozen/).first()).toBeVisible();
});

test("three people sign in their seats, each with their own password", async ({ as }) => {
  const cro = await as("viktor");
  await openPolicy(cro, "signatures");
  await cro.getByRole("button", { name: "Sign", exact: true }).click();
  await cro.getByLabel("Your own password").fill("not mine");
  await signText(cro);
  await expect(cro.getByText(/is not yours/)).toBeVisible();
  await cro.getByLabel("Your own password").fill(personCalled("viktor").password);
  // The same seat in another window, its dialog open before the first one signs.
  const again = await as("viktor");
  await openPolicy(again, "signatures");
  await enterSignature(again, "viktor");
  await signText(cro);
  await expect(cro.getByRole("tab", { name: "Signatures 1 of 3" })).toBeVisible();
  await signText(again);
  await expect(again.getByRole("dialog").getByRole("alert")).toContainText(/signed already/);

  await signAs(as, "ruth");
  const head = await signAs(as, "camille");
  await expect(head.getByText("Signed by all three")).toBeVisible();
  await expect(head.getByRole("heading", { name: "Judged under it" })).toBeVisible();
  await expect(head.getByText(/deals were judged again/)).toBeVisible();
});

test("the dashboard says by whom the policy was signed, and over which hash", async ({ as }) => {
  const page = await as("ruth");
  await open(page, "/dashboard");
  await expect(state(page)).toHaveText(/^Unsigned before /);
  await state(page).click();
  const details = page.getByRole("dialog", { name: "Policy" });
  for (const name of ["viktor", "ruth", "camille"])
    await expect(details).toContainText(personCalled(name).name);
  const [policy] = await askDatabase((sql) => sql`select hash from policies where upper_inf(period)`);
  await expect(details).toContainText(policy!.hash);
});

test("a fourth signature is refused, in words", async ({ as }) => {
  const page = await as("ruth");
  await openPolicy(page, "signatures");
  await expect(page.getByRole("button", { name: "Sign", exact: true })).toHaveCount(0);
  expect(await signPast(page, story.address)).toEqual({
    status: 400,
    rule: expect.stringContaining("Three people signed it"),
  });
});

/** Signs without the page's own buttons, as a script could; answers the rule that refused it. */
async function signPast(page: Page, address: string): Promise<{ status: number; rule: string }> {
  const policyId = decodeURIComponent(address.split("/").at(-1)!);
  const [policy] = await askDatabase((sql) => sql`select hash from policies where id = ${policyId}`);
  const name = await nameOf(page);
  const [person] = await askDatabase((sql) => sql`select email from users where name = ${name}`);
  const { password } = personCalled((person!.email as string).split("@")[0]!);
  const answer = await page.request.post("/api/v1/sign-policy", {
    data: { policyId, hash: policy!.hash, password },
    headers: { origin: new URL(page.url()).origin },
  });
  return { status: answer.status(), rule: (await answer.json()).rule };
}

const nameOf = async (page: Page) =>
  (await (await page.request.get("/api/v1/me")).json()).user.name as string;

const giveRole = async (admin: Page, userId: string, role: string) => {
  const answer = await admin.request.post("/api/v1/edit-user", {
    data: { userId, changes: { role } },
    headers: { origin: new URL(admin.url()).origin },
  });
  expect(answer.ok()).toBe(true);
};

test("one person has one seat, whatever role an admin gives them later", async ({ as }) => {
  const page = await as("camille");
  const address = await startDraft(page, "Two buckets", "Two seats");
  await propose(page, dayFromToday(IN_A_YEAR));
  await expect(page.getByText("Proposed, 0 of 3 signed").first()).toBeVisible();
  const head = await signAs(as, "camille", address);
  await expect(head.getByRole("tab", { name: "Signatures 1 of 3" })).toBeVisible();
  const admin = await as("leo");
  await open(admin, "/deals");
  await giveRole(admin, personCalled("camille").id, "cro");
  try {
    // A change of role ends the session.
    const moved = await as("camille");
    await openPolicy(moved, "signatures", address);
    await expect(moved.getByText("You have signed: one person, one seat")).toBeVisible();
    // Not the state of the policy forbids it but the hand: 403, as every guard of hands answers.
    expect(await signPast(moved, address)).toEqual({
      status: 403,
      rule: expect.stringContaining("one person, one seat"),
    });
  } finally {
    await giveRole(admin, personCalled("camille").id, "head_of_partnerships");
  }
  const back = await as("camille");
  await openPolicy(back, "signatures", address);
  await back.getByRole("button", { name: "Withdraw…" }).click();
  await back.getByLabel("Reason").fill("Only to try");
  await back.getByRole("button", { name: "Withdraw", exact: true }).click();
  await expect(back.getByText("“Only to try”")).toBeVisible();
});

test("what the third signature would be refused for, the proposal is refused for", async ({ as }) => {
  const page = await as("camille");
  await startDraft(page, "Two buckets", "On the same day");
  await propose(page, dayFromToday(0));
  const dialog = page.getByRole("dialog", { name: "Propose for signature" });
  const rule = /at most one amendment in twelve months: the next may be active from/i;
  await expect(dialog.getByText(rule).first()).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Draft", { exact: true }).first()).toBeVisible();
});

test("an amendment waits for its day; a second one is refused, and its wish is kept", async ({ as }) => {
  const page = await as("camille");
  const address = await startDraft(page, "Two buckets", "The year's amendment");
  await propose(page, dayFromToday(IN_A_YEAR));
  await expect(page.getByText("Proposed, 0 of 3 signed").first()).toBeVisible();
  for (const name of ["viktor", "ruth", "camille"]) await signAs(as, name, address);
  await openPolicy(page, "signatures", address);
  await expect(page.getByRole("tab", { name: "Signatures 3 of 3" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Judges from / })).toBeVisible();
  await expect(page.getByText("Judging deals again")).toHaveCount(0);

  await startDraft(page, "Lanes", "One too many");
  await page.getByRole("tab", { name: /Signatures/ }).click();
  await expect(page.getByText(/One amendment possible from/)).toBeVisible();
  await propose(page, dayFromToday(30));
  const dialog = page.getByRole("dialog", { name: "Propose for signature" });
  await expect(dialog.getByText(/at most one amendment in twelve months/i).first()).toBeVisible();
  await dialog.getByLabel(/as a wish/).fill("Count recommendations as a motion");
  await dialog.getByRole("button", { name: "Keep", exact: true }).click();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await open(page, "/policy");
  await expect(page.getByText("Count recommendations as a motion")).toBeVisible();
});

test("the memo prints and exports on one page", async ({ as }) => {
  const page = await as("hanne");
  await openPolicy(page, "signatures");
  const pages = async (pdf: Buffer) => (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("article", { name: "Memo" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeHidden();
  for (const format of ["A4", "Letter"]) expect(await pages(await page.pdf({ format }))).toBe(1);
  const exported = await page.request.get(`/api${story.address}/memo.pdf`);
  expect(exported.headers()["content-type"]).toBe("application/pdf");
  expect(await pages(await exported.body())).toBe(1);
});

for (const theme of ["light", "dark"] as const) {
  test(`policy and lenses are accessible, ${theme}; a cell of the lenses opens its deals`, async ({ as }) => {
    const page = await as("leo");
    for (const path of ["/policy", story.address, "/lenses"]) {
      await open(page, path, theme);
      await expectAccessible(page);
    }
    const cell = page.getByRole("button", { name: /Sourced under Lanes/ });
    const deals = /^\d+/.exec((await cell.getAttribute("aria-label")) ?? "")?.[0];
    await cell.click();
    await expect(page.getByRole("dialog").getByText(new RegExp(`^${deals} deals?,`))).toBeVisible();
    await expectAccessible(page);
  });
}
