import type { Page } from "@playwright/test";
import { askDatabase, expect, expectAccessible, frozenQuarter, open, pressUntilHeard, test } from "./browser";

/** Every page with the demo story in it; FROZEN is the last quarter that it froze; D-2001 is closed and credited, D-2010 open and disputed. */
const PAGES = [
  "/inbox?scope=all",
  "/deals?scope=all",
  "/deals/D-2001",
  "/deals/D-2010",
  "/partners",
  "/partners/P-vellum",
  "/accounts",
  "/registrations",
  "/dashboard",
  "/dashboard?compare=true",
  "/dashboard?forType=new",
  "/dashboard?open=sourcedPipeline",
  "/dashboard?rank=partner",
  "/exceptions",
  "/reconciliation",
  "/review",
  "/review/FROZEN/audit",
  "/policy",
  "/attached",
  "/attached?forType=new&deals=winRate.plain.with",
  "/forecast",
  "/forecast?view=weeks",
  "/forecast?view=targets",
  "/lenses",
  "/import",
  "/start",
  "/settings",
  "/settings/company",
  "/settings/stages",
  "/settings/activities",
  "/settings/people",
  "/settings/single-sign-on",
  "/settings/finance",
  "/settings/numbers",
  "/settings/compensation",
  "/settings/partners",
  "/settings/notices",
  "/settings/api",
  "/settings/connections",
  "/settings/jobs",
  "/settings/audit",
];
/** What an admin may not ask for. */
const OF_PARTNER_MANAGERS = ["/evidence"];
/** A phone, a small and a usual laptop, a desk (pages.md). */
const WIDTHS = [390, 1280, 1440, 1920];
const THEMES = ["light", "dark"] as const;
const addressOf = async (path: string) =>
  path.includes("FROZEN") ? path.replace("FROZEN", await frozenQuarter()) : path;

/** Words that run out of their box and are neither wrapped, scrolled to nor ended with an ellipsis. */
const cutWords = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("main *")].flatMap((element) => {
      const { overflowX, textOverflow, position } = getComputedStyle(element);
      const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
      const isKept = overflowX !== "hidden" && overflowX !== "clip";
      const hasWords = [...element.childNodes].some(
        (node) => node.nodeType === 3 && node.textContent?.trim(),
      );
      // What only a screen reader reads is a pixel wide on purpose.
      if (!isCut || isKept || !hasWords || textOverflow === "ellipsis" || position === "absolute") return [];
      return [`${element.tagName} "${element.textContent?.slice(0, 40)}"`];
    }),
  );

for (const path of [...PAGES, ...OF_PARTNER_MANAGERS]) {
  test(`${path} fits at every width and has no violation in either theme`, async ({ as }) => {
    test.setTimeout(180_000);
    const page = await as(OF_PARTNER_MANAGERS.includes(path) ? "dana" : "leo");
    const address = await addressOf(path);
    for (const theme of THEMES) {
      await open(page, address, theme);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(over, `${width} wide, ${theme}: pixels that run off to the side`).toBeLessThanOrEqual(0);
        expect(await cutWords(page), `${width} wide, ${theme}`).toEqual([]);
        if (width === 1440 || (width === 390 && theme === "light")) await expectAccessible(page);
      }
    }
  });
}

const press = (name: string | RegExp) => async (page: Page) =>
  page.getByRole("main").getByRole("button", { name }).first().click();
const erasing = (contact: string) => async (page: Page) => {
  await press(`Edit ${contact}`)(page);
  await page.getByRole("button", { name: "Erase…" }).click();
};
const key = (name: string) => (page: Page) => page.keyboard.press(name);
const make = (what: string) => async (page: Page) => {
  await page.keyboard.press("c");
  await page.getByRole("option", { name: new RegExp(`^${what}`) }).click();
};

/** Of a dialog whose first field opens its list: an open list hides the page behind it, which axe reports of the page. */
const listed = (opens: (page: Page) => Promise<unknown>) => async (page: Page) => {
  await opens(page);
  const first = page
    .getByRole("dialog", { includeHidden: true })
    .getByRole("combobox", { includeHidden: true })
    .first();
  await pressUntilHeard(
    () => first.press("ArrowDown"),
    () => page.getByRole("listbox").waitFor({ timeout: 2_000 }),
  );
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox")).toHaveCount(0);
};

