import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "@/db/connection/client";
import { addDays, mondayOf } from "@/lib/calendar";
import { type Company, openCompany } from "@/lib/commands/commands.fixture";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { chooseNotice } from "@/lib/commands/notice/choose-notice";
import { confirmRole } from "@/lib/commands/role/confirm-role";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { companyDay } from "@/lib/company-day";
import { noticeChoices } from "@/lib/queries/notice/notice-choices";
import { moved } from "@/lib/queries/numbers/moved";
import type { WeeklyNote } from "@/lib/text/weekly-note";
import { deliverDue } from "./deliver-notices";
import { kept, outbox } from "./notices.fixture";
import { writeDueWeeklyNotes } from "./write-weekly-notes";

/** What the house knew at a moment is told by its own clock: the note is of the first Monday after today. */
const TODAY = companyDay(Date.now(), "UTC");
const MONDAY = addDays(mondayOf(TODAY), 7);
const AT = new Date(`${MONDAY}T07:00:00Z`);
let company: Company;

beforeAll(async () => {
  company = await openCompany();
  const when = { today: TODAY };
  const deal = { id: "D-new", account: "Larkfield <Foods>", amount: 1_250_000, currency: "USD" };
  await company.as("ana", createDeal, { ...deal, createdOn: TODAY, stage: 1 }, when);
  const row = { dealId: "D-new", partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: TODAY };
  const { rowId } = await company.as("pam", tagPartner, row, when);
  await company.as("ana", confirmRole, { rowId }, when);
});
afterAll(() => company.close());

const notes = async () => (await outbox(company)).filter(({ kind }) => kind === "weekly_numbers");

test("goes to nobody who has not asked for it", async () => {
  const { choices } = await noticeChoices.run(
    { db: company.client.db, actor: company.actor("fay"), today: TODAY },
    {},
  );
  expect(choices.find(({ kind }) => kind === "weekly_numbers")).toMatchObject({ choice: "none" });
  expect(choices.find(({ kind }) => kind === "digest")).toMatchObject({ choice: "mail" });
  expect(await writeDueWeeklyNotes(company.client, AT)).toBe(0);
});

test("says the four numbers, what they were, and the parts of the difference with their deals", async () => {
  await company.as("fay", chooseNotice, { kind: "weekly_numbers", choice: "mail" });
  const before = new Date(`${MONDAY}T06:59:00Z`);
  expect(await writeDueWeeklyNotes(company.client, before)).toBe(0);
  expect(await writeDueWeeklyNotes(company.client, AT)).toBe(1);
  const [own] = await notes();
  const note = own!.about as unknown as WeeklyNote;
  expect(own!.to).toBe("fay");
  expect(note).toMatchObject({ week: MONDAY, since: addDays(MONDAY, -7) });
  expect(note.numbers).toHaveLength(4);
  const context = { db: company.client.db, actor: company.actor("fay"), today: MONDAY };
  const asked = { number: "sourcedPipeline", quarter: note.quarter, from: note.since };
  const found = await moved.run(context, moved.input.parse(asked));
  expect(note.numbers[0]!.parts.map(({ deals }) => deals)).toEqual(found.parts.map(({ deals }) => deals));

  const { letters, send } = kept();
  const ways = { mail: send, chat: () => send, base: "https://sign.example" };
  await deliverDue(company.client, ways, () => new Date(AT.getTime() + 3_600_000));
  const letter = letters.find(
    ({ to, subject }) => to.email === "fay@company.example" && subject.includes(note.quarter),
  )!;
  expect(letter.text).toContain(
    `https://sign.example/dashboard?quarter=${note.quarter}&open=sourcedPipeline`,
  );
  if (found.parts.length > 0) {
    expect(letter.text).toContain("https://sign.example/deals/D-new");
    expect(letter.html).not.toContain("<Foods>");
  }
});

test("is written once a week, whichever of two processes comes first", async () => {
  const other = connect(company.url, { max: 2 });
  const next = new Date(`${addDays(MONDAY, 7)}T07:00:00Z`);
  const written = await Promise.all([
    writeDueWeeklyNotes(company.client, next),
    writeDueWeeklyNotes(other, next),
  ]);
  await other.close();
  expect(written.reduce((sum, one) => sum + one, 0)).toBe(1);
  expect(await notes()).toHaveLength(2);
});
