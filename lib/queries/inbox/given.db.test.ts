import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { editActivity } from "@/lib/commands/activity/edit-activity";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Person, TODAY } from "@/lib/commands/commands.fixture";
import { editUser } from "@/lib/commands/company/edit-user";
import { delegateItem } from "@/lib/commands/inbox/delegate-item";
import { snoozeItem } from "@/lib/commands/inbox/snooze-item";
import { submitRegistration } from "@/lib/commands/registration/submit-registration";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { addJointStep } from "@/lib/commands/step/add-joint-step";
import type { InboxItem } from "./inbox";
import { type Inbox, MOTION, openInbox, PROOF, SOURCER } from "./inbox.fixture";
import { inboxCount } from "./inbox-count";

let company: Inbox;
beforeAll(async () => {
  company = await openInbox();
});
afterAll(() => company.close());

const as: Inbox["as"] = (...asked) => company.as(...asked);
const countOf = async (person: Person) => (await inboxCount.run(company.context(person), {})).count;

/** A dispute of Pam's partner. */
async function dispute() {
  const dealId = await company.deal();
  const { activityId } = await as("pam", logActivity, { dealId, ...MOTION });
  const [item] = await company.about(dealId, "pam");
  return { dealId, activityId: activityId as string, item: item! };
}
const named = ({ kind, subjectId }: InboxItem) => ({ kind, subjectId });
const give = (by: Person, item: InboxItem, toId: Person | null) =>
  as(by, delegateItem, { ...named(item), dealId: item.deal?.id ?? null, toId });

describe("what somebody put off", () => {
  test("is not in their queue nor in its number until the day, on which it is there again by itself", async () => {
    const { dealId, item } = await dispute();
    const before = await countOf("pam");
    await as("pam", snoozeItem, { ...named(item), until: "2026-05-25" });
    expect(await company.kindsOf(dealId, "pam")).toEqual([]);
    expect(await company.kindsOf(dealId, "pam", "all")).toEqual(["role_asked"]);
    expect(await countOf("pam")).toBe(before - 1);
    expect(await company.kindsOf(dealId, "pam", "mine", "2026-05-24")).toEqual([]);
    expect(await company.kindsOf(dealId, "pam", "mine", "2026-05-25")).toEqual(["disputed"]);
  });

  test("is found among what is put off, and had back", async () => {
    const { dealId, item } = await dispute();
    await as("pam", snoozeItem, { ...named(item), until: "2026-05-25" });
    const { items } = await company.ask("pam", "mine", TODAY, true);
    expect(items.find(({ deal }) => deal?.id === dealId)).toMatchObject({ snoozedUntil: "2026-05-25" });
    expect(items.every(({ snoozedUntil }) => snoozedUntil !== null)).toBe(true);
    await as("pam", snoozeItem, { ...named(item), until: "2026-06-01" });
    await as("pam", snoozeItem, { ...named(item), until: null });
    expect(await company.about(dealId, "pam")).toMatchObject([{ kind: "disputed", snoozedUntil: null }]);
  });

  test("is theirs alone: everybody else sees it as it is", async () => {
    const { dealId, item } = await dispute();
    await as("hope", snoozeItem, { ...named(item), until: "2026-05-25" });
    expect(await company.kindsOf(dealId, "pam")).toEqual(["disputed"]);
    expect(await company.kindsOf(dealId, "hope", "all")).toEqual(["role_asked"]);
  });

  test.each([
    ["today", TODAY, "must be after today"],
    ["next year", "2026-08-21", "must be within 92 days"],
  ])("needs a day that comes soon: %s is refused", async (_, until, rule) => {
    const { item } = await dispute();
    await expect(as("pam", snoozeItem, { ...named(item), until })).rejects.toMatchObject({
      field: "until",
      rule,
    });
    await as("pam", snoozeItem, { ...named(item), until: "2026-08-20" });
  });

  test("goes for good when its facts change meanwhile", async () => {
    const { dealId, activityId, item } = await dispute();
    await as("pam", snoozeItem, { ...named(item), until: "2026-05-25" });
    await as("pam", editActivity, { activityId, changes: { proof: PROOF } });
    expect(await company.kindsOf(dealId, "pam", "mine", "2026-05-25")).toEqual([]);
  });
});

