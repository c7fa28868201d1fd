import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HANDS, type Hand, POWERS } from "@/lib/attribution/adversary/hands";
import { partnerOfHole } from "@/lib/attribution/adversary/search";
import { classify } from "@/lib/attribution/classify";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { scopeOf } from "@/lib/auth/permissions";
import type { UserRole } from "@/lib/auth/roles";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Company, openCompany, type Person, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { confirmNoPartner } from "@/lib/commands/deal/confirm-no-partner";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { moveStage } from "@/lib/commands/deal/move-stage";
import { importBatch } from "@/lib/commands/import/import-batch";
import { grantProgram } from "@/lib/commands/partner/grant-program";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { DIGEST } from "@/lib/commands/scenes.fixture";
import { loadFacts } from "@/lib/judging/facts";
import { readAdversary } from "./adversary";

const { two_bucket } = PRESETS;
const QUARTER = "2026-Q2";
/** Two deals alike for every hand: one to be raised, and one that stays. */
let company: Company;
let open = "";
let won = "";
beforeAll(async () => {
  company = await openCompany();
  open = await company.deal({ amount: 9_000_000, createdOn: "2026-04-20", stage: 1 });
  await company.as("ana", moveStage, { dealId: open, stage: 3 }, { today: "2026-05-10" });
  await company.as("ana", editDeal, { dealId: open, changes: { firstEngagedOn: "2026-04-25" } });
  won = await company.deal({ amount: 5_000_000, createdOn: "2026-04-20" });
  await company.as("ana", confirmNoPartner, { dealId: won }, { today: "2026-05-12" });
  await company.as("ana", closeDeal, { dealId: won, outcome: "won" }, { today: "2026-05-12" });
});
afterAll(() => company.close());

const search = (document: Policy, deals = 100) =>
  readAdversary(company.client.db, { policy: { document }, quarters: [QUARTER], deals }, TODAY);
type Found = Awaited<ReturnType<typeof search>>["ways"][number]["cheapest"];

/** Who has which hand. */
const PERSON = {
  ae: "ana",
  partner_manager: "pam",
  head_of_partnerships: "hope",
  importer: "rita",
} as const satisfies Partial<Record<Hand, Person>>;

/** Does what a hole says, through the door; the partner is P-2, whom nobody has on a deal. */
async function carryOut(found: Found, person: Person, dealId: string): Promise<void> {
  let nth = 0;
  for (const write of found.writes) {
    const on = { dealId, partnerId: "P-2" };
    nth += 1;
    if (write.kind === "engagement")
      await company.as(person, editDeal, { dealId, changes: { firstEngagedOn: null } });
    if (write.kind === "program")
      await company.as(person, grantProgram, { partnerId: "P-2", name: write.program, from: write.from });
    if (write.kind === "row" && found.hand !== "importer") {
      const { role, touchStage, touchedOn } = write;
      await company.as(person, tagPartner, { ...on, role, touchStage, touchedOn });
    }
    if (write.kind === "activity" && found.hand !== "importer") {
      const { type, stage, occurredOn, involvement } = write;
      const proof = "https://proof.example/1";
      await company.as(person, logActivity, { ...on, type, stage, occurredOn, involvement, proof });
    }
    if (found.hand === "importer") {
      const own = { id: `F-${dealId}-${nth}`, deal_id: dealId, partner_id: "P-2" };
      const rows = (values: Record<string, string>) => [{ line: 2, values: { ...own, ...values } }];
      const file = { name: "from-elsewhere.csv", sha256: DIGEST };
      if (write.kind === "row") {
        const { role, touchStage, touchedOn, recordedOn } = write;
        const values = { role, touch_stage: `${touchStage}`, touched_on: touchedOn, recorded_on: recordedOn };
        await company.as(person, importBatch, {
          ...{ kind: "roles", file, rows: rows({ ...values, confirmed_on: recordedOn }) },
        });
      }
    }
  }
}

async function outcomeOn(dealId: string, policy: Policy): Promise<string | undefined> {
  const [facts] = await loadFacts(company.client.db, [dealId], TODAY);
  return classify(policy, facts!).partners.find(({ partnerId }) => partnerId === "P-2")?.outcome;
}

