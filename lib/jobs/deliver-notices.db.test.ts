import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import type { Delivery, Send } from "@/lib/connectors/notices/delivery";
import { deliverDue, type Ways } from "./deliver-notices";
import { kept, outbox } from "./notices.fixture";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

const START = Date.parse("2026-05-20T09:00:00Z");
const MINUTE = 60_000;

const write = (statement: ReturnType<typeof sql>) =>
  guardedTransaction(company.client, { actor: "system:test", request: "scene" }, (tx) =>
    tx.execute(statement),
  );

beforeEach(async () => {
  await write(sql`delete from notices`);
  await write(sql`delete from notice_choices`);
});

/** Notices to Ana of so many freezes, due at the start. */
const tell = (many = 1, to = "ana") =>
  write(sql`
    insert into notices (id, kind, to_id, request, about, due_at)
    select 'N-' || lpad(n::text, 3, '0'), 'freeze_prepared', ${to}, 'scene',
      jsonb_build_object('kind', 'freeze_prepared', 'by', 'Hope Adler', 'quarter', '2026-Q1'),
      ${new Date(START).toISOString()}::timestamptz
    from generate_series(1, ${many}::int) n`);

const ways = (mail: Ways["mail"], chat: Ways["chat"] = () => NEVER): Ways => ({
  mail,
  chat,
  base: "https://sign.example",
});
const NEVER: Send = () => Promise.reject(new Error("nothing goes this way"));
/** The clock of a turn, `minutes` after the start. */
const at = (minutes: number) => () => new Date(START + minutes * MINUTE);
const REFUSED: Delivery = { taken: false, isFinal: false, problem: "The mail server said: 451 later" };

describe("a notice that is due", () => {
  test("is sent once though two processes deliver at the same time", async () => {
    await tell(40);
    const { letters, send } = kept(
      () => new Promise<Delivery>((resolve) => setTimeout(() => resolve({ taken: true }), 5)),
    );
    const other = connect(company.url, { max: 3 });
    const taken = await Promise.all([
      deliverDue(company.client, ways(send), at(0)),
      deliverDue(other, ways(send), at(0)),
    ]);
    await other.close();
    expect(letters.map(({ id }) => id).sort()).toEqual(
      Array.from({ length: 40 }, (_, n) => `N-${String(n + 1).padStart(3, "0")}`),
    );
    expect(Math.min(...taken)).toBeGreaterThan(0);
    expect(new Set((await outbox(company)).map(({ state }) => state))).toEqual(new Set(["sent"]));
    expect(await deliverDue(company.client, ways(send), at(60))).toBe(0);
  });

  test("goes to the person with its words and its page", async () => {
    await tell();
    const { letters, send } = kept();
    await deliverDue(company.client, ways(send), at(0));
    expect(letters[0]).toMatchObject({
      id: "N-001",
      to: { name: "Ana Ruiz", email: "ana@company.example" },
      subject: "2026-Q1 is ready to be frozen",
      link: "https://sign.example/review/2026-Q1",
    });
    expect(letters[0]!.text).toContain("Hope Adler prepared it");
  });

  test("waits until its time", async () => {
    await tell();
    const { letters, send } = kept();
    expect(await deliverDue(company.client, ways(send), at(-1))).toBe(0);
    expect(letters).toEqual([]);
  });
});

describe("a try that failed", () => {
  test("is repeated after a minute, then after ever longer ones, and keeps why", async () => {
    await tell();
    const { letters, send } = kept(() => REFUSED);
    const tried: number[] = [];
    for (let minute = 0; minute < 40; minute++) {
      const before = letters.length;
      await deliverDue(company.client, ways(send), at(minute));
      if (letters.length > before) tried.push(minute);
    }
    expect(tried).toEqual([0, 1, 3, 7, 15, 31]);
    const [row] = await outbox(company);
    expect(row).toMatchObject({
      state: "waiting",
      attempts: 6,
      way: "mail",
      problem: "The mail server said: 451 later",
    });
  });

  test("is repeated when the other side asked for it, not before", async () => {
    await tell();
    const { letters, send } = kept(() => ({ ...REFUSED, afterMs: 10 * MINUTE }));
    for (const minute of [0, 1, 5, 9]) await deliverDue(company.client, ways(send), at(minute));
    expect(letters).toHaveLength(1);
    await deliverDue(company.client, ways(send), at(10));
    expect(letters).toHaveLength(2);
  });

  test("is the last where another would end alike", async () => {
    await tell();
    const { letters, send } = kept(() => ({ ...REFUSED, isFinal: true }));
    for (const minute of [0, 10, 100]) await deliverDue(company.client, ways(send), at(minute));
    expect(letters).toHaveLength(1);
    expect(await outbox(company)).toMatchObject([{ state: "failed", attempts: 1 }]);
  });

  test("is the last after about a day", async () => {
    await tell();
    const { letters, send } = kept(() => REFUSED);
    for (let hour = 0; hour < 72; hour++) await deliverDue(company.client, ways(send), at(hour * 60));
    expect(await outbox(company)).toMatchObject([{ state: "failed", attempts: 12 }]);
    expect(letters).toHaveLength(12);
  });

  test("in whose middle the process died is repeated once nobody can be at it any more, under the same id", async () => {
    await tell();
    const dies = deliverDue(
      company.client,
      ways(() => new Promise(() => {})),
      at(0),
    );
    void dies;
    await expect.poll(async () => (await outbox(company))[0]!.attempts).toBe(1);
    const { letters, send } = kept();
    expect(await deliverDue(company.client, ways(send), at(1))).toBe(0);
    expect(await deliverDue(company.client, ways(send), at(3))).toBe(1);
    expect(letters.map(({ id }) => id)).toEqual(["N-001"]);
    expect(await outbox(company)).toMatchObject([{ state: "sent", attempts: 2 }]);
  });
});

