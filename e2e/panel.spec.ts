import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Frame, Page } from "@playwright/test";
import { gateSecrets } from "@/db/server/secrets";
import { signPanelLink } from "@/lib/auth/panel-links";
import { expect, expectAccessible, test } from "./browser";

/** A deal's panel in the frame of a CRM: a page of another origin, in a browser that never signed in here. */
const DEAL = "D-2010";
let crm: Server;
test.beforeAll(async () => {
  crm = createServer(({ url }, response) => {
    const { searchParams } = new URL(url ?? "/", "http://crm");
    const address = searchParams.get("shows")?.replaceAll("&", "&amp;");
    // A browser asks for an icon, too.
    if (!address) return void response.writeHead(404).end();
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="en"><head><title>Opportunity</title><meta name="viewport" content="width=device-width">
<style>:root{color-scheme:light dark}body{margin:0}iframe{border:0;width:100%;height:480px}</style></head>
<body><main><h1>Opportunity</h1><iframe title="Attribution" src="${address}"></iframe></main></body></html>`,
    );
  });
  await new Promise<void>((done) => crm.listen(0, "127.0.0.1", done));
});
test.afterAll(() => {
  crm.closeAllConnections();
  crm.close();
});

/** The CRM's page at a host, with an address in its frame. */
const pageOf = (address: string, host = "127.0.0.1") =>
  `http://${host}:${(crm.address() as AddressInfo).port}/?shows=${encodeURIComponent(address)}`;

/** As the CRM's server asks for it; here by a session instead of a key. */
async function linkOf(page: Page): Promise<string> {
  const answer = await page.request.get(`/api/v1/deals/${DEAL}/panel`);
  expect(answer.status()).toBe(200);
  return ((await answer.json()) as { address: string }).address;
}

const framed = async (page: Page): Promise<Frame> => {
  const frame = await (await page.locator("iframe").elementHandle())!.contentFrame();
  await frame!.waitForLoadState();
  return frame!;
};
const groundOf = (frame: Frame) => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("shows what the deal came to, from 320 to 600 px wide, light and dark, to a browser that keeps nothing of ours", async ({
  as,
  browser,
}) => {
  const address = await linkOf(await as("leo"));
  const grounds = new Set<string>();
  for (const theme of ["light", "dark"] as const) {
    for (const width of [320, 400, 600]) {
      const context = await browser.newContext({ viewport: { width, height: 640 }, colorScheme: theme });
      const page = await context.newPage();
      await page.goto(pageOf(`${address}&theme=${theme}`));
      const frame = await framed(page);
      await expect(frame.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(frame.getByRole("link", { name: /^Open .* in Countersign$/ })).toBeVisible();
      const { is, has } = await frame.evaluate(() => ({
        is: document.documentElement.scrollWidth,
        has: document.documentElement.clientWidth,
      }));
      expect(is, `nothing is cut at ${width} px`).toBeLessThanOrEqual(has);
      grounds.add(`${theme} ${await groundOf(frame)}`);
      await expectAccessible(page);
      await test.info().attach(`panel-${width}-${theme}`, {
        body: await page.screenshot(),
        contentType: "image/png",
      });
      expect(await context.cookies()).toEqual([]);
      await context.close();
    }
  }
  expect(grounds.size).toBe(2);
  expect(new Set([...grounds].map((one) => one.split(" ").slice(1).join(" "))).size).toBe(2);
});

test("without a theme in its address it is as the browser has it, and its link opens the deal beside the CRM", async ({
  as,
}) => {
  const page = await as("leo", { colorScheme: "dark" });
  const address = await linkOf(page);
  await page.goto(pageOf(address));
  const frame = await framed(page);
  const dark = await groundOf(frame);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await groundOf(frame)).not.toBe(dark);
  const [opened] = await Promise.all([
    page.context().waitForEvent("page"),
    frame.getByRole("link", { name: /^Open / }).click(),
  ]);
  await opened.waitForURL(new RegExp(`/deals/${DEAL}$`));
  expect(await opened.evaluate(() => window.opener)).toBeNull();
});

test("a link that has run out says so in the frame, and nothing of any deal", async ({ browser }) => {
  process.env.SIGNING_KEYS = JSON.stringify(gateSecrets().keys);
  const minutes = (past: number) => signPanelLink(DEAL, Date.now() - past * 60_000);
  const at = (word: string) => `${process.env.BASE_URL}/panel/${DEAL}?link=${word}`;
  const context: BrowserContext = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  // One of a minute ago opens it: what the next one lacks is time alone.
  await page.goto(pageOf(at((await minutes(1)).word)));
  await expect((await framed(page)).getByRole("link", { name: /^Open / })).toBeVisible();
  await page.goto(pageOf(at((await minutes(16)).word)));
  const frame = await framed(page);
  await expect(frame.getByText(/This link has run out/)).toBeVisible();
  await expect(frame.getByRole("link")).toHaveCount(0);
  await expectAccessible(page);
  await context.close();
});

test("a page of an origin that is not named has its browser refuse the frame; so has every other page here", async ({
  as,
  browser,
}) => {
  const page = await as("leo");
  const address = await linkOf(page);
  const context = await browser.newContext();
  const other = await context.newPage();
  const refusals: string[] = [];
  other.on("console", (message) => refusals.push(message.text()));
  for (const wrong of [pageOf(address, "localhost"), pageOf(`${process.env.BASE_URL}/sign-in`)]) {
    refusals.length = 0;
    await other.goto(wrong);
    await expect.poll(() => refusals.join(" ")).toContain("frame-ancestors");
    expect((await framed(other)).url()).toMatch(/^chrome-error:/);
  }
  await context.close();
});
