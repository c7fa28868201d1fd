import { expect, test } from "vitest";
import { answerReference, answerReferenceScript } from "./reference";

test("the reference is this server's own: its page names no other host, and its script is served here", async () => {
  const page = await answerReference().text();
  const named = [...page.matchAll(/(?:src|href|spec-url)="([^"]+)"/g)].map(([, address]) => address!);
  expect(named).toContain("/api/v1/openapi.json");
  for (const address of named) expect(address).toMatch(/^\//);
  expect(page).not.toMatch(/https?:/);
  const script = await answerReferenceScript();
  expect(script.headers.get("content-type")).toContain("text/javascript");
  expect(await script.text()).toContain("rapi-doc");
});