describe("somebody who wants it in the chat", () => {
  const inChat = () =>
    write(sql`insert into notice_choices (user_id, kind, choice) values ('ana', 'freeze_prepared', 'chat')`);
  const channels = (rows: ReturnType<typeof sql>) =>
    write(sql`insert into chat_channels (id, chat, name, team, address) values ${rows}`);
  const EVERYBODYS = sql`('CC-1', 'slack', '#all', null, 'https://hooks.test/all')`;
  beforeEach(() => write(sql`delete from chat_channels`));

  test("is told in their team's channel, else in everybody's", async () => {
    await write(sql`update users set team = 'West' where id = 'ana'`);
    await inChat();
    const asked: unknown[] = [];
    const { letters, send } = kept();
    const chat = (channel: unknown) => {
      asked.push(channel);
      return send;
    };
    await channels(EVERYBODYS);
    await tell();
    await deliverDue(company.client, ways(NEVER, chat), at(0));
    await write(sql`delete from notices`);
    await channels(sql`('CC-2', 'teams', 'West', 'West', 'https://hooks.test/west'),
      ('CC-3', 'teams', 'East', 'East', 'https://hooks.test/east')`);
    await tell();
    await deliverDue(company.client, ways(NEVER, chat), at(0));
    expect(asked).toEqual([
      { chat: "slack", address: "https://hooks.test/all" },
      { chat: "teams", address: "https://hooks.test/west" },
    ]);
    expect(letters).toHaveLength(2);
    expect(await outbox(company)).toMatchObject([{ state: "sent", way: "chat" }]);
  });

  test("is told nothing where there is no channel for them, and the notice says so", async () => {
    await inChat();
    await tell();
    await deliverDue(company.client, ways(NEVER), at(0));
    const [row] = await outbox(company);
    expect(row).toMatchObject({ state: "no_way" });
    expect(row!.problem).toContain("No channel is set");
  });
});

describe("nothing leaves", () => {
  test("without a mail server, and the notice says so", async () => {
    await tell();
    await deliverDue(company.client, ways(null), at(0));
    expect(await outbox(company)).toMatchObject([
      { state: "no_way", problem: "No mail server is configured (SMTP_URL and MAIL_FROM)" },
    ]);
  });

  test("to somebody who wants none of its kind, and what they want of another kind is no matter", async () => {
    await tell();
    await write(sql`insert into notice_choices (user_id, kind, choice) values
      ('ana', 'freeze_prepared', 'none'), ('ana', 'row_waits', 'mail')`);
    const { letters, send } = kept();
    await deliverDue(company.client, ways(send), at(0));
    expect(letters).toEqual([]);
    expect(await outbox(company)).toMatchObject([{ state: "unwanted" }]);
  });

  test.each([["who has no access any more", sql`disabled_at = now()`, sql`disabled_at = null`]])(
    "to somebody %s",
    async (_, set, back) => {
      await tell(1, "ben");
      await write(sql`update users set ${set} where id = 'ben'`);
      const { letters, send } = kept();
      await deliverDue(company.client, ways(send), at(0));
      await write(sql`update users set ${back} where id = 'ben'`);
      expect(letters).toEqual([]);
      expect(await outbox(company)).toMatchObject([{ state: "no_way" }]);
    },
  );

  test("to a person of the demo, whose address is nobody's", async () => {
    await write(sql`insert into users (id, email, name, role, demo) values ('demo', 'd@x.test', 'Dora', 'ae', true)
      on conflict do nothing`);
    await tell(1, "demo");
    const { letters, send } = kept();
    await deliverDue(company.client, ways(send), at(0));
    expect(letters).toEqual([]);
    expect(await outbox(company)).toMatchObject([{ state: "no_way" }]);
  });
});
