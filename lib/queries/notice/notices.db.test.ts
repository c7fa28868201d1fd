import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany, type Person, TODAY } from "@/lib/commands/commands.fixture";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { runJob } from "@/lib/commands/job/run-job";
import { addChatChannel } from "@/lib/commands/notice/add-chat-channel";
import { chooseNotice } from "@/lib/commands/notice/choose-notice";
import { resendNotice } from "@/lib/commands/notice/resend-notice";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { jobsList } from "../job/jobs-list";
import { answer, type Query } from "../query";
import { noticeChoices } from "./notice-choices";
import { noticeWays } from "./notice-ways";
import { noticesList } from "./notices-list";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
  const dealId = await company.deal();
  await company.as("pam", tagPartner, { dealId, partnerId: "P-1", role: "sourcer", touchedOn: "2026-05-02" });
  await company
    .as("ben", tagPartner, {
      ...{ dealId: await company.deal({ account: "Oakmont" }), partnerId: "P-2" },
      ...{ role: "influencer", touchedOn: "2026-05-03" },
    })
    .catch(() => {});
});
afterAll(() => company.close());

function ask<I extends z.ZodType, O extends z.ZodType>(query: Query<I, O>, input: z.input<I>, who: Person) {
  const context = { db: company.client.db, actor: company.actor(who), today: TODAY };
  return answer(query, query.input.parse(input), context).then((found) => query.output.parse(found));
}

const write = (statement: ReturnType<typeof sql>) =>
  guardedTransaction(company.client, { actor: "system:test", request: "scene" }, (tx) =>
    tx.execute(statement),
  );

describe("the notices", () => {
  test("are one's own; an admin's and an auditor's, everybody's", async () => {
    const titles = async (who: Person) => (await ask(noticesList, {}, who)).notices.map(({ title }) => title);
    expect(await titles("ana")).toEqual(["Northgate’s role on Larkfield Foods waits for you"]);
    expect(await titles("pam")).toEqual([]);
    expect(await titles("rita")).toEqual(await titles("ana"));
    expect((await ask(noticesList, {}, "aude")).all).toBe(true);
  });

  test("that wait their minute cannot be sent again, one that was given up can: by its person and an admin alone", async () => {
    const may = async (who: Person) => (await ask(noticesList, {}, who)).notices[0]!.may.resend;
    expect(await may("ana")).toBe("It goes by itself, a minute after what it tells of");
    await write(
      sql`update notices set state = 'failed', attempts = 12, problem = 'The mail server said: 550'`,
    );
    expect(await may("ana")).toBe(true);
    expect(await may("rita")).toBe(true);
    expect(await may("aude")).toContain("may not");
    expect((await ask(noticesList, { troubled: true }, "ana")).notices).toHaveLength(1);
    const noticeId = (await ask(noticesList, {}, "ana")).notices[0]!.id;
    await expect(company.as("pam", resendNotice, { noticeId })).rejects.toMatchObject({ code: "forbidden" });
    await company.as("ana", resendNotice, { noticeId });
    expect((await ask(noticesList, { troubled: true }, "ana")).notices).toEqual([]);
    expect((await ask(noticesList, {}, "ana")).notices).toMatchObject([{ state: "waiting", attempts: 0 }]);
  });
});