/** Each dialog: its name, who opens it, where, and how. */
const DIALOGS: [name: RegExp, who: string, path: string, opens: (page: Page) => Promise<unknown>][] = [
  [/Find or do/, "leo", "/deals?scope=all", key("Control+k")],
  [/Keys/, "leo", "/deals?scope=all", key("?")],
  [/Tag partner/, "dana", "/deals/D-2010", key("t")],
  [/Log activity/, "dana", "/deals/D-2010", listed(key("a"))],
  [/Raise an exception/, "leo", "/deals/D-2010", key("e")],
  [/as won/, "leo", "/deals/D-2010", press("Close won")],
  [/as lost/, "leo", "/deals/D-2010", press("Close lost")],
  [/next joint step/, "dana", "/deals/D-2010", press("Plan a step")],
  [/New deal/, "leo", "/deals?scope=all", listed(make("New deal"))],
  [/New partner/, "leo", "/partners", make("New partner")],
  [/New account/, "leo", "/accounts", make("New account")],
  [/New registration/, "dana", "/registrations", listed(make("New registration"))],
  [/Edit/, "leo", "/partners/P-vellum", press("Edit")],
  [/Merge another record/, "leo", "/partners/P-vellum", listed(press("Merge"))],
  [/Share .* statement/, "dana", "/partners/P-vellum", press("Share")],
  [/A first selling play/, "dana", "/partners/P-vellum", press("Start")],
  [/New contact/, "leo", "/partners/P-vellum", press("Add contact")],
  [/into a program/, "camille", "/partners/P-vellum", press("Take in")],
  [/Add person/, "leo", "/settings/people", press("Add person")],
  [/^Erase/, "leo", "/partners/P-fennimore", erasing("Alistair Fenn")],
  [/Edit Maren/, "leo", "/settings/people", press("Edit Maren Okafor")],
  [/Add category/, "ruth", "/settings/finance", press("Add category")],
  [/Add connection/, "leo", "/settings/connections", press("Add connection")],
  [/Model that reads/, "leo", "/settings/connections", press("Name a model")],
  [/Add webhook/, "leo", "/settings/api", press("Add webhook")],
  [/Deputies/, "camille", "/exceptions", press("Deputies")],
  [/Start a draft/, "camille", "/policy", press(/Start a draft|New draft|Draft/)],
  [/win rate/, "ruth", "/dashboard", press(/win rate.*details/)],
  [/under/, "ruth", "/lenses", press(/open them/)],
];

for (const [name, who, path, opens] of DIALOGS) {
  test(`the dialog ${name.source} of ${path} has no violation in either theme, at two widths`, async ({
    as,
  }) => {
    const page = await as(who);
    for (const theme of THEMES) {
      await open(page, path, theme);
      await opens(page);
      const dialog = page.getByRole("dialog", { name, includeHidden: true }).first();
      await expect(dialog).toBeVisible();
      await expect(dialog.locator("[aria-busy=true]")).toHaveCount(0);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        if (width === 1440 || theme === "light") await expectAccessible(page);
        const over = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
        expect(over, `${width} wide, ${theme}: pixels that run out of the dialog`).toBeLessThanOrEqual(1);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  });
}

test("a page is usable at 320 pixels: nothing runs off to the side", async ({ as }) => {
  test.setTimeout(120_000);
  const page = await as("leo", { viewport: { width: 320, height: 700 } });
  const [account] = await askDatabase((sql) => sql`select id from accounts order by id limit 1`);
  for (const path of [...PAGES, `/accounts/${account!.id}`]) {
    await open(page, await addressOf(path));
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});

for (const theme of THEMES)
  test(`/statement has no violation, ${theme}`, async ({ page }) => {
    await open(page, "/statement", theme);
    await expectAccessible(page);
  });

for (const theme of THEMES)
  test(`/sign-in has no violation, ${theme}`, async ({ page }) => {
    await open(page, "/sign-in", theme);
    await expectAccessible(page);
  });
