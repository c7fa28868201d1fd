import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { acceptProposal } from "@/lib/commands/evidence/accept-proposal";
import { dismissProposal } from "@/lib/commands/evidence/dismiss-proposal";
import { dropEvidence } from "@/lib/commands/evidence/drop-evidence";
import { forgetOriginals } from "./forget-originals";

let company: Company;
let owner: postgres.Sql;
beforeAll(async () => {
  company = await openCompany();
  owner = postgres(company.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await owner.end();
  await company.close();
});

/** A note that tells of one activity, handed in so many days ago; how it was answered is its name. */
async function handedIn(name: string, day: string, daysAgo: number): Promise<string> {
  const text = `Northgate ran the joint discovery with Larkfield Foods on ${day}.`;
  const file = { name: `${name}.txt`, content: Buffer.from(text).toString("base64") };
  const { evidenceId } = await company.as("pam", dropEvidence, file);
  // Nobody moves the day on which a file came, so its owner does, with the guard off.
  await owner.unsafe(`
    begin; select set_config('countersign.actor', 'system:test', true), set_config('countersign.request', 'scene', true);
    alter table evidence_files disable trigger b_append_only;
    update evidence_files set created_at = now() - interval '${daysAgo} days 1 minute' where id = '${evidenceId}';
    alter table evidence_files enable always trigger b_append_only; commit`);
  const [row] = await company.client.db.execute<{ id: string }>(
    sql`select id from evidence_proposals where evidence_id = ${evidenceId}`,
  );
  return row!.id;
}

test("an original goes when its days are over and all of it was answered; what was accepted keeps its proof", async () => {
  const [settings] = await company.client.db.execute<{ days: number }>(
    sql`select kept_original_days as days from settings`,
  );
  const { days } = settings!;
  await company.deal();
  const accepted = await handedIn("accepted", "2026-05-05", days);
  const dismissed = await handedIn("dismissed", "2026-05-06", days);
  await handedIn("unanswered", "2026-05-07", days);
  const young = await handedIn("young", "2026-05-08", days - 1);
  const { activityId } = await company.as("pam", acceptProposal, { proposalId: accepted });
  for (const proposalId of [dismissed, young]) await company.as("pam", dismissProposal, { proposalId });

  await forgetOriginals.work(company.client, "2026-05-20", () => new Date());
  const left = await company.client.db.execute<{ name: string }>(
    sql`select name from evidence_files order by name`,
  );
  expect([...left]).toEqual([{ name: "unanswered.txt" }, { name: "young.txt" }]);
  const [proof] = await company.client.db.execute<{ name: string }>(sql`
    select n.file_name as name from activities a join notes n on a.proof = 'note:sha256-' || n.file_sha256
    where a.id = ${activityId}`);
  expect(proof).toEqual({ name: "accepted.txt" });
});
