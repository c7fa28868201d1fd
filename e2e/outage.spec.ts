import { readFileSync } from "node:fs";
import { freePort } from "@/db/server/postmaster";
import { openWay, type Way } from "@/db/test-proxy";
import { type Served, startServing } from "@/scripts/serve";
import { askDatabase, expect, personCalled, signIn, test } from "./browser";

/**
 * What people are told when the database goes away, on the build: it holds the code of each route, page and
 * background job in bundles of their own, which throw to each other. A second server, by a way that breaks.
 */
test.describe.configure({ mode: "serial" });

let way: Way;
let app: Served;

test.beforeAll(async () => {
  const { DATABASE_URL, PORT } = process.env;
  way = await openWay(DATABASE_URL!);
  Object.assign(process.env, { DATABASE_URL: way.url, PORT: String(await freePort()) });
  app = await startServing();
  Object.assign(process.env, { DATABASE_URL, PORT });
});
test.afterAll(async () => {
  await app.stop();
  await way.close();
});
test.afterEach(() => way.mend());

/** A person of the demo company at the second server. */
async function at(browser: import("@playwright/test").Browser, name: string) {
  const context = await browser.newContext({ baseURL: app.address });
  await signIn(context, name);
  const send = async (path: string, data?: object) => {
    const answer = await context.request.fetch(`/api/v1${path}`, {
      ...(data && { method: "POST", data }),
      headers: { "sec-fetch-site": "same-origin" },
    });
    return { status: answer.status(), headers: answer.headers(), body: await answer.json() };
  };
  return { context, send };
}

const unavailable = (rule: RegExp) => ({
  status: 503,
  body: { code: "unavailable", rule: expect.stringMatching(rule) },
});

test("a database that is gone is said to be, in the log too, and is found again by itself", async ({
  browser,
}) => {
  const { context, send } = await at(browser, "maren");
  expect((await send("/me")).status).toBe(200);
  way.cut();
  const read = await send("/me");
  expect(read).toMatchObject(unavailable(/database/));
  expect(read.headers["retry-after"]).toBe("5");
  expect(await send("/record-learning", { text: "Written while the database was gone." })).toMatchObject(
    unavailable(/database/),
  );
  const file = await context.request.get("/api/review/2026-Q1/pack.xlsx");
  expect(file.status()).toBe(503);
  // The log is written behind the answer.
  for (const id of [read.headers["x-request-id"], file.headers()["x-request-id"]])
    await expect.poll(() => readFileSync(app.log, "utf8")).toContain(id);
  way.mend();
  expect((await send("/me")).status).toBe(200);
  await context.close();
});

test("backends that are killed under a running server are replaced before anybody hears of it", async ({
  browser,
}) => {
  const { context, send } = await at(browser, "maren");
  for (let round = 0; round < 5; round++) {
    await askDatabase(
      (sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'countersign' and datname = current_database()`,
    );
    const answers = await Promise.all([send("/me"), send("/owners-list"), send("/me")]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  }
  await context.close();
});

test("when nobody can tell whether a change was saved, a person is told to look", async ({ browser }) => {
  const { context, send } = await at(browser, "maren");
  const text = "Said while the database was lost.";
  const learnings = () => askDatabase((sql) => sql`select from learnings where text = ${text}`);
  way.of = personCalled("maren").id;
  way.onCommit = "drop the answer and go";
  expect(await send("/record-learning", { text })).toMatchObject(
    unavailable(/lost while it saved; look whether the change is there/),
  );
  expect(await learnings()).toHaveLength(1);
  way.mend();
  way.onCommit = "drop the answer";
  expect((await send("/record-learning", { text })).status).toBe(200);
  expect(await learnings()).toHaveLength(2);
  await context.close();
});
