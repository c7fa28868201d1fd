import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalJson } from "@/lib/attribution/canonical";
import { checkProjections } from "@/lib/judging/rebuild";
import { logActivity } from "../activity/log-activity";
import { type Company, openCompany, TODAY } from "../commands.fixture";
import { closeDeal } from "../deal/close-deal";
import { rehearse } from "../door";
import { importBatch } from "../import/import-batch";
import { submitRegistration } from "../registration/submit-registration";
import { confirmRole } from "../role/confirm-role";
import { tagPartner } from "../role/tag-partner";
import { addJointStep } from "../step/add-joint-step";
import { undo } from "../undo";
import { createContact } from "./create-contact";
import { createPartner } from "./create-partner";
import { editPartner } from "./edit-partner";
import { grantProgram } from "./grant-program";
import { mergePartners } from "./merge-partners";

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

async function pair(): Promise<[merged: string, into: string]> {
  const made = async (name: string) =>
    (await company.as("pam", createPartner, { name, kind: "integrator" })).partnerId as string;
  return [await made("Vellum NV"), await made("Vellum")];
}

const ACTS = ["sourcer", "confirmed", "influencer", "proven", "bare", "registration", "step"] as const;
interface Planned {
  acts: { by: 0 | 1; what: (typeof ACTS)[number] }[];
  closed: "won" | "lost" | null;
}

async function act(dealId: string, partnerId: string, what: Planned["acts"][number]["what"]): Promise<void> {
  const on = { dealId, partnerId };
  // Each at the stage of its day, so that no case stands on the deal; only today is anybody in a program.
  const row =
    what === "confirmed"
      ? { ...on, touchStage: 0, touchedOn: "2026-04-25" }
      : { ...on, touchStage: 2, touchedOn: TODAY };
  const did = { ...on, type: "joint_discovery", stage: 2, occurredOn: "2026-05-06" };
  if (what === "sourcer" || what === "confirmed") {
    const { rowId } = await company.as("pam", tagPartner, { ...row, role: "sourcer" });
    if (what === "confirmed") await company.as("ana", confirmRole, { rowId });
  } else if (what === "influencer") await company.as("pam", tagPartner, { ...row, role: "influencer" });
  else if (what === "proven")
    await company.as("pam", logActivity, { ...did, proof: "https://proof.example/1" });
  else if (what === "bare") await company.as("pam", logActivity, did);
  else if (what === "registration")
    await company.as("pam", submitRegistration, { ...on, submittedOn: "2026-05-02" });
  else await company.as("pam", addJointStep, { ...on, what: "Meet", dueOn: "2026-06-01" });
}

/** Deals with what the two records did on them; who did the same twice is refused, which is no matter here. */
async function tell(planned: readonly Planned[], ids: readonly [string, string]): Promise<string[]> {
  const deals: string[] = [];
  for (const { acts, closed } of planned) {
    const dealId = await company.deal();
    deals.push(dealId);
    for (const { by, what } of acts) await act(dealId, ids[by], what).catch(() => {});
    if (closed) await company.as("ana", closeDeal, { dealId, outcome: closed }).catch(() => {});
  }
  return deals;
}

/** How deals are judged, to the last share and by whichever record, and all that is said of them. */
async function stand(deals: readonly string[]) {
  const rows = await company.client.db.execute<{ id: string; judged: unknown; facts: unknown }>(sql`
    select j.deal_id as id, to_jsonb(j) - 'judged_at' || jsonb_build_object('shares', (
        select jsonb_agg(jsonb_build_array(o.partner_id, o.outcome, o.disputed, o.credit) order by o.partner_id)
        from partner_outcomes o where o.deal_id = j.deal_id)) as judged,
      jsonb_build_array(
        (select jsonb_agg(to_jsonb(r) order by r.id) from role_rows r where r.deal_id = j.deal_id),
        (select jsonb_agg(to_jsonb(r) order by r.id) from activities r where r.deal_id = j.deal_id),
        (select jsonb_agg(to_jsonb(r) order by r.id) from registrations r where r.deal_id = j.deal_id),
        (select jsonb_agg(to_jsonb(r) order by r.id) from joint_steps r where r.deal_id = j.deal_id)) as facts
    from judged_deals j where j.deal_id = any(${sql.param(deals)}::text[]) order by j.deal_id`);
  return [...rows];
}
const asOne = (stands: unknown, [merged, into]: readonly [string, string]) =>
  canonicalJson(stands).replaceAll(merged, into);

const plannedDeals = fc.array(
  fc.record({
    acts: fc.array(fc.record({ by: fc.constantFrom<0 | 1>(0, 1), what: fc.constantFrom(...ACTS) }), {
      minLength: 1,
      maxLength: 4,
    }),
    closed: fc.constantFrom<Planned["closed"]>(null, null, "won", "lost"),
  }),
  { minLength: 1, maxLength: 3 },
);

