import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "@/lib/calendar";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, type Person, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { decidePlay } from "@/lib/commands/play/decide-play";
import { startPlay } from "@/lib/commands/play/start-play";
import { withdrawPlay } from "@/lib/commands/play/withdraw-play";
import { finishJointStep } from "@/lib/commands/step/finish-joint-step";
import { withdrawJointStep } from "@/lib/commands/step/withdraw-joint-step";
import { openInbox } from "../inbox/inbox.fixture";
import { sellingPlays } from "./selling-plays";

const PLAY = {
  ...{ partnerId: "P-1", buyer: "Finance leads of food makers", problem: "Month-end takes two weeks" },
  ...{ script: "A client of ours closed in four days", outcome: "A discovery call" },
};
const WORK = { partnerId: "P-1", type: "joint_discovery", stage: 2, proof: "https://proof.example/1" };
const LONG_AGO = addDays(TODAY, -90);

let company: Company;
let about: Awaited<ReturnType<typeof openInbox>>["about"];
beforeAll(async () => {
  const inbox = await openInbox();
  ({ about } = inbox);
  company = inbox;
});
afterAll(() => company.close());

/** An open deal on which Northgate did something long ago, and nothing since. */
async function quiet(): Promise<string> {
  const dealId = await company.deal({ createdOn: addDays(LONG_AGO, -10) });
  await company.as("pam", logActivity, { dealId, ...WORK, occurredOn: LONG_AGO });
  return dealId;
}
const start = (clients: object[], more: object = {}) =>
  company.as("pam", startPlay, { ...PLAY, clients, ...more }) as Promise<never> as Promise<{
    playId: string;
  }>;
const kindsOf = async (dealId: string, person: Person = "pam", today = TODAY) =>
  (await about(dealId, person, "mine", today)).map(({ kind }) => kind);
const plays = (today = TODAY, person: Person = "pam") =>
  sellingPlays
    .run({ db: company.client.db, actor: company.actor(person), today }, { partnerId: "P-1" })
    .then((found) => sellingPlays.output.parse(found));

test("a play answers silence, plans its weeks as next joint steps, and asks for a decision in the fourth", async () => {
  const [first, second] = [await quiet(), await quiet()];
  expect(await kindsOf(first)).toEqual(["silent"]);
  const { playId } = await start([{ dealId: first }, { dealId: second }]);
  expect(await kindsOf(first)).toEqual([]);
  const {
    plays: [play],
    may,
  } = await plays();
  expect(play!.steps.map(({ week, dueOn, deal }) => [week, dueOn, deal.id])).toEqual(
    [
      [1, addDays(TODAY, 7), first],
      [2, addDays(TODAY, 14), first],
      [3, addDays(TODAY, 21), first],
      [3, addDays(TODAY, 21), second],
    ].sort((a, b) => (a[0] as number) - (b[0] as number)),
  );
  expect([play!.week, may.start]).toEqual([1, expect.stringMatching(/runs already/)]);
  await expect(start([{ dealId: second }])).rejects.toMatchObject({ rule: /runs already/ });
  // A finished discovery moves the deal by its facts, and by nothing the play says.
  const outcome = async () =>
    (
      await company.client.db.execute(sql`select outcome::text from judged_deals where deal_id = ${first}`)
    )[0];
  const before = await outcome();
  await company.as("pam", finishJointStep, { stepId: play!.steps[0]!.id });
  expect(await outcome()).toEqual(before);
  expect(await kindsOf(first, "pam", addDays(TODAY, 21))).not.toContain("play_decides");
  const fourth = addDays(TODAY, 22);
  const asked = (await about(first, "pam", "mine", fourth)).find(({ kind }) => kind === "play_decides");
  expect(asked).toMatchObject({ dueOn: addDays(TODAY, 28), steps: 4, done: 1, may: { decide: true } });
  await company.as("pam", decidePlay, { playId, decision: "park" }, { today: fourth });
  expect(await kindsOf(first, "pam", fourth)).not.toContain("play_decides");
  const parked = (await plays(addDays(TODAY, 60))).plays[0]!;
  expect([parked.week, parked.decided]).toEqual([4, { as: "park", on: fourth, by: "Pam Lind" }]);
  await company.as("hope", decidePlay, { playId, decision: null }, { today: fourth });
  await company.as("pam", withdrawPlay, { playId }, { today: fourth });
  const left = await company.client.db.execute(sql`
    select count(*)::int as n from joint_steps where deal_id in (${first}, ${second})`);
  // What was done of it stays.
  expect([left[0], (await plays()).plays]).toEqual([{ n: 1 }, []]);
});

test("what is not done of a play is closed with it, open again when that is taken back, and stays where it goes on", async () => {
  const dealId = await quiet();
  const { playId } = await start([{ dealId }]);
  const steps = async () => (await plays()).plays.find(({ id }) => id === playId)!.steps;
  const [done, second, third] = await steps();
  await company.as("pam", finishJointStep, { stepId: done!.id });
  const late = addDays(TODAY, 40);
  const overdue = async () => (await kindsOf(dealId, "pam", late)).filter((kind) => kind === "step_overdue");
  expect(await overdue()).toHaveLength(2);
  const closed = async () => (await steps()).map(({ doneOn, closedOn }) => [doneOn, closedOn]);
  for (const decision of ["park", "end"] as const) {
    await company.as("pam", decidePlay, { playId, decision });
    expect(await closed()).toEqual([[TODAY, null], ...[second, third].map(() => [null, TODAY])]);
    expect(await overdue()).toEqual([]);
    for (const verb of [finishJointStep, withdrawJointStep] as const)
      await expect(company.as("pam", verb, { stepId: second!.id })).rejects.toMatchObject({
        rule: expect.stringMatching(/closed .* with its selling play/),
      });
    await company.as("pam", decidePlay, { playId, decision: null });
    expect(await overdue()).toHaveLength(2);
  }
  await company.as("pam", decidePlay, { playId, decision: "end" });
  await company.as("pam", decidePlay, { playId, decision: "continue" });
  expect(await closed()).toEqual([[TODAY, null], ...[second, third].map(() => [null, null])]);
  await company.as("pam", finishJointStep, { stepId: second!.id });
  await company.as("pam", decidePlay, { playId, decision: null });
  await company.as("pam", withdrawPlay, { playId });
});

test("a play starts with a deal that is open, names each client once, and is run by the partner's side", async () => {
  const dealId = await quiet();
  const lost = await company.deal();
  await company.as("ana", closeDeal, { dealId: lost, outcome: "lost" });
  const [found] = await company.client.db.execute<{ id: string }>(sql`
    select account_id as id from deals where id = ${dealId}`);
  const account = { accountId: found!.id };
  for (const [clients, rule] of [
    [[account, { dealId }], /starts with a deal/],
    [[{ dealId: lost }], /has closed/],
    [[{ dealId }, { dealId }], /once/],
    [[{ dealId: "D-none" }], /no deal/],
    [Array.from({ length: 6 }, () => ({ dealId })), /at most 5/],
  ] as const)
    await expect(start([...clients])).rejects.toMatchObject({ rule: expect.stringMatching(rule) });
  await expect(company.as("ana", startPlay, { ...PLAY, clients: [{ dealId }] })).rejects.toMatchObject({
    rule: expect.stringMatching(/partner manager/),
  });
  const { playId } = await start([{ dealId }, account]);
  expect((await plays()).plays[0]!.clients.map((one) => [one.dealId, one.accountId])).toEqual([
    [dealId, null],
    [null, account.accountId],
  ]);
  await company.as("pam", withdrawPlay, { playId });
});
