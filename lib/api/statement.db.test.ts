import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { PARTNER_LINK } from "@/lib/auth/actor";
import { tokenHash } from "@/lib/auth/links";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { perform } from "@/lib/commands/door";
import { createContact } from "@/lib/commands/partner/create-contact";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { openStatement } from "@/lib/commands/statement/open-statement";
import { revokeStatement } from "@/lib/commands/statement/revoke-statement";
import { shareStatement } from "@/lib/commands/statement/share-statement";
import { partnerStatement } from "@/lib/queries/partner/partner-statement";
import { partnerStatements } from "@/lib/queries/partner/partner-statements";

let company: Company;
let dealId: string;
beforeAll(async () => {
  company = await openCompany();
  dealId = await company.deal({ amount: 7_654_321 });
  const did = { dealId, type: "joint_discovery", stage: 2, occurredOn: "2026-05-06" };
  await company.as("pam", logActivity, { ...did, partnerId: "P-1", proof: "https://proof.example/own" });
  await company.as("pam", logActivity, { ...did, partnerId: "P-2", proof: "https://proof.example/other" });
  const row = { dealId, partnerId: "P-2", role: "sourcer", touchStage: 0, touchedOn: "2026-04-28" };
  await company.as("pam", tagPartner, { ...row, contact: "Otto Other" });
});
afterAll(() => company.close());

const CONTACT = { partnerId: "P-1", name: "Idris Bellamy", email: "idris@northgate.example" };
const WHENCE = { browserId: null, browser: "Firefox on Linux", origin: "192.0.2.7" };
const open = (token: string) =>
  perform(openStatement, { token, whence: WHENCE }, { actor: PARTNER_LINK, client: company.client });
const share = (asked: object = {}) =>
  company.as("pam", shareStatement, { partnerId: "P-1", ...asked }) as Promise<never> as Promise<{
    statementId: string;
    token: string;
  }>;
const context = () => ({ db: company.client.db, actor: PARTNER_LINK, today: TODAY });
async function shown(token: string) {
  const { answer } = await open(token);
  const { statementId, partnerId, amounts } = answer;
  const asked = { partnerId, amounts, statementId };
  return partnerStatement.output.parse(await partnerStatement.run(context(), asked));
}

test("a link shows its partner's deals, roles, outcomes and why, and no byte about another partner", async () => {
  const { token } = await share();
  const statement = await shown(token);
  expect(statement).toMatchObject({
    ...{ partner: "Northgate", count: 1 },
    lines: [
      {
        ...{ account: "Larkfield Foods", outcome: "influenced", evidence: "stated", amount: null, roles: [] },
        why: expect.stringMatching(/^Northgate is influenced: /),
        activities: [{ type: "joint_discovery", on: "2026-05-06", proven: true }],
      },
    ],
  });
  // The same by a link that takes answers, and printed to keep.
  const { contactId } = await company.as("pam", createContact, CONTACT);
  const answering = await shown((await share({ contactId })).token);
  const bytes = JSON.stringify([statement, answering, answering.lines[0]!.answer]);
  // Nothing of the other one, no id, no proof, and no amount that its maker did not give.
  for (const word of [
    "Halden",
    "P-2",
    "Otto",
    "sourced",
    "sourcer",
    "proof.example",
    dealId,
    "P-1",
    "7654321",
  ])
    expect(bytes, word).not.toContain(word);
  const withAmounts = await shown((await share({ amounts: true })).token);
  expect(withAmounts.lines[0]!.amount).toEqual({ amount: 7_654_321, currency: "USD" });
});

test("a link tried on 1,000 other ids and partners gives nothing", async () => {
  const { token, statementId } = await share();
  const ids = await company.client.db.execute<{ id: string; hash: string }>(sql`
    select id, token_hash as hash from partner_statements`);
  const others = Array.from({ length: 40 }, (_, at) => ({ name: `Other ${at}`, kind: "agency" as const }));
  const made: string[] = [];
  for (const other of others) made.push((await company.as("pam", createPartner, other)).partnerId as string);
  const tried = [
    ...["P-1", "P-2", "", statementId, ...made, ...[...ids].flatMap(({ id, hash }) => [id, hash])],
    // One letter of the right one changed, at every place.
    ...[...token].map(
      (letter, at) => token.slice(0, at) + (letter === "A" ? "B" : "A") + token.slice(at + 1),
    ),
    ...[token.toUpperCase(), token.slice(1), `${token}=`, ` ${token}`],
  ];
  while (tried.length < 1_000) tried.push(randomBytes(32).toString("base64url"));
  for (const one of tried)
    if (one !== token) await expect(open(one), one).rejects.toMatchObject({ field: "token" });
  const opened = sql`select count(*)::int as n from audit_log where subject_id = ${statementId} and action = 'open-statement'`;
  expect((await company.client.db.execute(opened))[0]).toEqual({ n: 0 });
}, 60_000);

test("a link works until its day or until it is ended, and every opening is in the log", async () => {
  const { token, statementId } = await share({ days: 1 });
  await open(token);
  await open(token);
  const { links } = await partnerStatements.run(
    { ...context(), actor: company.actor("pam") },
    { partnerId: "P-1" },
  );
  expect(
    partnerStatements.output.shape.links.parse(links).find(({ id }) => id === statementId),
  ).toMatchObject({
    ...{ state: "works", opened: 2, sharedBy: "Pam Lind" },
  });
  const log = await company.client.db.execute(sql`
    select actor, after from audit_entries where subject_id = ${statementId} and action = 'open-statement' limit 1`);
  expect(log[0]).toMatchObject({
    actor: "partner-link",
    after: { partner: "Northgate", origin: "192.0.2.7" },
  });
  await company.as("hope", revokeStatement, { statementId });
  await expect(open(token)).rejects.toMatchObject({ rule: /ended, is over/ });
  await expect(company.as("pam", revokeStatement, { statementId })).rejects.toMatchObject({
    rule: /already/,
  });
  const over = randomBytes(32).toString("base64url");
  const how = { actor: "user:pam", request: "made-before", retry: false };
  await guardedTransaction(company.client, how, (tx) =>
    tx.execute(sql`
      insert into partner_statements (id, partner_id, token_hash, amounts, shared_by, shared_at, expires_at)
      values ('PS-over', 'P-1', ${tokenHash(over)}, false, 'pam', now() - interval '3 days', now() - interval '1 minute')`),
  );
  await expect(open(over)).rejects.toMatchObject({ rule: /ended, is over/ });
  const longer = guardedTransaction(company.client, how, (tx) =>
    tx.execute(
      sql`update partner_statements set expires_at = now() + interval '9 days' where id = 'PS-over'`,
    ),
  );
  // Not even the application's own hand moves the day of a link.
  await expect(longer).rejects.toMatchObject({ cause: { message: expect.stringContaining("made for") } });
});
