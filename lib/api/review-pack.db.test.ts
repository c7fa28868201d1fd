import { sql } from "drizzle-orm";
import { strFromU8, unzipSync } from "fflate";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { closeDatabases, database } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { testDatabase } from "@/db/test-database";
import { type Actor, COMMAND_LINE } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { PASSWORD } from "@/lib/commands/commands.fixture";
import { createUser } from "@/lib/commands/company/create-user";
import { perform } from "@/lib/commands/door";
import { agreedForYears, holdReview, prepareAndFreeze } from "@/lib/commands/review/freeze.fixture";
import { startReview } from "@/lib/commands/review/start-review";
import { writeReview } from "@/lib/commands/review/write-review";
import { companyDay } from "@/lib/company-day";
import { judgeAll } from "@/lib/judging/judge-all";
import type { MetricReport } from "@/lib/metrics/quarter-report";
import { isDefined } from "@/lib/metrics/value";
import { numberText } from "@/lib/metrics/value-text";
import { sumMinor } from "@/lib/money";
import { reviewPack } from "@/lib/queries/review/review-pack";
import { ask } from "./ask";
import { answerMemoPdf } from "./memo-pdf";
import { PACK_EVENTS, packEventsIn } from "./pack-event";
import { packEvents } from "./pack-events";
import { answerPack } from "./review-pack";

vi.hoisted(() => {
  process.env.LOG_LEVEL = "silent";
});

const QUARTER = "2026-Q1";
const ASK = "Two partner managers for the next two quarters.";
const people = new Map<UserRole, Actor>();
const as = (role: UserRole) => people.get(role) as Actor;
const take = (file: string, role: UserRole | null = "auditor", quarter = QUARTER) =>
  answerPack({ quarter, file }, async () => (role ? as(role) : null));
const readPack = () => ask(reviewPack, { quarter: QUARTER }, as("auditor"));

const today = () => companyDay(Date.now(), "UTC");
const closers = () => ({ finance: as("finance"), head: as("head_of_partnerships"), call: {} });

/** A year of deals in two currencies, some sourced, some influenced, with costs and rates. */
beforeAll(async () => {
  const { url } = await testDatabase();
  process.env.DATABASE_URL = url;
  for (const role of ["admin", "finance", "head_of_partnerships", "cro", "auditor"] as const) {
    const person = { id: `U-${role}`, email: `${role}@x.test`, name: `The ${role}`, role };
    await perform(createUser, { ...person, ownerName: null }, { actor: COMMAND_LINE });
    await setFirstPassword(database(), person.id, PASSWORD);
    people.set(role, {
      id: `user:U-${role}`,
      userId: `U-${role}`,
      name: person.name,
      role,
      ownerName: null,
      ownPassword: true,
    });
  }
  await guardedTransaction(database(), { actor: "system:test", request: "scene" }, async (tx) => {
    await tx.execute(sql`insert into partners (id, name, kind) values ('P-1', 'Northgate', 'integrator')`);
    await tx.execute(sql`
      insert into deals (id, account, owner, amount, currency, type, route, created_on, closed_on, outcome, no_partner_on, no_partner_by)
      select 'D-' || lpad(n::text, 4, '0'), '=Account ' || n, 'Ann', (n % 17 + 1) * 512345,
        case when n % 5 = 0 then 'EUR' else 'USD' end, 'new', 'direct', date '2025-04-01' + n * 3,
        case when n % 4 < 3 then date '2025-04-01' + n * 3 + 10 + n % 23 end,
        (case n % 4 when 0 then 'won' when 1 then 'won' when 2 then 'lost' else 'open' end)::deal_outcome, null, null
      from generate_series(1, 120) n`);
    await tx.execute(sql`
      insert into stage_entries (deal_id, seq, stage, entered_on)
      select id, s, s, created_on + s from deals, generate_series(1, 3) s`);
    await tx.execute(sql`
      insert into registrations (id, deal_id, partner_id, submitted_on, recorded_on, status, decided_on)
      select 'R-' || id, id, 'P-1', created_on, created_on, 'approved', created_on from deals where right(id, 2)::int % 3 = 0`);
    await tx.execute(sql`
      insert into activities (id, deal_id, partner_id, type, stage, occurred_on, recorded_on, proof, involvement)
      select 'A-' || id, id, 'P-1', 'joint_discovery', 2, created_on + 3, created_on + 4, 'https://proof.test/' || id, 'direct'
      from deals where right(id, 2)::int % 3 < 2`);
    await tx.execute(sql`insert into costs values
      (${QUARTER}, 'partner_program', 'headcount', 900050, 'USD'), (${QUARTER}, 'direct_sales', 'headcount', 700000, 'EUR')`);
    await tx.execute(sql`insert into rates (quarter, currency, rate)
      select y || '-Q' || q, 'EUR', 1.0835 from generate_series(2024, 2026) y, generate_series(1, 4) q`);
  });
  const seats = { cro: "U-cro", finance: "U-finance", head_of_partnerships: "U-head_of_partnerships" };
  await agreedForYears(url, seats);
  await judgeAll(database(), today());
  await holdReview(QUARTER, closers());
  const { answer } = await perform(startReview, { quarter: QUARTER }, { actor: as("finance") });
  await perform(
    writeReview,
    { quarter: QUARTER, version: answer.version, ask: ASK },
    { actor: as("head_of_partnerships") },
  );
});
afterAll(async () => {
  await closeDatabases();
  delete process.env.DATABASE_URL;
});

