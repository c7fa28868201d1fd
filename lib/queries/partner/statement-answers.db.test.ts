import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { guardedTransaction } from "@/db/connection/transaction";
import { PARTNER_LINK } from "@/lib/auth/actor";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { vouchActivity } from "@/lib/commands/activity/vouch-activity";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { perform } from "@/lib/commands/door";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { withdrawException } from "@/lib/commands/exception/withdraw-exception";
import { createContact } from "@/lib/commands/partner/create-contact";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { answerLine } from "@/lib/commands/statement/answer-line";
import { logByLink } from "@/lib/commands/statement/log-by-link";
import { openStatement } from "@/lib/commands/statement/open-statement";
import { revokeStatement } from "@/lib/commands/statement/revoke-statement";
import { shareStatement } from "@/lib/commands/statement/share-statement";
import { loadFacts } from "@/lib/judging/facts";
import { exception as exceptionOf } from "../exception/exception";
import { partnerStatement } from "./partner-statement";

let company: Company;
let contactId: string;
beforeAll(async () => {
  company = await openCompany();
  const who = { partnerId: "P-1", name: "Idris Bellamy", email: "idris@northgate.example" };
  contactId = (await company.as("pam", createContact, who)).contactId as string;
});
afterAll(() => company.close());

