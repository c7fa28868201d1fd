import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { connect } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { addDays } from "@/lib/calendar";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Person, TODAY } from "@/lib/commands/commands.fixture";
import { editUser } from "@/lib/commands/company/edit-user";
import { delegateItem } from "@/lib/commands/inbox/delegate-item";
import { snoozeItem } from "@/lib/commands/inbox/snooze-item";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { countLeft } from "@/lib/queries/inbox/count-left";
import { type Inbox, MOTION, openInbox, PROOF, SOURCER } from "@/lib/queries/inbox/inbox.fixture";
import { inboxTrend } from "@/lib/queries/inbox/inbox-trend";
import { countWeek } from "./count-inbox";

let company: Inbox;
let dealId: string;
beforeAll(async () => {
  company = await openInbox();
  dealId = await company.deal();
  await company.as("pam", tagPartner, { dealId, ...SOURCER });
  await company.as("pam", logActivity, { dealId, ...MOTION });
  await company.as("pam", logActivity, { dealId, ...MOTION, partnerId: "P-2" });
  // A second hand, which the heart finds.
  const other = await company.deal();
  await company.as("pam", logActivity, { dealId: other, ...MOTION, proof: PROOF });
});
afterAll(() => company.close());
beforeEach(() =>
  guardedTransaction(company.client, { actor: "system:test", request: "scene" }, (tx) =>
    tx.execute(sql`delete from inbox_weeks`),
  ),
);

const trend = (person: Person, scope: "mine" | "team" | "all" = "mine", today = TODAY) =>
  inboxTrend.run(company.context(person, today), { scope, weeks: 13 }).then(({ weeks }) => weeks);
/** Monday of the week of TODAY, a Wednesday. */
const MONDAY = "2026-05-18";

describe("what is left", () => {
  test("is counted as the queues show it, person by person and desk by desk", async () => {
    await countWeek(company.client, TODAY);
    for (const person of ["ana", "ben", "pam", "hope", "fay"] as const) {
      const shown = (await company.ask(person)).kinds.filter(({ count }) => count > 0);
      expect((await trend(person)).at(-1), person).toEqual({
        ...{ week: MONDAY, countedOn: TODAY, left: shown.reduce((sum, { count }) => sum + count, 0) },
        kinds: shown.map(({ kind, count }) => ({ kind, left: count })),
      });
    }
    const all = (await company.ask("aude", "all")).kinds.reduce((sum, { count }) => sum + count, 0);
    expect((await trend("aude", "all")).at(-1)?.left).toBe(all);
    expect((await trend("pam")).at(-1)?.kinds.map(({ kind }) => kind)).toContain("disputed");
    expect((await trend("ana")).at(-1)?.kinds.map(({ kind }) => kind)).toContain("second_hand");
  });

  test("counts what somebody put off, and what was given to somebody as theirs", async () => {
    const [item] = (await company.about(dealId, "ana")).filter(({ kind }) => kind === "row_waits");
    const it = { kind: "row_waits", subjectId: item!.subjectId };
    await company.as("ana", snoozeItem, { ...it, until: addDays(TODAY, 3) });
    await countWeek(company.client, TODAY);
    const rows = async (person: Person) =>
      (await trend(person)).at(-1)!.kinds.find(({ kind }) => kind === "row_waits")?.left ?? 0;
    expect([await rows("ana"), await rows("ben")]).toEqual([1, 0]);
    await company.as("ana", delegateItem, { ...it, dealId, toId: "ben" });
    await countWeek(company.client, TODAY);
    expect([await rows("ana"), await rows("ben")]).toEqual([0, 1]);
  });

  test("of a team is what its people of today had", async () => {
    await countWeek(company.client, TODAY);
    const own = (await trend("pam")).at(-1)!.left!;
    expect((await trend("paul", "team")).at(-1)?.left).toBe(0);
    for (const userId of ["pam", "paul"])
      await company.as("rita", editUser, { userId, changes: { team: "North" } });
    expect((await trend("paul", "team")).at(-1)?.left).toBe(own);
  });

  test("is walked in batches without missing or doubling one", async () => {
    const bySize = await Promise.all([1, 2, 1_000].map((size) => countLeft(company.client.db, TODAY, size)));
    expect(bySize[0]).toEqual(bySize[2]);
    expect(bySize[1]).toEqual(bySize[2]);
  });
});

describe("a week", () => {
  test("keeps its last count, whoever counts again or late; one that nobody counted says so", async () => {
    const last = addDays(MONDAY, -8);
    await countWeek(company.client, addDays(last, -6));
    await countWeek(company.client, last);
    await countWeek(company.client, addDays(last, -3));
    await countWeek(company.client, TODAY);
    const other = connect(company.url, { max: 2 });
    await Promise.all([countWeek(company.client, TODAY), countWeek(other, TODAY)]);
    await other.close();
    const weeks = await trend("aude", "all");
    expect(weeks.map(({ week, countedOn }) => [week, countedOn])).toEqual([
      ["2026-05-04", last],
      ["2026-05-11", null],
      [MONDAY, TODAY],
    ]);
    expect(weeks[1]).toMatchObject({ left: null, kinds: [] });
    const [twice] = await company.client.db.execute(sql`
      select sum(items)::int as items from inbox_week_counts where week = ${MONDAY}`);
    expect(twice).toEqual({ items: weeks[2]!.left });
  });

  test("begins on a Monday and is counted within itself, or is refused", async () => {
    const put = (week: string, on: string) =>
      guardedTransaction(company.client, { actor: "system:test", request: "scene" }, (tx) =>
        tx.execute(sql`insert into inbox_weeks (week, counted_on) values (${week}, ${on})`),
      );
    await expect(put(TODAY, TODAY)).rejects.toThrow();
    await expect(put(MONDAY, addDays(MONDAY, 7))).rejects.toThrow();
    await expect(put(MONDAY, addDays(MONDAY, 6))).resolves.toBeDefined();
  });
});
