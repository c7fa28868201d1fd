import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Person, TODAY } from "@/lib/commands/commands.fixture";
import { createUser } from "@/lib/commands/company/create-user";
import { editUser } from "@/lib/commands/company/edit-user";
import { assignException } from "@/lib/commands/exception/assign-exception";
import { deferException } from "@/lib/commands/exception/defer-exception";
import { nameDeputy } from "@/lib/commands/exception/name-deputy";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { addJointStep } from "@/lib/commands/step/add-joint-step";
import { INBOX_KINDS } from "@/lib/metrics/inbox-kinds";
import { inbox } from "./inbox";
import { type Inbox, MOTION, openInbox, PROOF, SOURCER } from "./inbox.fixture";
import { inboxCount } from "./inbox-count";
import { askedBy, readItems } from "./read-items";

let company: Inbox;
beforeAll(async () => {
  company = await openInbox();
});
afterAll(() => company.close());

const as: Inbox["as"] = (...asked) => company.as(...asked);

describe("whose it is", () => {
  test("a partner that nobody looks after falls to the heads, a step of somebody who left as well", async () => {
    const dealId = await company.deal();
    await as("pam", logActivity, { dealId, ...MOTION, partnerId: "P-2" });
    await as("rita", createUser, {
      id: "gone",
      name: "Gone Away",
      role: "partner_manager",
      email: "g@x.example",
    });
    const step = { dealId, partnerId: "P-1", what: "Meet", dueOn: "2026-05-01", ownerId: "gone" };
    await as("pam", addJointStep, step);
    expect(await company.kindsOf(dealId, "hope")).toEqual(["disputed"]);
    await as("rita", editUser, { userId: "gone", changes: { disabled: true } });
    expect(await company.about(dealId, "hope")).toMatchObject([
      { kind: "step_overdue", owner: null, what: "Meet" },
      { kind: "disputed", owner: null },
    ]);
    expect(await company.kindsOf(dealId, "pam")).toEqual([]);
  });

  test("one's team holds what its people have, and nobody without a team is in one", async () => {
    const dealId = await company.deal();
    await as("pam", logActivity, { dealId, ...MOTION });
    expect(await company.ask("paul", "team")).toMatchObject({ team: false });
    expect(await company.kindsOf(dealId, "paul", "team")).toEqual([]);
    await as("rita", editUser, { userId: "pam", changes: { team: "North" } });
    await as("rita", editUser, { userId: "paul", changes: { team: "North" } });
    expect(await company.kindsOf(dealId, "paul", "team")).toEqual(["disputed"]);
    expect((await company.ask("paul", "team")).team).toBe(true);
    expect(await company.kindsOf(dealId, "hope", "team")).toEqual([]);
  });

  test("cases that a side has not decided are one item a quarter, of that side's desk and its deputy", async () => {
    const casesOf = async (person: Person) =>
      (await company.ask(person)).items.flatMap((one) =>
        one.kind === "cases_to_decide" ? [[one.side, one.cases]] : [],
      );
    const before = new Map((await casesOf("fay")) as [string, number][]).get("finance") ?? 0;
    const exceptionId = await company.raised(await company.deal());
    expect(await casesOf("fay")).toEqual([["finance", before + 1]]);
    expect((await casesOf("hope")).map(([side]) => side)).toEqual(["partnerships"]);
    expect(await casesOf("carl")).toEqual([]);
    await as("fay", nameDeputy, { userId: "carl" });
    expect(await casesOf("carl")).toEqual([["finance", before + 1]]);
    await company.decided(exceptionId, "fay");
    expect(await casesOf("fay")).toEqual(before === 0 ? [] : [["finance", before]]);
    expect((await casesOf("hope")).map(([side]) => side)).toEqual(["partnerships"]);
  });

  test("a case is asked of whom it was given to by name, of whom it waits for again, and of its own deputy", async () => {
    const casesOf = async (person: Person, today = TODAY) =>
      (await company.ask(person, "mine", today)).items.flatMap((one) =>
        one.kind === "case_assigned" ? [[one.exceptionId, one.as]] : [],
      );
    const dealId = await company.deal({ route: "marketplace" });
    await as("pam", logActivity, { dealId, ...MOTION, proof: PROOF });
    expect(await casesOf("pam"), "found, and laid to the partner's owner").toEqual([]);
    const [given, deputed] = [await company.raised(dealId), await company.raised(await company.deal())];
    await as("hope", assignException, { exceptionId: given, ownerId: "pam" });
    await as("fay", nameDeputy, { userId: "carl", exceptionId: deputed });
    expect(await casesOf("pam")).toEqual([[given, "owner"]]);
    expect(await casesOf("carl")).toEqual([[deputed, "deputy"]]);
    await as("hope", deferException, { exceptionId: given, to: "paul", until: "2026-06-01" });
    expect([await casesOf("pam"), await casesOf("paul")]).toEqual([[], []]);
    expect(await casesOf("paul", "2026-06-01")).toEqual([[given, "deferred"]]);
    await company.decided(deputed, "fay");
    expect(await casesOf("carl")).toEqual([]);
  });
});

describe("the queue", () => {
  test("goes by kind in the order of a week, then by what is due and what waits longest; a kind can be asked alone", async () => {
    const { items, kinds, left } = await company.ask("rita", "all");
    expect(kinds.map(({ kind }) => kind)).toEqual(INBOX_KINDS);
    const at = items.map(({ kind }) => INBOX_KINDS.indexOf(kind));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    const due = items.filter(({ kind }) => kind === "row_waits").map(({ since }) => since);
    expect(due).toEqual(due.toSorted());
    expect(left).toBe(0);
    const few = await inbox.run(company.context("rita"), { scope: "all", snoozed: false, limit: 1 });
    expect([few.items.length, few.left]).toEqual([1, items.length - 1]);
    const alone = await inbox.run(company.context("rita"), {
      scope: "all",
      kind: "disputed",
      snoozed: false,
      limit: 500,
    });
    expect(new Set(alone.items.map(({ kind }) => kind))).toEqual(new Set(["disputed"]));
    expect(alone.kinds).toEqual(kinds);
  });

  test("looks at no more of a kind than its bound, and says that there is more", async () => {
    for (let at = 0; at < 3; at++) await company.deal({ stage: 4, owner: "Ana Ruiz" });
    const asked = await askedBy(company.context("ana"), "mine");
    const found = (await readItems(company.client.db, asked, 2)).find(
      ({ kind }) => kind === "closing_undecided",
    );
    expect([found?.items.length, found?.more]).toEqual([2, true]);
  });

  test("the number beside its name is of one's own", async () => {
    const mine = await company.ask("ana");
    expect(await inboxCount.run(company.context("ana"), {})).toEqual({
      count: mine.items.length,
      more: false,
    });
    expect(await inboxCount.run(company.context("aude"), {})).toEqual({ count: 0, more: false });
  });

  test("of a closed door nothing stands in it: what one may do is the verb's own answer", async () => {
    const dealId = await company.deal();
    await as("pam", tagPartner, { dealId, ...SOURCER });
    const its = async (person: Person) => (await company.about(dealId, person, "all"))[0];
    expect(await its("ana")).toMatchObject({ may: { confirm: true, refuse: true }, recordedBy: "Pam Lind" });
    expect(await its("pam")).toMatchObject({
      may: {
        confirm: "Partner manager may not confirm role rows",
        refuse: "Partner manager may not confirm role rows",
      },
    });
  });
});