test("merging leaves every outcome and sum as it was, and taking it back leaves everything as it was", async () => {
  let [moved, apart, closed] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(plannedDeals, fc.constantFrom(null, 0, 1), async (planned, inProgram) => {
      const ids = await pair();
      if (inProgram !== null)
        await company.as("hope", grantProgram, { partnerId: ids[inProgram]!, name: "pe_vc_pricing" });
      const deals = await tell(planned, ids);
      const before = await stand(deals);
      const merge = await company.as("pam", mergePartners, { mergedId: ids[0], intoId: ids[1] });
      moved += (merge.moved as unknown[]).length;
      apart += (merge.apart as unknown[]).length;
      closed += merge.closed as number;
      const after = await stand(deals);
      // A deal that stays apart or is closed names both records as before; one that goes along names one.
      const judged = (stands: typeof before) => stands.map((one) => one.judged);
      expect(asOne(judged(after), ids)).toBe(asOne(judged(before), ids));
      for (const { id, judged } of before)
        if ((judged as { state: string }).state !== "open")
          expect(after.find((one) => one.id === id)).toEqual(before.find((one) => one.id === id));
      expect(await checkProjections(company.client, TODAY)).toBeNull();
      await company.as("pam", undo, { request: merge.request });
      expect(await stand(deals)).toEqual(before);
      expect(await checkProjections(company.client, TODAY)).toBeNull();
    }),
    { numRuns: 15, seed: 7 },
  );
  expect(Math.min(moved, apart, closed)).toBeGreaterThan(2);
}, 60_000);

test("a program's standing is not lent by a merge: the row of an unconfirmed claim stays with its record", async () => {
  const ids = await pair();
  await company.as("hope", grantProgram, { partnerId: ids[1], name: "pe_vc_pricing" });
  const [dealId] = await tell([{ acts: [{ by: 0, what: "sourcer" }], closed: null }], ids);
  const { moved, apart } = await company.as("pam", mergePartners, { mergedId: ids[0], intoId: ids[1] });
  expect([moved, apart]).toEqual([[], [{ id: dealId, account: "Larkfield Foods" }]]);
});

test("what is new is said of the record it became: by hand refused in words, by file found", async () => {
  const ids = await pair();
  const [merged, into] = ids;
  const [open, closed] = await tell(
    [
      { acts: [{ by: 0, what: "proven" }], closed: null },
      {
        acts: [
          { by: 0, what: "confirmed" },
          { by: 0, what: "proven" },
        ],
        closed: "won",
      },
    ],
    ids,
  );
  await company.as("pam", createContact, { partnerId: merged, name: "Noor", email: "noor@vellum.example" });
  const answer = await company.as("pam", mergePartners, { mergedId: merged, intoId: into });
  expect(answer).toMatchObject({ moved: [{ id: open }], apart: [], closed: 1, contacts: 1 });
  for (const [verb, input] of [
    [tagPartner, { dealId: open, partnerId: merged, role: "sourcer" }],
    [editPartner, { partnerId: merged, changes: { name: "Another" } }],
    [mergePartners, { mergedId: into, intoId: merged }],
  ] as const)
    await expect(company.as("pam", verb, input)).rejects.toMatchObject({
      rule: expect.stringContaining("Vellum NV"),
    });
  const values = {
    ...{ id: "A-by-file", deal_id: open!, partner_id: merged, type: "joint_pitch", stage: "2" },
    ...{ occurred_on: "2026-05-02", recorded_on: "2026-05-03", proof: "https://proof.example/f" },
    involvement: "direct",
  };
  const file = () => company.as("rita", importBatch, { kind: "activities", rows: [{ line: 2, values }] });
  expect(await file()).toMatchObject({ created: 1, refused: [] });
  expect(await file()).toMatchObject({ created: 0, updated: 0, unchanged: 1 });
  // What stands on a closed deal under the old record is what the file goes on saying.
  const [stood] = await company.client.db.execute<Record<string, string>>(sql`
    select id, deal_id, partner_id, type, stage::text, occurred_on::text, recorded_on::text, proof, involvement::text
    from activities where deal_id = ${closed}`);
  const again = { kind: "activities", rows: [{ line: 2, values: { ...stood } }] };
  expect(await company.as("rita", importBatch, again)).toMatchObject({ updated: 0, unchanged: 1 });
});

test("a merge is taken back by whoever made it, and not past a close", async () => {
  const ids = await pair();
  const [dealId] = await tell([{ acts: [{ by: 0, what: "confirmed" }], closed: null }], ids);
  const asked = { mergedId: ids[0], intoId: ids[1] };
  const { deals } = await rehearse(mergePartners, asked, {
    ...{ actor: company.actor("pam"), client: company.client, today: TODAY },
  });
  expect(deals.map((one) => [one.dealId, one.before?.result.outcome, one.after?.result.outcome])).toEqual([
    [dealId, "sourced", "sourced"],
  ]);
  const { request } = await company.as("pam", mergePartners, asked);
  await expect(company.as("paul", undo, { request })).rejects.toMatchObject({ rule: /whoever made it/ });
  await company.as("ana", closeDeal, { dealId, outcome: "won" });
  await expect(company.as("pam", undo, { request })).rejects.toMatchObject({ rule: /closed since/ });
});

test("a chain of merges points to the last record, and each one is taken back by itself", async () => {
  const [[first, second], [third]] = [await pair(), await pair()];
  await company.as("pam", mergePartners, { mergedId: first, intoId: second });
  const last = await company.as("pam", mergePartners, { mergedId: second, intoId: third });
  const into = async (id: string) => {
    const found = sql`select merged_into as into from partners where id = ${id}`;
    return (await company.client.db.execute<{ into: string | null }>(found))[0]!.into;
  };
  expect([await into(first), await into(second)]).toEqual([third, third]);
  await company.as("pam", undo, { request: last.request });
  expect([await into(first), await into(second)]).toEqual([second, null]);
});
