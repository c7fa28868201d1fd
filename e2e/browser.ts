import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import postgres from "postgres";
import { connect } from "@/db/connection/client";
import { DEMO_PEOPLE, type DemoPerson } from "@/db/demo/people";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { perform } from "@/lib/commands/door";
import { enter } from "./sign-in";

/** A person of the demo company by the first part of their address: `maren`, `ruth`. */
export function personCalled(name: string): DemoPerson {
  const person = DEMO_PEOPLE.find(({ email }) => email.startsWith(`${name}@`));
  if (!person) throw new Error(`nobody in the demo is called ${name}`);
  return person;
}

/** Gives a context the session of a person of the demo company. */
export const signIn = (context: BrowserContext, name: string) => enter(context, personCalled(name));

interface Fixtures {
  /** A page with the session of a person of the demo company, in a context of its own. */
  as: (
    name: string,
    options?: Parameters<import("@playwright/test").Browser["newContext"]>[0],
  ) => Promise<Page>;
}

/** The journeys' test: fails on an unexpected error in any page's console. */
export const test = base.extend<Fixtures>({
  as: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async (name, options = {}) => {
      const context = await browser.newContext({
        baseURL,
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      contexts.push(context);
      await signIn(context, name);
      const page = await context.newPage();
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        // A refused write answers with its status, which the browser reports of itself.
        const refused = /the server responded with a status of 4\d\d/.test(message.text());
        if (message.type() === "error" && !refused) errors.push(message.text());
      });
      return page;
    });
    for (const context of contexts) await context.close();
    expect(errors).toEqual([]);
  },
});
export { expect };

/** One number from the journey's own database, asked as its owner. */
export async function askDatabase<T>(ask: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(process.env.DATABASE_URL!, { max: 1, onnotice: () => {} });
  try {
    return await ask(sql);
  } finally {
    await sql.end();
  }
}

/** The last quarter that the demo story froze. */
export async function frozenQuarter(): Promise<string> {
  const [seal] = await askDatabase(
    (sql) => sql<{ quarter: string }[]>`select quarter from sealed_quarters order by quarter desc limit 1`,
  );
  return seal!.quarter;
}

/** Fails with what axe finds on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join("; ")})`,
  );
  expect(found).toEqual([]);
}

/** Opens a path in a theme and waits until it shows what it has. */
export async function open(page: Page, path: string, theme: "light" | "dark" = "light"): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  const answer = await page.goto(path);
  expect(answer?.status(), `${path} answers`).toBe(200);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

/** Presses what the server has drawn, whose script may not listen yet, until it was heard. */
export async function pressUntilHeard(
  press: () => Promise<unknown>,
  heard: () => Promise<unknown>,
): Promise<void> {
  await expect(async () => {
    await press();
    await heard();
  }).toPass({ timeout: 30_000 });
}

/** What a journey made. No one person removes a closed or contested deal; whoever has the database's address may. */
export async function removeDeals(ids: readonly string[]): Promise<void> {
  const client = connect(process.env.DATABASE_URL!, { max: 1 });
  for (const dealId of ids) {
    const [deal] = await askDatabase((sql) => sql`select version from deals where id = ${dealId}`);
    const input = { dealId, version: deal!.version, reason: "Made by a test" };
    await perform(deleteDeal, input, { actor: COMMAND_LINE, client });
  }
  await client.close();
}
