import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { enter } from "@/e2e/sign-in";
import { startServing } from "@/scripts/serve";
import { quarterBefore } from "./company/calendar";
import { type Company, PASSWORD } from "./company/open";
import { AE, PARTNER_MANAGER } from "./company/people";
import type { Figure } from "./figures";
import { INP, LCP, OPENED } from "./goals";
import type { Report } from "./report";
import { quantile } from "./timing";

/** How much slower than this machine's the reader's processor is. */
const THROTTLE = 4;
/** The first is not counted: it fills the caches of server and browser. */
const LOADS = 4;
const EMAIL = { ae: "ae-3@bench.example", manager: "pm-0@bench.example", finance: "finance@bench.example" };

/** A key and the dialog or panel that it opens. */
interface Opening {
  name: string;
  keys: readonly string[];
  shows: string;
}

interface Visit {
  name: string;
  as: keyof typeof EMAIL;
  path(at: Places): string;
  opens?: readonly Opening[];
}

/** What pages are about, in one company. */
interface Places {
  deal: string;
  quarter: string;
  policy: string;
  partner: string;
}

const DIALOG = "[role=dialog]";
const tag: Opening = { name: "tag", keys: ["t"], shows: DIALOG };
const log: Opening = { name: "log", keys: ["a"], shows: DIALOG };

const VISITS: readonly Visit[] = [
  {
    name: "deals",
    as: "ae",
    path: () => "/deals?scope=mine&state=open",
    opens: [
      { ...tag, keys: ["j", "t"] },
      log,
      { name: "peek", keys: ["Space"], shows: "aside[aria-label$='at a glance']" },
      { name: "find", keys: ["Control+k"], shows: DIALOG },
      { name: "keys", keys: ["?"], shows: DIALOG },
    ],
  },
  { name: "a deal", as: "ae", path: ({ deal }) => `/deals/${deal}`, opens: [tag, log] },
  { name: "inbox", as: "manager", path: () => "/inbox" },
  { name: "dashboard", as: "finance", path: () => "/dashboard" },
  { name: "a number, opened", as: "finance", path: () => "/dashboard?open=sourcedPipeline" },
  { name: "exceptions", as: "finance", path: () => "/exceptions" },
  { name: "reconciliation", as: "finance", path: () => "/reconciliation" },
  { name: "review of a quarter", as: "finance", path: ({ quarter }) => `/review/${quarter}` },
  { name: "policy", as: "finance", path: ({ policy }) => `/policy/${policy}` },
  { name: "partners", as: "manager", path: () => "/partners" },
  { name: "a partner", as: "manager", path: ({ partner }) => `/partners/${partner}` },
  { name: "forecast", as: "finance", path: () => "/forecast" },
  { name: "attached vs direct", as: "finance", path: () => "/attached" },
  { name: "lenses", as: "finance", path: () => "/lenses" },
];

/**
 * The production build in a browser whose processor is four times slower than this machine's: each page's
 * largest contentful paint, and, of what a key opens, the time from the key to its paint, the first time
 * on a page beside the second. The slowest single interaction of an opening is its INP.
 */
export async function measureBrowser(companies: readonly Company[], report: Report): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    for (const company of companies) await measureOne(browser, company, report);
  } finally {
    await browser.close();
  }
}

