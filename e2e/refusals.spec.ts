/** Long: the tables themselves. Who gets what of the served build: pages, Next's own addresses of them, files; nobody, each role, keys (domain.md §9). */
import { readdirSync } from "node:fs";
import { DEMO_PEOPLE } from "@/db/demo/people";
import { USER_ROLES } from "@/lib/auth/roles";
import { askDatabase, expect, test } from "./browser";

const at = (path: string) => `${process.env.BASE_URL}${path}`;
type Headers = Record<string, string>;

/** As Next's own script asks: it goes on to where data have their address (`_rsc`), and nowhere else. */
async function ask(path: string, headers: Headers = {}, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(at(path), { redirect: "manual", ...init, headers });
  const to = answer.headers.get("location") ?? "";
  if (!headers.rsc || !to.includes("_rsc") || to.includes("/sign-in")) return answer;
  await answer.arrayBuffer();
  return fetch(new URL(to, at(path)), { redirect: "manual", ...init, headers });
}

const kept = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** Signs in and gives the header that a browser would send. */
async function cookieOf({ email, password }: { email: string; password: string }): Promise<Headers> {
  const csrf = await ask("/api/auth/csrf");
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, email, password, json: "true", callbackUrl: "/" });
  const entered = await ask(
    "/api/auth/callback/credentials",
    { cookie: kept(csrf) },
    { method: "POST", body },
  );
  return { cookie: kept(entered) };
}

async function write<T>(name: string, input: object, headers: Headers): Promise<T> {
  const body = JSON.stringify(input);
  const answer = await ask(
    `/api/v1/${name}`,
    { ...headers, "content-type": "application/json" },
    { method: "POST", body },
  );
  expect(answer.status, `${name}: ${await answer.clone().text()}`).toBe(200);
  return ((await answer.json()) as { answer: T }).answer;
}

/** Every page that somebody signed in sees, from the folders that make them. */
const PLACES: Readonly<Record<string, string>> = {
  "deals/[id]": "deals/D-2001",
  "partners/[id]": "partners/P-vellum",
  "review/[quarter]": "review/2026-Q3",
  "review/[quarter]/restatements": "review/2026-Q2/restatements",
  "review/[quarter]/audit": "review/2026-Q2/audit",
};

async function pages(): Promise<string[]> {
  const [account] = await askDatabase((sql) => sql`select id from accounts order by id limit 1`);
  const [policy] = await askDatabase((sql) => sql`select id from policies order by id limit 1`);
  const places = {
    ...PLACES,
    "accounts/[id]": `accounts/${account!.id}`,
    "policy/[id]": `policy/${policy!.id}`,
  };
  const found = ["(app)", "(meeting)"].flatMap((group) =>
    readdirSync(`app/${group}`, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith("/page.tsx") && !file.startsWith("[...rest]"))
      .map((file) => file.slice(0, -"/page.tsx".length)),
  );
  return found.map((place) => `/${(places as Record<string, string>)[place] ?? place}`);
}