describe("the query", () => {
  test("answers by its shape, with exactly the deals that each number was counted from", async () => {
    const pack = reviewPack.output.parse(await readPack());
    const { review, behind } = pack;
    const metrics: MetricReport[] = [
      review.pipeline,
      review.revenue,
      ...review.headline,
      ...review.indicators,
    ];
    let sums = 0;
    for (const { key, figures } of metrics) {
      for (const { opens, unit, value } of figures) {
        for (const { part, deals } of opens) {
          const found = behind.find((one) => one.metric === key && one.part === part)!;
          expect(found.deals).toHaveLength(deals);
          if (unit !== "money" || opens.length > 1 || !isDefined(value)) continue;
          expect(sumMinor(found.deals.map(({ reporting }) => reporting))).toBe(value);
          sums += value;
        }
      }
    }
    expect(sums).toBeGreaterThan(0);
    const pipeline = behind.find(({ metric, part }) => metric === "sourcedPipeline" && part === "sourced")!;
    const [deal] = pipeline.deals;
    expect(deal).toMatchObject({ account: `=Account ${Number(deal?.id.slice(2))}`, attribution: "sourced" });
    expect(pack.costs).toHaveLength(2);
  });
});

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const event of events) found.push(event);
  return found;
}

describe("the files", () => {
  test.each([
    ["nobody signed in", () => take("pack.pdf", null), 401, "unauthenticated"],
    ["another file", () => take("pack.doc"), 404, "not_found"],
    ["a name that every object has", () => take("constructor"), 404, "not_found"],
    ["no quarter", () => take("pack.pdf", "auditor", "2026-Q5"), 400, "invalid"],
    ["a memo to nobody", () => answerMemoPdf("M-1", async () => null), 401, "unauthenticated"],
    ["no such memo", () => answerMemoPdf("%", async () => as("auditor")), 404, "not_found"],
  ])("%s is a problem with its status", async (_, send, status, code) => {
    const response = await send();
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ["pack.pdf", "application/pdf", "%PDF-"],
    ["pack.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PK"],
    ["pack.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK"],
  ])("%s comes under its name, never kept by a cache", async (file, type, magic) => {
    const response = await take(file);
    const body = new Uint8Array(await response.arrayBuffer());
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="review-${QUARTER}${file.slice(4)}"`,
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-length")).toBe(String(body.length));
    expect(strFromU8(body.slice(0, magic.length))).toBe(magic);
  });

  test("whoever asks for it is told how far it is, and has the same file at the end", async () => {
    const about = { quarter: QUARTER, file: "pack.pdf" };
    const asked = new Request("http://x", { headers: { accept: PACK_EVENTS } });
    const response = await answerPack(about, async () => as("auditor"), asked);
    expect(response.headers.get("content-type")).toBe(PACK_EVENTS);
    const events = await all(packEventsIn(response.body!));
    const last = events.pop();
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) expect(event).toMatchObject({ step: { done: expect.any(Number) } });
    const whole = Buffer.from(await (await take("pack.pdf")).arrayBuffer()).toString("base64");
    expect(last).toEqual({ file: whole });
  });

  test("what a writer throws is the last event, and what is left is written no further", async () => {
    const failed = packEvents(async ({ tell }) => {
      tell?.({ done: 1, of: null });
      throw new Error("no ink");
    }, {});
    expect(await all(packEventsIn(failed))).toEqual([
      { step: { done: 1, of: null } },
      { problem: expect.objectContaining({ code: "unavailable" }) },
    ]);
    let left: AbortSignal | undefined;
    const long = packEvents(({ signal }) => {
      left = signal;
      return new Promise((_, stop) => signal?.addEventListener("abort", () => stop(signal.reason)));
    }, {});
    await long.cancel();
    expect(left?.aborted).toBe(true);
  });

  test("a frozen quarter's pack stays as it was sealed, and needs nothing but its seal", async () => {
    const before = await readPack();
    const answer = await prepareAndFreeze(QUARTER, closers());
    const sealed = await readPack();
    const numbersOf = ({ pipeline, revenue, economics, headline }: typeof sealed.review) =>
      [pipeline, revenue, economics, ...headline].map(({ key, figures }) => [key, figures]);
    expect(numbersOf(sealed.review)).toEqual(numbersOf(before.review));
    const files = async () =>
      Promise.all(
        ["pack.pdf", "pack.pptx", "pack.xlsx"].map(async (file) =>
          Buffer.from(await (await take(file)).arrayBuffer()).toString("base64"),
        ),
      );
    const taken = await files();

    const [won] = sealed.behind.find(
      ({ metric, part }) => metric === "revenueByBucket" && part === "all",
    )!.deals;
    // Whatever became of its deals, of the quarters before it, of names, rates and costs.
    await guardedTransaction(database(), { actor: "system:test", request: "later" }, async (tx) => {
      await tx.execute(
        sql`update deals set amount = 1, account = 'Renamed', amended_on = closed_on where id = ${won!.id}`,
      );
      await tx.execute(
        sql`update deals set amount = amount * 3, amended_on = closed_on where closed_on < '2026-01-01'`,
      );
      await tx.execute(sql`update partners set name = 'Southgate'`);
      await tx.execute(sql`update users set name = name || ' II'`);
      await tx.execute(sql`update settings set company = 'Another name'`);
      await tx.execute(sql`delete from rates`);
      await tx.execute(sql`update costs set amount = amount * 2`);
      await tx.execute(sql`
        insert into deals (id, owner, amount, currency, type, route, created_on, outcome)
        values ('D-JPY', 'Ann', 100000, 'JPY', 'new', 'direct', '2026-02-01', 'open')`);
    });
    await judgeAll(database(), today());
    expect(await readPack()).toEqual(sealed);
    expect(await files()).toEqual(taken);

    const body = new Uint8Array(Buffer.from(taken[0]!, "base64"));
    const { text } = await extractText(await getDocumentProxy(body), { mergePages: true });
    const paper = text.replace(/\s+/g, "");
    const { value, unit } = sealed.review.headline[0]!.figures[0]!;
    const closed = sealed.review.exceptions.grayShare.closed;
    for (const words of [
      answer.digest,
      ASK,
      numberText(value as number, unit, "USD"),
      `${closed} closed deals sealed`,
      "Prepared",
    ]) {
      expect(paper).toContain(words.replace(/\s+/g, ""));
    }
    expect(closed).toBeLessThan(answer.deals);
    const book = unzipSync(new Uint8Array(Buffer.from(taken[2]!, "base64")));
    expect(strFromU8(book["xl/sharedStrings.xml"]!)).toContain(answer.digest);
    const deck = unzipSync(new Uint8Array(Buffer.from(taken[1]!, "base64")));
    expect(strFromU8(deck["ppt/slides/slide2.xml"]!)).toContain(answer.digest);
  });
});