describe("what was given to somebody", () => {
  test("is in their queue and no more in its owner's, with who gave it; and comes back", async () => {
    const { dealId, item } = await dispute();
    const before = await countOf("paul");
    await give("pam", item, "paul");
    expect(await company.kindsOf(dealId, "pam")).toEqual([]);
    expect(await company.about(dealId, "paul")).toMatchObject([
      { kind: "disputed", owner: { id: "paul" }, given: { by: "Pam Lind", on: TODAY }, mayGive: true },
    ]);
    expect(await countOf("paul")).toBe(before + 1);
    await give("paul", item, "hope");
    expect(await company.kindsOf(dealId, "paul")).toEqual([]);
    expect(await company.kindsOf(dealId, "hope")).toEqual(["disputed"]);
    await give("hope", item, null);
    expect(await company.about(dealId, "pam")).toMatchObject([{ owner: { id: "pam" }, given: null }]);
  });

  test("goes when its facts change, and nothing else of its deal comes with it", async () => {
    const { dealId, activityId, item } = await dispute();
    await as("pam", addJointStep, {
      dealId,
      partnerId: "P-1",
      what: "Meet",
      dueOn: "2026-05-01",
      ownerId: "pam",
    });
    await as("pam", tagPartner, { dealId, ...SOURCER });
    await give("pam", item, "ben");
    expect(await company.kindsOf(dealId, "ben")).toEqual(["disputed"]);
    await as("pam", editActivity, { activityId, changes: { proof: PROOF } });
    await as("ana", tagPartner, { dealId, ...SOURCER, role: "influencer" });
    expect((await company.kindsOf(dealId, "ben")).filter((kind) => kind !== "disputed")).toEqual([]);
  });

  test.each<[string, (dealId: string) => Promise<unknown>, InboxItem["kind"], Person]>([
    ["a row", (dealId) => as("pam", tagPartner, { dealId, ...SOURCER }), "row_waits", "ana"],
    [
      "a registration",
      (dealId) => as("paul", submitRegistration, { dealId, partnerId: "P-1", submittedOn: "2026-05-01" }),
      "registration_waits",
      "pam",
    ],
    [
      "a step",
      (dealId) =>
        as("pam", addJointStep, {
          dealId,
          partnerId: "P-1",
          what: "Meet",
          dueOn: "2026-05-01",
          ownerId: "pam",
        }),
      "step_overdue",
      "pam",
    ],
    [
      "a second hand",
      (dealId) => as("pam", logActivity, { dealId, ...MOTION, proof: PROOF }),
      "second_hand",
      "ana",
    ],
  ])("%s too is found by whom it was given to", async (_, make, kind, owner) => {
    const dealId = await company.deal();
    await make(dealId);
    const item = (await company.about(dealId, owner)).find((one) => one.kind === kind)!;
    await give(owner, item, "carl");
    expect(await company.kindsOf(dealId, "carl")).toEqual([kind]);
    expect(await company.kindsOf(dealId, owner)).not.toContain(kind);
  });

  test("of a registration before its deal as well", async () => {
    const asked = { account: "Marlow", partnerId: "P-1", submittedOn: "2026-05-01" };
    const { registrationId } = await as("paul", submitRegistration, asked);
    const of = async (person: Person) =>
      (await company.ask(person)).items.find(({ subjectId }) => subjectId === registrationId);
    expect(await of("pam")).toMatchObject({ deal: null, account: "Marlow" });
    await give("pam", (await of("pam"))!, "hope");
    expect([await of("pam"), (await of("hope"))?.owner?.id]).toEqual([undefined, "hope"]);
  });

  test("is its owner's again when whom it was given to has left", async () => {
    const { dealId, item } = await dispute();
    await give("pam", item, "ben");
    await as("rita", editUser, { userId: "ben", changes: { disabled: true } });
    expect(await company.about(dealId, "pam")).toMatchObject([{ owner: { id: "pam" }, given: null }]);
  });

  test("is given by the deal's own AE or whoever may for any; to nobody who may not write", async () => {
    const { dealId, item } = await dispute();
    const other = await company.about(dealId, "carl", "all");
    expect(other[0]?.mayGive).toBe("CRO may not give items of the inbox to somebody");
    await expect(give("carl", item, "paul")).rejects.toMatchObject({ code: "forbidden" });
    await expect(give("pam", item, "aude")).rejects.toMatchObject({
      rule: "must be somebody who may write",
    });
    await give("ana", item, "paul");
  });

  test("by naming another deal as its own nobody gives what is not theirs", async () => {
    const { dealId, item } = await dispute();
    const mine = await company.deal();
    await as("ana", delegateItem, { ...named(item), dealId: mine, toId: "paul" });
    expect(await company.kindsOf(dealId, "pam")).toEqual(["disputed"]);
  });
});