/** Ways to a page's content that are not the page: Next's data, prefetches, segments, and headers that only Next may send. */
const SUBREQUEST = ["middleware", "src/middleware", "proxy", "src/proxy"];
/** As a router says that it knows nothing of the page yet. */
const TREE = encodeURIComponent(JSON.stringify(["", { children: ["__PAGE__", {}] }]));
const WAYS: [string, (path: string) => [string, Headers]][] = [
  ["as a page", (path) => [path, {}]],
  ["as data", (path) => [`${path}?_rsc=x`, { rsc: "1" }]],
  ["as a part of the tree", (path) => [`${path}?_rsc=x`, { rsc: "1", "next-router-state-tree": TREE }]],
  ["as a prefetch", (path) => [`${path}?_rsc=x`, { rsc: "1", "next-router-prefetch": "1" }]],
  ...["/_tree", "/_full", "/_index", "/(app)/__PAGE__"].map(
    (segment): [string, (path: string) => [string, Headers]] => [
      `as the segment ${segment}`,
      (path) => [path, { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": segment }],
    ],
  ),
  ["as .rsc", (path) => [`${path}.rsc`, {}]],
  ["as .segments", (path) => [`${path}.segments/_tree.segment.rsc`, {}]],
  ["as Next's data of a build", (path) => [`/_next/data/x${path}.json`, { "x-nextjs-data": "1" }]],
  ...SUBREQUEST.map((name): [string, (path: string) => [string, Headers]] => [
    `as a request of ${name}`,
    (path) => [
      path,
      { "x-middleware-subrequest": Array(5).fill(name).join(":"), "x-middleware-subrequest-id": "x" },
    ],
  ]),
  [
    "past middleware",
    (path) => [path, { "x-middleware-next": "1", "x-middleware-skip": "1", "x-middleware-prefetch": "1" }],
  ],
  [
    "rewritten",
    (path) => ["/sign-in", { "x-middleware-rewrite": path, "x-nextjs-rewrite": path, "x-rewrite-url": path }],
  ],
  [
    "with headers put over",
    (path) => [path, { "x-middleware-override-headers": "cookie", "x-middleware-request-cookie": "a=b" }],
  ],
  [
    "as matched",
    (path) => [
      "/sign-in",
      { "x-matched-path": path, "x-invoke-path": path, "x-invoke-status": "200", "x-invoke-output": path },
    ],
  ],
  ["as routed", (path) => [path, { "x-now-route-matches": "1=x", "x-nextjs-data": "1", "next-url": path }]],
  ["resumed", (path) => [path, { "next-resume": "1", "x-next-resume": "1", "x-nextjs-postponed": "1" }]],
  ["revalidated", (path) => [path, { "x-prerender-revalidate": "x", "x-prerender-bypass-mode": "x" }]],
  [
    "from elsewhere",
    (path) => [
      path,
      { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "127.0.0.1" },
    ],
  ],
  ["as an action", (path) => [path, { "next-action": "x".repeat(40) }]],
  ["with a path twice", (path) => [`/${path}`, {}]],
  [
    "in capitals of the escape",
    (path) => [`${path.slice(0, 1)}%${path.charCodeAt(1).toString(16)}${path.slice(2)}`, {}],
  ],
];

test("nobody who is not signed in gets a word of the company by any address of any page", async () => {
  test.setTimeout(300_000);
  const known = await askDatabase(
    (sql) => sql`select account as word from deals where account is not null union select name from partners`,
  );
  const words = known.map(({ word }) => String(word)).filter((word) => word.length > 5);
  expect(words.length).toBeGreaterThan(20);
  const all = await pages();
  expect(all.length).toBeGreaterThan(35);
  let asked = 0;
  for (const path of all)
    for (const [way, by] of WAYS) {
      const [address, headers] = by(path);
      const method = way === "as an action" ? "POST" : "GET";
      const answer = await ask(address, headers, { method });
      const text = await answer.text();
      const label = `${path} ${way}: ${answer.status}`;
      expect(
        words.filter((word) => text.includes(word)),
        label,
      ).toEqual([]);
      expect(answer.status, label).toBeLessThan(500);
      // A page that is not refused is the sign-in page, or its data say to go there. A tree of segments names addresses alone.
      const isPage = answer.headers.get("content-type")?.includes("html") || way === "as data";
      if (answer.status === 200 && isPage) expect(text, label).toMatch(/\/sign-in|Sign in/);
      if (way === "as a page") expect(answer.headers.get("location"), label).toMatch(/^\/sign-in/);
      asked++;
    }
  expect(asked).toBe(all.length * WAYS.length);
});

/** What of a page is an answer to its asker: every page is for every role, and says what it keeps from whom. */
test("each role gets each page, by Next's data as by itself, with nobody's address or password in it", async () => {
  test.setTimeout(300_000);
  const all = await pages();
  for (const role of USER_ROLES) {
    const person = DEMO_PEOPLE.find((one) => one.role === role)!;
    const headers = await cookieOf(person);
    const others = DEMO_PEOPLE.filter(({ id }) => id !== person.id).map(({ email }) => email);
    for (const path of all)
      for (const more of [{}, { rsc: "1" }] as Headers[]) {
        const answer = await ask(path, { ...headers, ...more });
        const text = await answer.text();
        const label = `${role} ${path} ${answer.status}`;
        // Some send on to the first of what they hold.
        expect([200, 307], label).toContain(answer.status);
        expect(answer.headers.get("location") ?? "", label).not.toContain("/sign-in");
        expect(text, label).not.toMatch(/scrypt|password_hash|passwordHash/);
        // Whoever may see people reads their addresses on the page of people, by its own question.
        expect(
          others.filter((email) => text.includes(email)),
          label,
        ).toEqual([]);
      }
  }
});

/** Nobody, each role, a key for reading and one for writing deals; a number is what they all get. */
const EVERYBODY = ["nobody", ...USER_ROLES, "key:read", "key:write:deals"] as const;
type Who = (typeof EVERYBODY)[number];
type Answers = number | (Partial<Record<Who, number>> & { else: number });
const SIGNED_IN = { nobody: 401, "key:read": 401, "key:write:deals": 401 };
const POST = { method: "POST", body: "{}" };
const FILES: [path: string, Answers, RequestInit?][] = [
  ["/api/policy/POLICY/memo.pdf", { ...SIGNED_IN, else: 200 }],
  ["/api/v1/blueprints/salesforce.zip", { nobody: 401, "key:write:deals": 403, else: 200 }],
  ["/panel/D-2001", 404],
  ["/api/review/2026-Q2/pack.csv", { ...SIGNED_IN, else: 404 }],
  ["/api/review/1999-Q1/pack.pdf", { ...SIGNED_IN, else: 200 }],
  ["/api/review/1999-Q1/pack.pptx", { ...SIGNED_IN, else: 200 }],
  ["/api/review/1999-Q1/pack.xlsx", { ...SIGNED_IN, else: 200 }],
  ["/api/audit-log", { ...SIGNED_IN, ae: 403, partner_manager: 403, else: 200 }],
  [`/api/files/${"0".repeat(64)}`, { ...SIGNED_IN, else: 404 }],
  [`/api/evidence/${"0".repeat(64)}`, { ...SIGNED_IN, finance: 403, cro: 403, admin: 403, else: 404 }],
  ["/api/v1/deals?limit=1", { nobody: 401, "key:write:deals": 403, else: 200 }],
  ["/api/v1/openapi.json", 200],
  ["/api/v1/reference", 200],
  ["/api/jwks", 200],
  ["/.well-known/jwks.json", 200],
  ["/healthz", 200],
  ["/readyz", 200],
  ["/api/statement", 400, POST],
  ["/api/statement/pdf", 400, POST],
  ["/api/statement/line", 400, POST],
  ["/api/statement/update", 400, POST],
  ["/api/set-password", 400, POST],
  ["/api/v1/sent-evidence/mail", { "key:read": 403, "key:write:deals": 403, else: 401 }, POST],
  ["/api/v1/heard/C-none", 401, POST],
  ["/api/mcp", { "key:read": 406, "key:write:deals": 403, else: 401 }, POST],
];

test("each file and each address of programs, by nobody, each role and keys", async () => {
  test.setTimeout(300_000);
  const [policy] = await askDatabase((sql) => sql`select id from policies order by id limit 1`);
  const headersOf = {} as Record<Who, Headers>;
  headersOf.nobody = {};
  for (const role of USER_ROLES)
    headersOf[role] = await cookieOf(DEMO_PEOPLE.find((one) => one.role === role)!);
  const ae = DEMO_PEOPLE.find(({ role }) => role === "ae")!;
  for (const scope of ["read", "write:deals"] as const) {
    const made = { name: `For ${scope}`, scopes: [scope], password: ae.password };
    const { key } = await write<{ key: string }>("create-api-key", made, headersOf.ae);
    headersOf[`key:${scope}`] = { authorization: `Bearer ${key}` };
  }
  const got: Record<string, Record<string, number>> = {};
  const expected: typeof got = {};
  for (const [path, answers, init] of FILES) {
    got[path] = {};
    expected[path] = {};
    for (const who of EVERYBODY) {
      const answer = await ask(path.replace("POLICY", String(policy!.id)), headersOf[who], init);
      await answer.arrayBuffer();
      got[path][who] = answer.status;
      expected[path][who] = typeof answers === "number" ? answers : (answers[who] ?? answers.else);
    }
  }
  expect(got).toEqual(expected);
});

test("of a thousand requests after somebody was switched off all thousand are refused", async () => {
  test.setTimeout(300_000);
  const admin = await cookieOf(DEMO_PEOPLE.find(({ role }) => role === "admin")!);
  const email = `ola-${Date.now()}@tarnwick.example`;
  const person = { email, name: "Ola Brandt", role: "head_of_partnerships" };
  const { userId } = await write<{ userId: string }>("create-user", person, admin);
  const { token } = await write<{ token: string }>("issue-link", { userId }, admin);
  const password = "nine patient otters";
  const set = await ask(
    "/api/set-password",
    { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    { method: "POST", body: JSON.stringify({ token, password }) },
  );
  expect(set.status).toBe(200);
  const session = await cookieOf({ email, password });
  const made = { name: "Sheet", scopes: ["read", "write:exceptions"], password };
  const { key } = await write<{ key: string }>("create-api-key", made, session);
  const byKey = { authorization: `Bearer ${key}` };
  const json = { "content-type": "application/json" };
  const claim = { method: "POST", body: JSON.stringify({ dealId: "D-2001", kind: "other", claim: "mine" }) };
  const [policy] = await askDatabase((sql) => sql`select id from policies order by id limit 1`);
  const KINDS: (() => Promise<Response>)[] = [
    () => ask("/deals", session),
    () => ask("/dashboard", { ...session, rsc: "1" }),
    () => ask("/deals/D-2001", { ...session, rsc: "1" }),
    () => ask("/api/v1/me", session),
    () => ask("/api/v1/deals?limit=1", byKey),
    () => ask("/api/v1/raise-exception", { ...session, ...json }, claim),
    () => ask("/api/v1/raise-exception", { ...byKey, ...json }, claim),
    () => ask(`/api/policy/${policy!.id}/memo.pdf`, session),
    () => ask("/api/audit-log", session),
    () => ask("/api/v1/me", { ...session, ...byKey }),
  ];
  /** Whether it got in: an answer, or a page that is not on its way to sign in. */
  const isIn = async (kind: () => Promise<Response>) => {
    const answer = await kind();
    const text = await answer.text();
    if (answer.status === 401) return false;
    return !(answer.headers.get("location") ?? text).includes("/sign-in");
  };
  for (const kind of KINDS) expect(await isIn(kind), String(kind)).toBe(true);
  await write("edit-user", { userId, changes: { disabled: true } }, admin);
  let refused = 0;
  const inTurn = async (first: number) => {
    for (let nth = first; nth < 1_000; nth += 10) if (!(await isIn(KINDS[nth % KINDS.length]!))) refused++;
  };
  await Promise.all(Array.from({ length: 10 }, (_, first) => inTurn(first)));
  expect(refused).toBe(1_000);
});
