// Long: random lives of a company are lived through its verbs, and asked about afterwards.
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PRESETS } from "@/lib/attribution/policy";
import { addDays, parseQuarter, quarterOf } from "@/lib/calendar";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { withdrawActivity } from "@/lib/commands/activity/withdraw-activity";
import { type Company, openCompany, type Person } from "@/lib/commands/commands.fixture";
import { acceptCorrection } from "@/lib/commands/correction/accept-correction";
import { proposeCorrection } from "@/lib/commands/correction/propose-correction";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { recordCost } from "@/lib/commands/finance/record-cost";
import { recordRate } from "@/lib/commands/finance/record-rate";
import { importBatch } from "@/lib/commands/import/import-batch";
import { mergePartners } from "@/lib/commands/partner/merge-partners";
import { decideRegistration } from "@/lib/commands/registration/decide-registration";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { agreedForYears, SIGNERS } from "@/lib/commands/review/freeze.fixture";
import { editRole } from "@/lib/commands/role/edit-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { withdrawRole } from "@/lib/commands/role/withdraw-role";
import { undo } from "@/lib/commands/undo";
import type { AnyVerb } from "@/lib/commands/verbs";
import { companyDay } from "@/lib/company-day";
import { isRefusal } from "@/lib/errors";
import { judgeAll } from "@/lib/judging/judge-all";
import { type Exact, plus } from "@/lib/metrics/exact";
import { MOVED_FIGURES } from "@/lib/metrics/moved";
import { HEADLINE_METRICS, type QuarterNumbers, quarterNumbers } from "@/lib/metrics/quarter-numbers";
import { type Look, type LookAsked, lookOf } from "./look";
import { lookedInputs } from "./looked-inputs";
import { printedNumbers } from "./numbers";
import { type PrintedMoved, printedMoved } from "./printed-moved";
import { rankedActivities } from "./ranked-activities";
import { ranking } from "./ranking";

const TODAY = companyDay(Date.now(), "UTC");
const { label: QUARTER } = quarterOf(TODAY, { firstMonth: 1, namedBy: "end", endsOn: "month_end" });
const ago = (days: number) => addDays(TODAY, -days);

let company: Company;
beforeAll(async () => {
  company = await openCompany();
}, 60_000);
afterAll(() => company.close());

const db = () => company.client.db;
const instant = async () => {
  const [row] = await db().execute<{ at: string }>(sql`select clock_timestamp()::text as at`);
  return row!.at.replace(" ", "T").replace(/\+00$/, "Z");
};

/** What the query said at an instant. */
interface Recorded {
  at: string;
  numbers: QuarterNumbers;
}
const record = async (): Promise<Recorded> => {
  // Instants are told apart by the millisecond.
  await new Promise((done) => setTimeout(done, 4));
  const numbers = await printedNumbers(db(), QUARTER, { today: TODAY });
  const at = await instant();
  await new Promise((done) => setTimeout(done, 4));
  return { at, numbers };
};

const roughly = (value: PrintedMoved["from"]) => {
  if (typeof value !== "string") return value;
  const [over, under] = value.split("/").map(Number);
  return over! / under!;
};
const exactOf = (value: PrintedMoved["from"]): Exact => {
  const [over, under = "1"] = String(value).split("/");
  return { over: BigInt(over!), under: BigInt(under) };
};

async function mustTell(name: string, from: Recorded, to: Recorded): Promise<PrintedMoved> {
  const [metric, figure] = name.split(".") as ["sourcedPipeline", "amount"];
  const asked = { number: name, quarter: QUARTER, from: from.at, to: to.at, today: TODAY };
  const found = await printedMoved(db(), asked);
  for (const [end, told] of [
    ["from", from.numbers[metric][figure]],
    ["to", to.numbers[metric][figure]],
  ] as const) {
    const value = roughly(found[end]);
    if (typeof told === "number") expect(value, `${name} ${end} ${from.at}`).toBeCloseTo(told, 9);
    else expect(value, `${name} ${end}`).toMatchObject({ undefined: told.undefined });
  }
  if (typeof found.from === "object" || typeof found.to === "object") expect(found.parts).toEqual([]);
  else {
    const sum = found.parts.reduce((all, { amount }) => plus(all, exactOf(amount)), exactOf(found.from));
    expect(sum).toEqual(exactOf(found.to));
  }
  return found;
}