async function measureOne(browser: Browser, company: Company, report: Report): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-bench-browser-"));
  Object.assign(process.env, { DATABASE_URL: company.url, DATA_DIR: dataDir, DEMO: "off" });
  const served = await startServing();
  try {
    const at = await placesOf(company);
    for (const visit of VISITS) {
      const context = await browser.newContext({
        baseURL: served.address,
        viewport: { width: 1440, height: 900 },
      });
      // The loader of these files names functions by a helper of its own, which the page has not.
      await context.addInitScript("globalThis.__name = (named) => named");
      await context.addInitScript(watch);
      await enter(context, { email: EMAIL[visit.as], password: PASSWORD });
      for (const figure of await figuresOf(context, visit, at))
        report.add({ ...figure, deals: company.deals });
      await context.close();
    }
  } finally {
    await served.stop();
    delete process.env.DATABASE_URL;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function figuresOf(
  context: BrowserContext,
  { name, path, opens = [] }: Visit,
  at: Places,
): Promise<Omit<Figure, "deals">[]> {
  const paints: number[] = [];
  const openings = opens.map((opening) => ({
    opening,
    first: [] as number[],
    second: [] as number[],
    inp: [] as number[],
  }));
  for (let load = 0; load < LOADS; load++) {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
    await page.goto(path(at));
    await settle(page);
    if (load > 0) paints.push(await page.evaluate(() => window.paints.largest));
    // Somebody is there: what a key may open is fetched then, before the key.
    await page.mouse.move(700, 400);
    await page.waitForTimeout(1_000);
    await page.waitForLoadState("networkidle");
    for (const one of openings) {
      const [first, second] = [await press(page, one.opening), await press(page, one.opening)];
      if (load === 0) continue;
      one.first.push(first.shown);
      one.second.push(second.shown);
      one.inp.push(Math.max(first.inp, second.inp));
    }
    await page.close();
  }
  const unit = "ms" as const;
  const part = "browser" as const;
  return [
    { part, unit, name: `${name}: ${LCP}`, value: quantile(paints, 0.5) },
    ...openings.flatMap(({ opening, first, second, inp }) => [
      {
        part,
        unit,
        name: `${name}, ${opening.name}: ${OPENED}`,
        value: quantile(first, 0.5),
        floor: { name: "the second opening", value: quantile(second, 0.5) },
      },
      { part, unit, name: `${name}, ${opening.name}: ${INP}`, value: quantile(inp, 0.5) },
    ]),
  ];
}

/** Until all that the page shows is there and nothing is on its way. */
async function settle(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
  await page.waitForLoadState("networkidle");
}

/** Opens and closes again; milliseconds from the last key to what it shows, and of its slowest interaction. */
async function press(page: Page, { keys, shows }: Opening): Promise<{ shown: number; inp: number }> {
  for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
  await page.evaluate((selector) => window.paints.await(selector), shows);
  await page.keyboard.press(keys.at(-1)!);
  await page.waitForFunction(() => window.paints.shown > 0);
  await page.waitForTimeout(200);
  const told = await page.evaluate(() => ({ shown: window.paints.shown, inp: window.paints.slowest }));
  // A list that is open in a dialog closes before it.
  while ((await page.locator(shows).count()) > 0) {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(400);
  }
  return told;
}

declare global {
  interface Window {
    paints: { largest: number; shown: number; slowest: number; await(selector: string): void };
  }
}

/** Runs in the page before anything of it: notes what the browser says of its paints. */
function watch(): void {
  const paints = {
    largest: 0,
    shown: 0,
    slowest: 0,
    await(selector: string) {
      paints.shown = 0;
      paints.slowest = 0;
      let pressed = 0;
      addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true, once: true });
      const look = () => {
        if (pressed > 0 && document.querySelector(selector)) paints.shown = performance.now() - pressed;
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
  };
  window.paints = paints;
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) paints.largest = startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) paints.slowest = Math.max(paints.slowest, duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: false } as PerformanceObserverInit);
}

async function placesOf(company: Company): Promise<Places> {
  const one = async (query: ReturnType<typeof sql>): Promise<string> => {
    const [row] = await company.client.db.execute(query);
    if (!row) throw new Error("The company has nothing to show.");
    return String(row.id);
  };
  return {
    deal: await one(
      sql`select id from deals where closed_on is null order by owner = ${AE.ownerName} desc, id limit 1`,
    ),
    quarter: quarterBefore(company, 1),
    policy: await one(sql`select id from policies order by active_from desc limit 1`),
    partner: await one(
      sql`select id from partners order by owner_id = ${PARTNER_MANAGER.userId} desc nulls last, id limit 1`,
    ),
  };
}
