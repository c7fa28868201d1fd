import type { APIResponse } from "@playwright/test";
import { expect, open, personCalled, test } from "./browser";

const policyOf = (answer: APIResponse) => answer.headers()["content-security-policy"] ?? "";
const HTTPS = { "x-forwarded-proto": "https" };

test("a page runs no script but its own: each has a nonce of this one answer", async ({ as, request }) => {
  const page = await as("hanne");
  for (const path of ["/deals", "/dashboard", "/policy", "/settings/account"]) {
    const answer = await page.request.get(path);
    const nonce = /'nonce-([^']+)'/.exec(policyOf(answer))?.[1];
    expect(nonce, path).toBeTruthy();
    expect(policyOf(answer)).toMatch(/script-src 'nonce-\S+ 'strict-dynamic' 'sha256-[^;]*;/);
    const html = await answer.text();
    const scripts = [...html.matchAll(/<script([^>]*)>(.{0,40})/gs)];
    const bare = scripts
      .filter(([, given]) => !given!.includes(`nonce="${nonce}"`))
      .map(([, , text]) => text);
    // The one that chooses the theme before the first paint is known by its hash.
    expect(bare, path).toEqual([expect.stringContaining("try{var t=JSON.parse(localStorage")]);
    expect(policyOf(await page.request.get(path))).not.toContain(nonce!);
  }
  const forged = await request.get("/sign-in", {
    headers: { "content-security-policy": "script-src 'nonce-mine'" },
  });
  expect(await forged.text()).not.toContain(`nonce="mine"`);
});

test("markup that somebody smuggled into a page runs nothing and changes nothing", async ({
  browser,
  baseURL,
}) => {
  const page = await (await browser.newContext({ baseURL })).newPage();
  const smuggled =
    `<img src="data:," onerror="window.ran=['handler']"><script>window.ran=['inline']</script>` +
    `<script nonce="mine">window.ran=['nonce']</script><style>body { --smuggled: yes }</style>` +
    `<script src="data:text/javascript,window.ran=['data']"></script></body>`;
  for (const path of ["/sign-in", "/statement", "/set-password"]) {
    const refused: string[] = [];
    page.on("console", (message) => refused.push(message.text()));
    await page.route(path, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("</body>", smuggled) });
    });
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const found = await page.evaluate(() => [
      String((window as { ran?: unknown }).ran),
      getComputedStyle(document.body).getPropertyValue("--smuggled"),
    ]);
    expect(found[0], path).toBe("undefined");
    expect(found[1], path).toBe("");
    expect(
      refused.filter((text) => /Content Security Policy/.test(text)).length,
      path,
    ).toBeGreaterThanOrEqual(5);
  }
  await page.context().close();
});

test("pages with charts, dialogs, notices, a print sheet and the API's reference break none of it", async ({
  as,
}) => {
  test.setTimeout(180_000);
  // `as` fails on what the console says, a refused script or style among it.
  const page = await as("hanne");
  await open(page, "/dashboard");
  await page.emulateMedia({ media: "print" });
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.goto("/api/v1/reference");
  await expect(page.locator("rapi-doc")).toHaveAttribute("theme", /light|dark/);
  await expect
    .poll(() => page.locator("rapi-doc").evaluate((doc) => doc.shadowRoot?.textContent ?? ""), {
      timeout: 45_000,
    })
    .toContain("/deals");
  for (const path of ["/statement", "/set-password"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
});

test("what is no page runs and loads nothing, and a kept file says so itself", async ({ request }) => {
  for (const path of ["/api/v1/me", "/api/v1/openapi.json", "/healthz", "/api/auth/csrf"]) {
    const answer = await request.get(path);
    expect(policyOf(answer), path).toMatch(/^default-src 'none'/);
    expect(answer.headers()["x-content-type-options"], path).toBe("nosniff");
  }
});

test("behind TLS cookies belong to this very host, and one under another name opens nothing", async ({
  baseURL,
}) => {
  const ask = (path: string, cookie: string, init: RequestInit = {}) =>
    fetch(`${baseURL}${path}`, { ...init, headers: { ...HTTPS, cookie, ...init.headers } });
  const asked = await ask("/api/auth/csrf", "");
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const { email, password } = personCalled("hanne");
  const entered = await ask("/api/auth/callback/credentials", kept(asked), {
    method: "POST",
    body: new URLSearchParams({ csrfToken, email, password, json: "true", callbackUrl: "/" }),
  });
  expect(entered.status).toBe(200);
  for (const answer of [asked, entered]) {
    expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect(answer.headers.getSetCookie().length).toBeGreaterThan(1);
    for (const cookie of answer.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-[^;]+; .*Path=\/;.*HttpOnly.*Secure/);
      expect(cookie).not.toContain("Domain");
    }
  }
  const session = kept(entered);
  expect((await ask("/api/v1/me", session)).status).toBe(200);
  // The same session under the name that a neighbour, or a line without TLS, could have set.
  expect((await ask("/api/v1/me", session.replaceAll("__Host-", ""))).status).toBe(401);
  const plain = await fetch(`${baseURL}/api/v1/me`, { headers: { cookie: session } });
  expect(plain.status).toBe(401);
  expect(plain.headers.has("strict-transport-security")).toBe(false);
});

/** What a browser sends back of an answer's cookies. */
const kept = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