const WHENCE = { browserId: null, browser: "Firefox on Linux", origin: "192.0.2.7" };
const MOTION = { partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-05-06" };
type Sharer = "pam" | "paul" | "hope";

const share = (by: Sharer, asked: object = { contactId }) =>
  company.as(by, shareStatement, { partnerId: "P-1", ...asked }) as Promise<never> as Promise<{
    statementId: string;
    token: string;
  }>;
const link = { actor: PARTNER_LINK, today: TODAY };

/** The line of a deal as the link shows it. */
async function lineOf(token: string, account: string) {
  const call = { ...link, client: company.client };
  const { partnerId, statementId } = (await perform(openStatement, { token, whence: WHENCE }, call)).answer;
  const context = { db: company.client.db, ...link };
  const { lines, answers } = await partnerStatement.run(context, { partnerId, amounts: false, statementId });
  const { answer, evidence } = lines.find((one) => one.account === account)!;
  return { line: answer!.key, seen: answer!.seen, said: answer!.said, evidence, answers };
}
async function answer(token: string, account: string, more: object = {}) {
  const { line, seen } = await lineOf(token, account);
  const input = { token, whence: WHENCE, line, seen, ...more };
  return perform(answerLine, input as never, { ...link, client: company.client });
}
async function gradesOf(dealId: string) {
  const [facts] = await loadFacts(company.client.db, [dealId], TODAY, { cohorts: "none" });
  return [...facts!.roles, ...facts!.activities].map(({ secondHandOn }) => secondHandOn !== null);
}
let made = 0;
/** A deal with an activity that somebody logged. */
async function worked(by: "pam" | "ana" = "pam") {
  const account = `Marlow ${++made}`;
  const dealId = await company.deal({ account });
  const did = { dealId, ...MOTION, proof: "https://proof.example/1" };
  const { activityId } = await company.as(by, logActivity, did);
  return { account, dealId, activityId: activityId as string };
}

test("a partner's confirmation is a second hand for what others than the link's maker recorded, as it read", async () => {
  const { account, dealId, activityId } = await worked();
  const { token } = await share("hope");
  await answer(token, account);
  expect(await gradesOf(dealId)).toEqual([true]);
  expect((await lineOf(token, account)).evidence).toBe("countersigned");
  const [{ version } = { version: 0 }] = await company.client.db.execute<{ version: number }>(sql`
    select version from deals where id = ${dealId}`);
  const changes = { proof: "https://proof.example/2" };
  await company.as("pam", editActivity, { activityId, version, changes });
  expect(await gradesOf(dealId)).toEqual([false]);
});

test("the AE's own tag, confirmed and stated, has the partner as its second hand; a row nobody confirmed has none", async () => {
  const account = `Marlow ${++made}`;
  const dealId = await company.deal({ account });
  const row = { dealId, partnerId: "P-1", touchStage: 1, touchedOn: "2026-05-02" };
  await company.as("ana", tagPartner, { ...row, role: "sourcer" });
  await company.as("paul", tagPartner, { ...row, role: "influencer" });
  await answer((await share("pam")).token, account);
  const [facts] = await loadFacts(company.client.db, [dealId], TODAY, { cohorts: "none" });
  const hands = facts!.roles.map(({ role, secondHandOn }) => [role, secondHandOn]).sort();
  expect(hands).toEqual([
    ["influencer", null],
    ["sourcer", TODAY],
  ]);
});

test("whoever made the link confirms nothing of their own by it", async () => {
  const { account, dealId } = await worked("pam");
  await answer((await share("pam")).token, account);
  expect(await gradesOf(dealId)).toEqual([false]);
  // By another's link the same word counts.
  await answer((await share("paul")).token, account);
  expect(await gradesOf(dealId)).toEqual([true]);
});

test("a contest is a case in the partner's words, that its link's maker neither decides nor takes away", async () => {
  const { account, dealId } = await worked();
  const { token } = await share("hope");
  await answer(token, account, { contest: "We brought the CFO in ourselves" });
  expect((await lineOf(token, account)).said).toEqual({ as: "contested", on: TODAY, undecided: true });
  const [found] = await company.client.db.execute<{ id: string; version: number }>(sql`
    select id, version from exceptions where deal_id = ${dealId} and origin = 'raised'`);
  const exceptionId = found!.id;
  const shown = await exceptionOf.run(
    { db: company.client.db, actor: company.actor("hope"), today: TODAY },
    { exceptionId },
  );
  expect(shown.claims.claimant).toEqual({ who: "Idris Bellamy", says: "We brought the CFO in ourselves" });
  const decision = { exceptionId, version: found!.version, decision: "rule_upheld", reason: "as it says" };
  await expect(company.as("hope", decideException, decision)).rejects.toMatchObject({ rule: /own claim/ });
  await expect(company.as("hope", withdrawException, { exceptionId, reason: "no" })).rejects.toMatchObject({
    rule: /contests it by its statement/,
  });
  await company.as("fay", decideException, decision);
});

test("what the partner confirmed it takes back by its link, and the second hand goes", async () => {
  const { token } = await share("hope");
  const { account, dealId } = await worked();
  await expect(answer(token, account, { back: true })).rejects.toMatchObject({ rule: /not answered/ });
  await answer(token, account);
  expect(await gradesOf(dealId)).toEqual([true]);
  await answer(token, account, { back: true });
  expect(await gradesOf(dealId)).toEqual([false]);
  expect((await lineOf(token, account)).said).toBeNull();
});

/** The cases that were raised about a deal, in order. */
const casesOf = async (dealId: string) => [
  ...(await company.client.db.execute<{ id: string; version: number; settlement: string | null }>(sql`
    select id, version, settlement from exceptions where deal_id = ${dealId} and origin = 'raised' order by opened_at`)),
];

test("what the partner contested it takes back while nobody has decided it: the case stays, withdrawn in its name", async () => {
  const { token } = await share("hope");
  const { account, dealId } = await worked();
  await answer(token, account, { contest: "We brought the CFO in ourselves" });
  // One side's word is no decision yet.
  const [{ id: exceptionId = "", version = 0 } = {}] = await casesOf(dealId);
  const upheld = { exceptionId, version, decision: "rule_upheld", reason: "as it says" };
  await company.as("fay", decideException, upheld);
  await answer(token, account, { back: true });
  expect(await casesOf(dealId)).toMatchObject([{ id: exceptionId, settlement: "withdrawn" }]);
  const notes = await company.client.db.execute<{ text: string; by: string | null }>(sql`
    select text, by_id as by from exception_notes where exception_id = ${exceptionId} and kind = 'withdrawn'`);
  expect([...notes]).toEqual([{ text: "Idris Bellamy took it back by the partner's statement", by: null }]);
  const log = await company.client.db.execute<{ kind: string; after: object; actor: string }>(sql`
    select subject_kind as kind, after, actor from audit_entries where action = 'answer-line' and deal_id = ${dealId}
      and (after ->> 'settlement' = 'withdrawn' or after ->> 'said' = 'taken_back') order by subject_kind`);
  expect([...log]).toMatchObject([
    { kind: "exception", actor: PARTNER_LINK.id, after: { id: exceptionId } },
    { kind: "partner_statement", actor: PARTNER_LINK.id, after: { by: "Idris Bellamy" } },
  ]);
  // It may say something else now; what it contests anew is a case of its own.
  expect((await lineOf(token, account)).said).toBeNull();
  await answer(token, account, { contest: "And the CIO" });
  expect(await casesOf(dealId)).toMatchObject([{ settlement: "withdrawn" }, { settlement: null }]);
});

test("what both sides have decided of a contest stays, and its line says so", async () => {
  const { token } = await share("pam");
  const { account, dealId } = await worked("ana");
  await answer(token, account, { contest: "We brought the CFO in ourselves" });
  for (const who of ["fay", "hope"] as const) {
    const [{ id: exceptionId = "", version = 0 } = {}] = await casesOf(dealId);
    const upheld = { exceptionId, version, decision: "rule_upheld", reason: "as it says" };
    await company.as(who, decideException, upheld);
  }
  await expect(answer(token, account, { back: true })).rejects.toMatchObject({ rule: /decided stays/ });
  expect((await lineOf(token, account)).said).toMatchObject({ as: "contested", undecided: false });
  expect(await casesOf(dealId)).toMatchObject([{ settlement: "rule_upheld" }]);
});

test("the database lets nobody of the house withdraw a partner's contest, and its link no other case", async () => {
  const { token } = await share("hope");
  const { account, dealId } = await worked();
  await answer(token, account, { contest: "We brought the CFO in ourselves" });
  const withdraw = (actor: string) =>
    guardedTransaction(company.client, { actor, request: "guards" }, (tx) =>
      tx.execute(sql`update exceptions set settlement = 'withdrawn', settled_at = now(), settled_on = ${TODAY}
        where deal_id = ${dealId} and origin = 'raised'`),
    );
  await expect(withdraw("user:hope")).rejects.toMatchObject({ cause: { code: "CS301" } });
  await withdraw(PARTNER_LINK.id);
  expect(await casesOf(dealId)).toMatchObject([{ settlement: "withdrawn" }]);
});

test("what the partner tells is stated until somebody of ours vouches, and not who shared the link", async () => {
  const { account, dealId } = await worked();
  const { token } = await share("pam");
  const { line } = await lineOf(token, account);
  const did = { token, whence: WHENCE, line, type: "executive_intro", occurredOn: "2026-05-12" };
  const call = { ...link, client: company.client };
  await perform(logByLink, { ...did, proof: "https://proof.example/own" }, call);
  const [told] = await company.client.db.execute<{ id: string }>(sql`
    select id from activities where deal_id = ${dealId} and statement_id is not null`);
  // Its own word is no second one, by whosever link.
  await answer((await share("hope")).token, account);
  const handOf = async () => {
    const [facts] = await loadFacts(company.client.db, [dealId], TODAY, { cohorts: "none" });
    return facts!.activities.find(({ id }) => id === told!.id)!.secondHandOn;
  };
  expect(await handOf()).toBeNull();
  await company.as("ana", vouchActivity, { activityId: told!.id });
  expect(await handOf()).toBe(TODAY);
  for (const proof of ["note:mine", null])
    await expect(perform(logByLink, { ...did, proof }, call)).rejects.toMatchObject({ field: "proof" });
});

test("no answer by a link that only shows, is over, was ended, to a line that changed, twice, or from a browser of the house", async () => {
  const { account, activityId } = await worked();
  const shows = await share("pam", {});
  const context = { db: company.client.db, ...link };
  const asked = { partnerId: "P-1", amounts: false, statementId: shows.statementId };
  const { answers, lines } = await partnerStatement.run(context, asked);
  expect([answers, lines.every((one) => one.answer === null)]).toEqual([null, true]);
  const { token, statementId } = await share("hope");
  const { line, seen } = await lineOf(token, account);
  const input = { token, whence: WHENCE, line, seen };
  const call = { ...link, client: company.client };
  await expect(perform(answerLine, { ...input, token: shows.token }, call)).rejects.toMatchObject({
    rule: /takes no answers/,
  });
  const other = await lineOf((await share("hope")).token, account);
  await expect(perform(answerLine, { ...input, line: other.line }, call)).rejects.toMatchObject({
    field: "line",
  });
  const browserId = "a-browser-of-the-house";
  await guardedTransaction(company.client, { actor: "user:ana", request: "signs-in" }, (tx) =>
    tx.execute(
      sql`insert into sessions (id, user_id, browser_id, browser, origin) values ('S-1', 'ana', ${browserId}, 'Firefox', '192.0.2.7')`,
    ),
  );
  await expect(
    perform(answerLine, { ...input, whence: { ...WHENCE, browserId } }, call),
  ).rejects.toMatchObject({ rule: /signed in in this browser/ });
  await company.as("ana", vouchActivity, { activityId });
  await expect(perform(answerLine, input, call)).rejects.toMatchObject({ field: "seen" });
  await answer(token, account);
  await expect(answer(token, account)).rejects.toMatchObject({ rule: /already/ });
  const log = await company.client.db.execute(sql`
    select actor, after from audit_entries where action = 'answer-line' and subject_id = ${statementId}`);
  expect([...log]).toEqual([
    {
      actor: "partner-link",
      after: expect.objectContaining({ said: "confirmed", by: "Idris Bellamy", origin: "192.0.2.7" }),
    },
  ]);
  await company.as("hope", revokeStatement, { statementId });
  await expect(perform(answerLine, input, call)).rejects.toMatchObject({ rule: /ended, is over/ });
});
