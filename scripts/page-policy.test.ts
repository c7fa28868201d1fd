import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { guardPage, policyOf, readInlineScripts, STYLES_OF_LIBRARIES } from "./page-policy.mjs";

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const build = mkdtempSync(join(tmpdir(), "countersign-build-"));
mkdirSync(join(build, "server/app"), { recursive: true });
const write = (page: string, html: string) => writeFileSync(join(build, "server/app", page), html);
write("_not-found.html", `<script>theme()</script><script src="/a.js" async=""></script>`);
write("statement.html", `<script>theme()</script><script id="_R_">page(\n1)</script>`);
mkdirSync(join(build, "server/app/api/bundle.html"), { recursive: true });
const inline: ReadonlyMap<string, string[]> = readInlineScripts(build);
afterAll(() => rmSync(build, { recursive: true }));

/** What one directive of a policy says. */
const said = (policy: string, directive: string) =>
  policy
    .split("; ")
    .map((one) => one.split(" "))
    .find(([name]) => name === directive)
    ?.slice(1);

test("a page that is made when it is asked for runs what bears its nonce, and the script of every page", () => {
  const policy = policyOf("/deals", "n0nce", inline, false);
  expect(said(policy, "script-src")).toEqual(["'nonce-n0nce'", "'strict-dynamic'", hashOf("theme()")]);
  expect(said(policy, "style-src")).toContain("'nonce-n0nce'");
  expect(said(policy, "script-src")).not.toContain("'unsafe-inline'");
  expect(said(policy, "style-src")).not.toContain("'unsafe-inline'");
});

test("a page that the build made whole runs its own inline scripts and no nonce's", () => {
  const policy = policyOf("/statement", "n0nce", inline, false);
  expect(said(policy, "script-src")).toEqual(["'self'", hashOf("theme()"), hashOf("page(\n1)")]);
  expect(policy).not.toContain("nonce");
});

test.each(["/api/v1/deals", "/api/policy/x/memo.pdf", "/healthz", "/metrics"])(
  "nothing in the answer at %s is run or loaded, and nobody frames it",
  (path) => {
    const policy = policyOf(path, "n", inline, false);
    expect(said(policy, "default-src")).toEqual(["'none'"]);
    expect(said(policy, "frame-ancestors")).toEqual(["'none'"]);
    expect(policy).not.toContain("script-src");
  },
);

test.each([
  "/",
  "/deals/D-1",
  "/sign-in",
  "/panels/x",
  "/statement",
  "/api/v1/deals",
  "/x/panel/y",
  "/panel/D-1",
])("%s is framed by nobody, unless its route says another thing", (path) => {
  expect(said(policyOf(path, "n0nce", inline, false), "frame-ancestors")).toEqual(["'none'"]);
});

test("over https alone, what a page loads is loaded by it", () => {
  expect(policyOf("/", "n", inline, true)).toContain("upgrade-insecure-requests");
  expect(policyOf("/", "n", inline, false)).not.toContain("upgrade-insecure-requests");
});

function answered(isSecure: boolean, own?: string, brought = {}) {
  const request = new IncomingMessage(new Socket());
  request.url = "/deals?q=1";
  Object.assign(request.headers, brought);
  const response = new ServerResponse(request);
  guardPage(request, response, inline, isSecure);
  if (own) response.setHeader("content-security-policy", own);
  response.writeHead(200, { "x-other": "1" });
  return { request, response };
}

test("each answer has a nonce of its own, that of the request is no stranger's, and a route's own policy stands", () => {
  const brought = { "content-security-policy": "script-src 'nonce-mine'" };
  const [one, other] = [answered(false, undefined, brought), answered(false)];
  const policy = one.response.getHeader("content-security-policy");
  expect(one.request.headers["content-security-policy"]).toBe(policy);
  expect(policy).not.toContain("mine");
  expect(policy).toMatch(/'nonce-[A-Za-z0-9+/]{22}=='/);
  expect(policy).not.toBe(other.response.getHeader("content-security-policy"));
  expect(one.response.getHeader("strict-transport-security")).toBeUndefined();
  expect(answered(true).response.getHeader("strict-transport-security")).toBe("max-age=31536000");
  const strict = "default-src 'none'; sandbox";
  expect(answered(false, strict).response.getHeader("content-security-policy")).toBe(strict);
});

test("the style sheets that libraries write by script are the ones that the policy knows", () => {
  const read = (path: string) => readFileSync(join("node_modules", path), "utf8");
  const sonner = /^__insertCSS\((".*")\);?$/m.exec(read("sonner/dist/index.mjs"))![1]!;
  const aria = (file: string) =>
    /style\.textContent = `([^`]*)`\.trim/.exec(read(`react-aria/dist/private/${file}`))![1]!;
  const press = aria("interactions/usePress.mjs").replace(/\$\{.*?\}/, "data-react-aria-pressable");
  const sheets = [
    "",
    JSON.parse(sonner) as string,
    press.trim(),
    aria("overlays/usePreventScroll.mjs").trim(),
  ];
  expect(STYLES_OF_LIBRARIES).toEqual(sheets.map(hashOf));
});