const LOOKS: LookAsked[] = [
  { owner: "Ana Ruiz" },
  { partnerId: "P-1" },
  { partnerKind: "integrator", type: "new" },
  { route: "direct" },
];

/** The four numbers as they are looked at. */
async function lookedAt(look: Look): Promise<QuarterNumbers> {
  const quarter = parseQuarter(QUARTER);
  const asked = { today: TODAY, reportingCurrency: "USD", metrics: HEADLINE_METRICS };
  return quarterNumbers((await lookedInputs(db(), [quarter], asked, look))(quarter), quarter);
}

/** Does what the company allows; what it refuses was no write. */
async function tried(person: Person, verb: AnyVerb, input: unknown): Promise<Record<string, unknown> | null> {
  try {
    return (await company.as(person, verb, input, { today: TODAY })) as never;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

const ids = async (table: string, column = "id") => {
  const rows = await db().execute<{ id: string }>(
    sql`select ${sql.identifier(column)} as id from ${sql.identifier(table)} order by created_at, 1`,
  );
  return [...rows].map(({ id }) => id);
};

/** One write of a life, chosen by what the numbers say. */
async function live(kind: number, pick: number, amount: number): Promise<void> {
  const dealIds = await ids("deals");
  const dealId = dealIds[pick % Math.max(1, dealIds.length)] ?? "D-none";
  const partnerId = pick % 3 === 0 ? "P-2" : "P-1";
  const one = (list: string[]) => list[amount % Math.max(1, list.length)] ?? "none";
  switch (kind) {
    case 0:
      return void (await tried("ana", createDeal, {
        account: `Account ${amount % 9}`,
        amount,
        currency: amount % 2 ? "EUR" : "USD",
        type: (["new", "expansion", "renewal"] as const)[amount % 3],
        stage: 1,
        createdOn: ago(amount % 80),
      }));
    case 1:
      return void (await tried("ana", tagPartner, {
        dealId,
        partnerId,
        role: pick % 2 ? "sourcer" : "co_seller",
        touchStage: 1,
      }));
    case 2:
      return void (await tried("pam", logActivity, {
        dealId,
        partnerId,
        type: "joint_discovery",
        stage: 1 + (amount % 4),
        occurredOn: ago(amount % 3),
        proof: pick % 2 ? "https://proof.test/1" : null,
        involvement: "direct",
      }));
    case 3:
      return void (await tried("ana", closeDeal, {
        dealId,
        outcome: amount % 3 ? "won" : "lost",
        involved: pick % 4 ? "these" : "none",
      }));
    case 4:
      return void (await tried("ana", editDeal, { dealId, changes: { amount: amount * 2 + 1 } }));
    case 5:
      return void (await tried("fay", recordCost, {
        quarter: QUARTER,
        side: pick % 2 ? "partner_program" : "direct_sales",
        category: "travel",
        amount,
        currency: "USD",
      }));
    case 6:
    case 14:
      return void (await tried("fay", recordRate, {
        quarter: QUARTER,
        currency: "EUR",
        rate: `1.${amount % 97}`,
      }));
    case 7: {
      const row = one(await ids("role_rows"));
      return void (await (pick % 2
        ? tried("ana", withdrawRole, { rowId: row })
        : tried("ana", editRole, { rowId: row, changes: { touchStage: amount % 4 } })));
    }
    case 8: {
      const activityId = one(await ids("activities"));
      return void (await (pick % 2
        ? tried("pam", withdrawActivity, { activityId })
        : tried("pam", editActivity, {
            activityId,
            changes: { proof: amount % 2 ? null : "https://proof.test/2" },
          })));
    }
    case 9: {
      const registered = await tried("pam", submitRegistration, { dealId, partnerId });
      if (registered)
        await tried("hope", decideRegistration, {
          registrationId: registered.registrationId,
          status: "approved",
        });
      return;
    }
    case 10: {
      if (amount % 2) return;
      const [row] = await db().execute<{ version: number }>(
        sql`select version from deals where id = ${dealId}`,
      );
      return void (await tried("ana", deleteDeal, {
        dealId,
        version: row?.version ?? 1,
        reason: "entered twice",
      }));
    }
    case 11: {
      const proposed = await tried("ana", proposeCorrection, {
        dealId,
        changes: { amount },
        reason: "misread",
      });
      if (proposed) await tried("fay", acceptCorrection, { correctionId: proposed.correctionId });
      return;
    }
    case 12:
      return imported(amount, pick);
    case 13: {
      const done = await tried("ana", editDeal, { dealId, changes: { type: "renewal" } });
      if (done) await tried("ana", undo, { request: done.request });
      return;
    }
  }
}

/** A mirror says a deal, its stages, and who is on it, anew each time. */
async function imported(amount: number, pick: number): Promise<void> {
  const id = `CRM-${pick % 4}`;
  const closed = amount % 2 === 0;
  const land = (kind: string, values: Record<string, string>, more = {}) =>
    tried("rita", importBatch, { kind, rows: [{ values }], ...more });
  await land("deals", {
    deal_id: id,
    account: "Mirror",
    owner: "Ana Ruiz",
    amount: `${amount % 9000}.00`,
    currency: "USD",
    type: "new",
    route: "direct",
    created_on: ago(40),
    closed_on: closed ? ago(2) : "",
    outcome: closed ? "won" : "open",
  });
  await land("stage_history", {
    deal_id: id,
    stage: String(1 + (amount % 3)),
    entered_on: ago(30 - (amount % 20)),
  });
  await land(
    "roles",
    {
      role_row_id: `R-${pick % 4}-${amount % 2}`,
      deal_id: id,
      partner_id: "P-2",
      role: "sourcer",
      touch_stage: "1",
      touched_on: ago(39),
      recorded_on: ago(38),
      confirmed_on: amount % 3 ? ago(30) : "",
    },
    { replace: pick % 2 === 0 },
  );
}

const must = <V extends AnyVerb>(person: Person, verb: V, input: unknown) =>
  company.as(person, verb, input, { today: TODAY });

/** Steps that a life may lack, each a cause of its own. */
const CODA = [
  async () => {
    const values = { account: "Coda", amount: 700_001, currency: "EUR", stage: 1, createdOn: ago(0) };
    await must("ana", createDeal, { ...values, id: "D-coda" });
    await must("ana", tagPartner, {
      dealId: "D-coda",
      partnerId: "P-1",
      role: "sourcer",
      touchStage: 1,
    });
  },
  () => tried("fay", recordRate, { quarter: QUARTER, currency: "EUR", rate: "1.234567" }),
  () => must("ana", closeDeal, { dealId: "D-coda", outcome: "won", involved: "these" }),
  async () => {
    const changes = { amount: 900_001 };
    const { correctionId } = await must("ana", proposeCorrection, {
      ...{ dealId: "D-coda", changes, reason: "misread" },
    });
    await must("fay", acceptCorrection, { correctionId });
  },
  async () => {
    await agreedForYears(company.url, SIGNERS, { ...PRESETS.two_bucket, sourcedAtOrBefore: 0 });
    await judgeAll(company.client, TODAY);
  },
];

describe("what cannot be answered", () => {
  const asked = { number: "sourcedPipeline", quarter: QUARTER, from: ago(1), to: TODAY, today: TODAY };
  it.each([
    [{ number: "pipeline" }, "number", "must be one of sourcedPipeline"],
    [{ number: "influencedWinRate.ratio" }, "number", "must be one of"],
    [{ from: "yesterday" }, "from", "must be a day, or an instant"],
    [{ from: "2026-01-01T10:00" }, "from", "must be a day, or an instant"],
    [{ to: addDays(TODAY, 1) }, "to", "is in the future"],
    [{ from: TODAY, to: ago(1) }, "from", "must not be after"],
    [{ quarter: "2026" }, "quarter", ""],
  ])("%o", async (wrong, field, rule) => {
    await expect(printedMoved(db(), { ...asked, ...wrong })).rejects.toMatchObject({
      field,
      rule: expect.stringContaining(rule),
    });
  });
});

describe("the number at an instant of a life", () => {
  it("is what the query answered then, for every number, and the parts between two add up", async () => {
    const lives = fc.sample(
      fc.array(fc.tuple(fc.nat({ max: 14 }), fc.nat({ max: 40 }), fc.integer({ min: 1, max: 900_000 })), {
        minLength: 100,
        maxLength: 100,
      }),
      { numRuns: 1, seed: 20_261_128 },
    );
    await tried("fay", recordRate, { quarter: QUARTER, currency: "EUR", rate: "1.1" });
    const recorded: Recorded[] = [await record()];
    let written = 0;
    for (const life of lives)
      for (const [at, [kind, pick, amount]] of life.entries()) {
        // A life begins with deals.
        await live(at < 20 ? 0 : kind, pick, amount);
        written++;
        if (written % 5 === 0) recorded.push(await record());
        if (written === 80) await tried("hope", mergePartners, { mergedId: "P-2", intoId: "P-1" });
      }
    const coda = recorded.length;
    recorded.push(await record());
    for (const step of CODA) {
      await step();
      recorded.push(await record());
    }
    const causes = new Set<string>();
    for (const [at, to] of recorded.entries()) {
      const from = recorded[Math.max(0, at - 1 - (at > coda ? 0 : (at * 7) % 6))]!;
      for (const [nth, name] of MOVED_FIGURES.entries())
        if (at > coda || (nth + at) % 6 === 0)
          for (const { cause } of (await mustTell(name, from, to)).parts) causes.add(cause);
    }
    for (const { at, numbers } of recorded.filter((_, nth) => nth % 9 === 4)) {
      const moment = { day: TODAY, at: new Date(at).toISOString() };
      expect(await lookedAt({ narrowing: null, moment }), at).toEqual(numbers);
    }
    const now = { day: TODAY, at: new Date().toISOString() };
    for (const asked of LOOKS) {
      const { narrowing } = (await lookOf(db(), asked, TODAY))!;
      const read = await lookedAt({ narrowing, moment: null });
      expect(await lookedAt({ narrowing, moment: now }), JSON.stringify(asked)).toEqual(read);
      expect(read.costPerPartnerDollar.perAttributed).toEqual({ undefined: "costs_not_narrowed" });
    }
    for (const by of ["partner", "owner"] as const) {
      const context = { db: db(), actor: company.actor("rita"), today: TODAY };
      const { rows, opens } = await ranking.run(context, { quarter: QUARTER, by });
      expect(rows.length).toBeGreaterThan(0);
      expect(opens).toEqual({
        sourced: { number: "sourcedPipeline", figure: "amount", parts: ["sourced"] },
        creditedWon: { number: "costPerPartnerDollar", figure: "attributedWon", parts: ["attributedWon"] },
        winRate: { number: "influencedWinRate", figure: "rate", parts: ["won", "closed"] },
      });
      for (const { id, sourced, creditedWon, winRate, closed, activities, proven } of rows) {
        const look = await lookOf(db(), by === "partner" ? { partnerId: id } : { owner: id }, TODAY);
        const alone = await lookedAt(look!);
        expect([sourced, creditedWon, winRate, closed], id).toEqual([
          alone.sourcedPipeline.amount,
          alone.costPerPartnerDollar.attributedWon,
          alone.influencedWinRate.rate,
          alone.influencedWinRate.deals,
        ]);
        const asked = rankedActivities.input.parse({ by, id, limit: 100 });
        const { rows: did, next } = await rankedActivities.run(context, asked);
        expect([did.length, did.filter(({ proof }) => proof !== null).length, next], id).toEqual([
          ...[activities, proven, null],
        ]);
      }
    }
    for (const name of MOVED_FIGURES) await mustTell(name, recorded[0]!, recorded.at(-1)!);
    expect([...causes].sort()).toEqual(
      ["changed_facts", "closed_deals", "corrections", "costs", "new_deals", "policy", "rates"].sort(),
    );
  }, 240_000);
});
