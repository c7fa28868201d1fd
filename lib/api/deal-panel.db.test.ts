import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { panelLink } from "@/lib/queries/deal/panel-link";
import { ask } from "./ask";
import { answerPanel } from "./deal-panel";

const ORIGINS = "https://*.lightning.force.com https://app.hubspot.com";
let company: Company;
let dealId: string;
let other: string;
beforeAll(async () => {
  company = await openCompany();
  vi.stubEnv("DATABASE_URL", company.url);
  vi.stubEnv("NEXTAUTH_URL", "https://countersign.test");
  vi.stubEnv("SIGNING_KEYS", JSON.stringify([newSigningKey()]));
  dealId = await company.deal({ account: `O'Hara & <b>Sons</b>` });
  other = await company.deal({ account: "Somebody else" });
  await company.as("pam", tagPartner, {
    ...{ dealId, partnerId: "P-1", role: "sourcer", touchStage: 1, touchedOn: "2026-05-02" },
  });
});
beforeEach(() => vi.stubEnv("PANEL_ORIGINS", ORIGINS));
afterAll(async () => {
  await closeDatabases();
  await company.close();
  vi.unstubAllEnvs();
});

const linkTo = (id: string) => ask(panelLink, { dealId: id }, company.actor("ana"));
/** As a frame opens an address: with no cookie and no header of ours. */
function opened(address: string, of?: string): Promise<Response> {
  const [, id = ""] = /\/panel\/([^?]+)/.exec(address) ?? [];
  return answerPanel(new Request(address), of ?? decodeURIComponent(id));
}
const frameAncestors = (answer: Response) =>
  /frame-ancestors ([^;]+)/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];

test("the link that was signed for a deal shows what it came to, who is on it and what is asked, and sets no cookie", async () => {
  const { address } = await linkTo(dealId);
  const answer = await opened(address);
  expect(answer.status).toBe(200);
  const page = await answer.text();
  expect(page).toContain("Northgate");
  expect(page).toContain("Waits for Ana Ruiz to confirm Northgate.");
  expect(page).toContain(`href="https://countersign.test/deals/${dealId}"`);
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(frameAncestors(answer)).toBe(ORIGINS);
  // What people typed stays text, and nothing runs.
  expect(page).toContain("O&#39;Hara &amp; &lt;b&gt;Sons&lt;/b&gt;");
  expect(page).not.toMatch(/<b>|<script|\son\w+=/);
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("light and dark as the frame's page says, else as the browser has it", async () => {
  const { address } = await linkTo(dealId);
  expect(await (await opened(`${address}&theme=dark`)).text()).toContain('data-theme="dark"');
  expect(await (await opened(`${address}&theme=%22onload=x`)).text()).not.toContain("onload");
  expect(await (await opened(address)).text()).toContain("color-scheme:light dark");
});

test("another deal's id, a word that was changed, none, or one that has run out shows nothing of any deal", async () => {
  const { address, until } = await linkTo(dealId);
  const [, head, body, signed] = /link=([^.]+)\.([^.]+)\.(.+)$/.exec(address)!;
  const claims = JSON.parse(Buffer.from(body!, "base64url").toString()) as object;
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: other })).toString("base64url");
  const word = (text: string) => `https://countersign.test/panel/${dealId}?link=${text}`;
  const closed = [
    await opened(address, other),
    await opened(address.replace(dealId, other)),
    await opened(word(`${head}.${forged}.${signed}`), other),
    await opened(word(`${head}.${body}.${signed!.replace(/^./, (sign) => (sign === "A" ? "B" : "A"))}`)),
    await opened(word("")),
    await opened(`https://countersign.test/panel/${dealId}`),
  ];
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(until) });
  closed.push(await opened(address));
  vi.setSystemTime(Date.parse(until) - 1_000);
  const stillOpen = await opened(address);
  vi.useRealTimers();
  expect(closed.map(({ status }) => status)).toEqual(closed.map(() => 404));
  const pages = await Promise.all(closed.map((answer) => answer.text()));
  expect(new Set(pages).size).toBe(1);
  expect(pages[0]).not.toMatch(/Northgate|Somebody|Sons/);
  expect(stillOpen.status).toBe(200);
});

test("a word of this installation's that is no panel's, as a receipt, opens none", async () => {
  const { signCompact } = await import("@/lib/auth/signing-keys");
  const exp = Math.floor(Date.now() / 1_000) + 60;
  const word = await signCompact("gate-receipt+jwt", { sub: dealId, exp });
  expect((await opened(`https://countersign.test/panel/${dealId}?link=${word}`)).status).toBe(404);
});

test("where no page is named none may show it, and no link is made", async () => {
  const { address } = await linkTo(dealId);
  vi.stubEnv("PANEL_ORIGINS", "");
  const answer = await opened(address);
  expect(answer.status).toBe(404);
  expect(frameAncestors(answer)).toBe("'none'");
  await expect(linkTo(dealId)).rejects.toMatchObject({ field: "PANEL_ORIGINS" });
});
