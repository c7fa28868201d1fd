import { afterEach, expect, test } from "vitest";
import { type Policy, PRESETS } from "@/lib/attribution/policy";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { vouchActivity } from "@/lib/commands/activity/vouch-activity";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { agreedForYears, SIGNERS } from "@/lib/commands/review/freeze.fixture";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { type Inbox, MOTION, openInbox, PROOF, SOURCER } from "./inbox.fixture";

let company: Inbox;
async function under(policy: Policy) {
  company = await openInbox();
  await agreedForYears(company.url, SIGNERS, policy);
}
afterEach(() => company.close());

const WORK = { ...MOTION, type: "solution_architecture", proof: PROOF };

test("where a credit needs a second hand behind several, one is asked after the other, and none that cannot be had", async () => {
  await under(PRESETS.triple_tier);
  const mixed = await company.deal();
  await company.as("ana", logActivity, { dealId: mixed, ...WORK });
  await company.as("pam", logActivity, { dealId: mixed, ...WORK });
  expect(await company.kindsOf(mixed, "ana")).toEqual([]);
  const dealId = await company.deal();
  for (const occurredOn of ["2026-05-10", "2026-05-11"])
    await company.as("pam", logActivity, { dealId, ...WORK, occurredOn });
  for (let asked = 0; asked < 2; asked++) {
    const [item] = await company.about(dealId, "ana");
    if (item?.kind !== "second_hand") throw new Error("nothing is asked");
    await company.as("ana", vouchActivity, { activityId: item.activityId });
  }
  expect(await company.kindsOf(dealId, "ana")).toEqual([]);
});

test("where one person's word earns nothing, the dispute names the second hand, and whose it is", async () => {
  await under({ ...PRESETS.two_bucket, evidence: "countersigned" });
  const dealId = await company.deal();
  const { activityId } = await company.as("pam", logActivity, { dealId, ...MOTION, proof: PROOF });
  const settles = async (person: "pam" | "ana") => {
    const item = (await company.about(dealId, person, "all")).find(({ kind }) => kind === "disputed");
    return item?.kind === "disputed" ? item.settles : [];
  };
  expect(await settles("pam")).toMatchObject([
    {
      factId: activityId,
      of: "activity",
      lacks: "second_hand",
      may: expect.stringContaining("may not vouch"),
    },
  ]);
  expect(await settles("ana")).toMatchObject([{ lacks: "second_hand", may: true }]);
  await company.as("ana", vouchActivity, { activityId });
  expect(await company.kindsOf(dealId, "pam")).toEqual([]);
});

test("where missed updates withhold it, the dispute names the month and how many, and this month's are owed as well", async () => {
  await under(PRESETS.triple_tier);
  const dealId = await company.deal({ createdOn: "2026-03-01", amount: 9_000_000, stage: 1 });
  const tag = { dealId, ...SOURCER, touchedOn: "2026-03-02" };
  await company.as("ana", tagPartner, tag, { today: "2026-03-02" });
  // Judged as of that day until something is written, or the day is asked about.
  await company.as("ana", editDeal, { dealId, changes: { name: "Pilot" } });
  const items = await company.about(dealId, "pam");
  expect(items).toMatchObject([
    { kind: "updates_short", done: 0, owed: 2, dueOn: "2026-05-31" },
    {
      kind: "disputed",
      settles: [{ of: "deal", lacks: "updates", updates: { count: 2, month: "2026-04" }, may: true }],
    },
    { kind: "silent" },
  ]);
});