describe("by what one is told", () => {
  test("is mail until one chooses, and each kind's own", async () => {
    const choiceOf = async (kind: string) =>
      (await ask(noticeChoices, {}, "aude")).choices.find((one) => one.kind === kind)!.choice;
    expect(await choiceOf("digest")).toBe("mail");
    await company.as("aude", chooseNotice, { kind: "digest", choice: "none" });
    expect(await choiceOf("digest")).toBe("none");
    expect(await choiceOf("memo_waits")).toBe("mail");
    const { choices } = await ask(noticeChoices, {}, "ana");
    const others = choices.filter(({ kind }) => kind !== "weekly_numbers");
    expect(new Set(others.map(({ choice }) => choice))).toEqual(new Set(["mail"]));
    expect(await choiceOf("weekly_numbers"), "this one is asked for").toBe("none");
  });

  test("names the channel of one's team, else everybody's; its address is shown and logged nowhere", async () => {
    const secret = "https://hooks.test/services/T0/SECRET";
    await company.as("rita", addChatChannel, { chat: "slack", name: "#all", address: secret });
    await company.as("rita", addChatChannel, { chat: "teams", name: "West", team: "West", address: secret });
    await write(sql`update users set team = 'West' where id = 'ana'`);
    expect((await ask(noticeChoices, {}, "ana")).channel).toBe("West");
    expect((await ask(noticeChoices, {}, "ben")).channel).toBe("#all");
    const ways = await ask(noticeWays, {}, "rita");
    expect(ways.channels.map(({ name }) => name).sort()).toEqual(["#all", "West"]);
    const log = await company.client.db.execute(sql`select before, after from audit_log`);
    const keys = await company.client.db.execute(sql`select answer from idempotency_keys`);
    expect(JSON.stringify([ways, [...log], [...keys]])).not.toContain("SECRET");
    const twin = { chat: "slack", name: "#more", address: secret };
    await expect(company.as("rita", addChatChannel, twin)).rejects.toMatchObject({
      field: "team",
      rule: "#all is everybody's already: remove it first",
    });
  });

  test.each([["ftp://x.test/1"], ["hooks.test/1"], ["javascript:alert(1)"]])(
    "is no address like %s",
    async (address) => {
      const channel = { chat: "slack", name: "#x", team: "X", address };
      await expect(company.as("rita", addChatChannel, channel)).rejects.toMatchObject({ field: "address" });
    },
  );

  test.each([
    ["https://sign.example/", "https://sign.example"],
    ["http://10.0.0.1:3000", "http://10.0.0.1:3000"],
  ])("leads to %s", async (publicAddress, kept) => {
    await company.as("rita", editSettings, { publicAddress });
    expect((await ask(noticeWays, {}, "rita")).address.set).toBe(kept);
  });

  test.each([["https://sign.example/path"], ["sign.example"]])("leads not to %s", async (publicAddress) => {
    await expect(company.as("rita", editSettings, { publicAddress })).rejects.toMatchObject({
      field: "publicAddress",
    });
  });

  test("is for admins and auditors to see", async () => {
    await expect(ask(noticeWays, {}, "fay")).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the jobs", () => {
  const of = async (name: string) => (await ask(jobsList, {}, "rita")).jobs.find((one) => one.name === name)!;
  const queue = (statement: string) =>
    company.client.writers.take(performance.now() + 5_000).then(async (connection) => {
      await connection.run((run) => run.unsafe(statement), performance.now() + 5_000);
      company.client.writers.give(connection);
    });

  test("say when each was last done and is due, and the last failure, that it has worked since included", async () => {
    expect(await of("forget-keys")).toMatchObject({ endedAt: null, nextAt: null, said: null, fails: false });
    await queue(`insert into pgboss.job (name, state, started_on, completed_on, output) values
      ('forget-keys', 'failed', now() - interval '2 hours', now() - interval '2 hours', '{"message": "the disk is full"}'),
      ('fold-tallies', 'completed', now() - interval '1 hour', now() - interval '1 hour', null),
      ('fold-tallies', 'failed', now() - interval '2 hours', now() - interval '2 hours', '{"value": {"message": "gone"}}')`);
    expect(await of("forget-keys")).toMatchObject({ fails: true, said: "the disk is full" });
    expect(await of("fold-tallies")).toMatchObject({ fails: false, said: "gone" });
  });

  test("are asked for by an admin, once while one that was asked for waits", async () => {
    await company.as("rita", runJob, { name: "forget-keys" });
    expect((await of("forget-keys")).nextAt).not.toBeNull();
    await expect(company.as("rita", runJob, { name: "forget-keys" })).rejects.toMatchObject({
      field: "name",
    });
    await expect(company.as("fay", runJob, { name: "forget-keys" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(ask(jobsList, {}, "fay")).rejects.toMatchObject({ code: "forbidden" });
  });
});