describe("what one hand alone could raise", () => {
  test("is found under a memo that counts one hand's word, with its quarter, and stores nothing", async () => {
    const found = await search(two_bucket);
    expect(found).toMatchObject({ tried: 2, of: 2 });
    const byHand = (hand: Hand) => found.ways.filter(({ cheapest }) => cheapest.hand === hand);
    const [row] = byHand("ae").filter(({ cheapest }) => cheapest.outcome === "sourced");
    expect(row).toMatchObject({
      deals: 1,
      cheapest: {
        ...{ deal: { id: open, name: "Larkfield Foods" }, partner: null, seenAs: [] },
        cost: { writes: 1, daysBack: 25 },
        ...{ before: { credit: 0 }, after: { credit: 9_000_000 } },
      },
      through: ["edge-cases.delay", "buckets.evidence"],
    });
    expect(byHand("admin")).toEqual([]);
    const raised = found.quarters.filter(({ found: { hand } }) => hand === "ae");
    expect(raised).toMatchObject([
      {
        quarter: QUARTER,
        raised: [{ metric: "sourcedPipeline", before: 0, after: 9_000_000 }],
      },
    ]);
    expect(await search(two_bucket)).toEqual(found);
    expect(await outcomeOn(open, two_bucket)).toBeUndefined();
  });

  test("is nothing under a memo that asks for two, and the clause that stops each hand is named", async () => {
    const { ways, quarters, stops } = await search({ ...two_bucket, evidence: "countersigned" });
    expect([ways, quarters]).toEqual([[], []]);
    const clauses = new Map(stops.map(({ hand, outcome, clause }) => [`${hand} ${outcome}`, clause]));
    expect(clauses.get("ae sourced")).toBe("buckets.evidence");
    expect(clauses.get("importer sourced")).toBe("buckets.evidence");
    expect(clauses.get("admin influenced")).toBeNull();
  });

  test.each(Object.keys(PERSON) as (keyof typeof PERSON)[])(
    "can be done, by the hand of %s: the door lets it through and the deal is judged as foretold",
    async (hand) => {
      // Of the largest deal alone: of several, a way tells of the one on which it is cheapest.
      const { ways } = await search(two_bucket, 1);
      const found = ways
        .map(({ cheapest }) => cheapest)
        .filter((one) => one.hand === hand && one.partner === null && one.deal.id === open);
      expect(found.length).toBeGreaterThan(0);
      for (const hole of found) {
        if (hand === "importer" && hole.writes.some(({ kind }) => kind !== "row")) continue;
        const twin = await company.deal({ createdOn: "2026-04-20", stage: 1 });
        await company.as("ana", moveStage, { dealId: twin, stage: 3 }, { today: "2026-05-10" });
        await company.as("ana", editDeal, { dealId: twin, changes: { firstEngagedOn: "2026-04-25" } });
        await carryOut(hole, PERSON[hand], twin);
        expect(await outcomeOn(twin, two_bucket)).toBe(hole.outcome);
        expect(await outcomeOn(twin, { ...two_bucket, evidence: "countersigned" })).toBe("none");
      }
    },
  );

  test("a file can date a row before the close of a deal that is won", async () => {
    const { ways } = await search(two_bucket);
    const [way] = ways.filter(
      ({ cheapest }) =>
        cheapest.hand === "importer" && cheapest.deal.id === won && cheapest.writes[0]!.kind === "row",
    );
    if (!way) return expect.unreachable("no file raises the won deal");
    await carryOut(way.cheapest, "rita", won);
    expect(await outcomeOn(won, two_bucket)).toBe(way.cheapest.outcome);
  });

  test("an AE takes back our own first engagement, then names a partner of today: the door lets it through", async () => {
    const refuses: Policy = { ...two_bucket, recordWithin: { days: 5, consequence: "refuse" } };
    const { ways } = await search(refuses, 1);
    const hole = ways
      .map(({ cheapest }) => cheapest)
      .find(({ hand, writes }) => hand === "ae" && writes[0]!.kind === "engagement")!;
    expect(hole).toMatchObject({ outcome: "sourced", seenAs: ["stage_conflict"], cost: { writes: 2 } });
    const twin = await company.deal({ createdOn: "2026-04-20", stage: 1 });
    await company.as("ana", moveStage, { dealId: twin, stage: 3 }, { today: "2026-05-10" });
    await company.as("ana", editDeal, { dealId: twin, changes: { firstEngagedOn: "2026-04-25" } });
    await carryOut(hole, "ana", twin);
    expect(await outcomeOn(twin, refuses)).toBe("sourced");
    expect(await outcomeOn(twin, { ...refuses, evidence: "countersigned" })).toBe("none");
  });
});

/** What each hand writes, as the table of permissions has it. */
test("the powers of a hand are the permissions of its role", () => {
  const roleOf = {
    ae: "ae",
    partner_manager: "partner_manager",
    head_of_partnerships: "head_of_partnerships",
    admin: "admin",
  } as const satisfies Partial<Record<Hand, UserRole>>;
  for (const [hand, role] of Object.entries(roleOf) as [Hand, UserRole][]) {
    const powers = POWERS[hand];
    expect(powers.row !== null, `${hand} row`).toBe(scopeOf("role.add", role) !== null);
    expect(powers.activity !== null, `${hand} activity`).toBe(scopeOf("activity.log", role) !== null);
    expect(powers.proof, `${hand} proof`).toBe(scopeOf("activity.change", role) !== null);
    expect(powers.program, `${hand} program`).toBe(scopeOf("program.grant", role) !== null);
  }
  expect(HANDS.filter((hand) => POWERS[hand].countersignsItself)).toEqual([]);
  expect(partnerOfHole({ partnerId: null })).toMatch(/^~/);
});
