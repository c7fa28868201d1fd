import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabases } from "@/db/connection/client";
import { PRESETS } from "@/lib/attribution/policy";
import { type Company, openCompany, PASSWORD } from "@/lib/commands/commands.fixture";
import { editDraft } from "@/lib/commands/policy/edit-draft";
import { proposePolicy } from "@/lib/commands/policy/propose-policy";
import { signPolicy } from "@/lib/commands/policy/sign-policy";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { companyToday } from "@/lib/commands/today";
import { answerBlueprint } from "./blueprint";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  vi.stubEnv("DATABASE_URL", company.url);
  vi.stubEnv("NEXTAUTH_URL", "https://countersign.test/");
});
afterAll(async () => {
  await closeDatabases();
  await company.close();
  vi.unstubAllEnvs();
});

async function filesOf(name: string): Promise<Record<string, string>> {
  const answer = await answerBlueprint(name, async () => company.actor("rita"));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="countersign-${name}"`);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  );
}

test("what is taken away has the words of the policy in force, and of the next one once three have signed it", async () => {
  const object = "metadata/objects/Opportunity.object";
  const before = await filesOf("salesforce.zip");
  expect(before[object]).toContain("<fullName>Influenced</fullName>");
  expect(before["README.md"]).toContain("https://countersign.test/api/v1/gate-deal");

  const { policyId, version } = await company.as("hope", startDraft, { title: "The memo" });
  const edited = await company.as("hope", editDraft, { policyId, version, document: PRESETS.lanes });
  const today = await companyToday();
  const proposal = { policyId, version: edited.version, activeFrom: today };
  const { hash } = await company.as("hope", proposePolicy, proposal, { today });
  for (const person of ["carl", "fay", "hope"] as const)
    await company.as(person, signPolicy, { policyId, hash, password: PASSWORD }, { today });
  const after = await filesOf("salesforce.zip");
  expect(after[object]).toContain("<fullName>Assisted close</fullName>");
  expect(after["README.md"]).toContain(hash.slice(0, 12));
  expect((await filesOf("hubspot.zip"))["README.md"]).toContain(hash.slice(0, 12));
});

test("of another CRM there is none, and who is not signed in gets none", async () => {
  expect((await answerBlueprint("zoho.zip", async () => company.actor("rita"))).status).toBe(404);
  expect((await answerBlueprint("salesforce.zip", async () => null)).status).toBe(401);
});
