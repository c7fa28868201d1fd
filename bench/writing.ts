import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { tripsOf } from "@/db/connection/trips";
import { activities, roleRows } from "@/db/schema/facts";
import type { Role } from "@/lib/attribution/vocabulary";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { type Call, perform } from "@/lib/commands/door";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import { tagPartners } from "@/lib/commands/role/tag-partners";
import type { Company } from "./company/open";
import { PARTNER_MANAGER } from "./company/people";
import { measure } from "./measure";
import type { Report } from "./report";

const MANY = 50;
const PEOPLES = { part: "writing", most: 25, budgetMs: 3_000 } as const;

/** A company to write to. */
interface Desk {
  company: Company;
  call: Call;
  partnerId: string;
  /** Ids of open deals, others each time. */
  take: (count: number) => string[];
}

/** Edits of people: judged, audited, committed. On copies of the companies, since they stay. */
export async function measureWriting(copies: readonly Company[], report: Report): Promise<void> {
  const desks = await Promise.all(copies.map(deskOf));
  await measure(report, desks, {
    ...PEOPLES,
    name: "tag one deal",
    work: tag,
    floor: { name: "inserting the row in a guarded transaction", work: insertRoleRow },
  });
  await measure(report, desks, {
    ...PEOPLES,
    name: "log an activity",
    work: ({ take, call, partnerId }) =>
      perform(logActivity, { dealId: take(1)[0], partnerId, type: "joint_pitch", proof: PROOF }, call),
    floor: { name: "inserting it in a guarded transaction", work: insertActivity },
  });
  await measure(report, desks, {
    part: "writing",
    name: `tag ${MANY} deals at once`,
    work: (desk) => tagMany(desk, "referral_source"),
    floor: { name: "tagging one", work: tag },
    most: 4,
    budgetMs: 5_000,
  });
  for (const desk of desks) {
    const { deals } = desk.company;
    const count = async (name: string, work: () => Promise<unknown>) =>
      report.add({ part: "writing", name, deals, value: await tripsOf(work), unit: "round trips" });
    await count("round trips of a tag", () => tag(desk));
    await count(`round trips of tagging ${MANY}`, () => tagMany(desk, "co_seller"));
  }
}

const PROOF = "https://proof.example/1";

async function deskOf(company: Company): Promise<Desk> {
  const { client, today } = company;
  const call = { actor: PARTNER_MANAGER, client, today };
  const operator = { ...call, actor: COMMAND_LINE };
  const { answer } = await perform(createPartner, { name: "Newcomer", kind: "referral" }, operator);
  return { company, call, partnerId: answer.partnerId, take: await openDeals(client) };
}

function tag({ take, partnerId, call }: Desk): Promise<unknown> {
  const claim = { partnerId, role: "influencer", touchedOn: call.today };
  return perform(tagPartner, { dealId: take(1)[0], ...claim }, call);
}

function tagMany({ take, partnerId, call }: Desk, role: Role): Promise<unknown> {
  return perform(tagPartners, { dealIds: take(MANY), partnerId, role, touchedOn: call.today }, call);
}

/** Gives open deals, each once, and those from the first again when there are no more. */
async function openDeals({ db }: Client): Promise<(count: number) => string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from deals where outcome = 'open' order by md5(id) limit 1000`);
  const ids = [...rows].map(({ id }) => id);
  let at = 0;
  return (count) => {
    if (at + count > ids.length) at = 0;
    at += count;
    return ids.slice(at - count, at);
  };
}

async function insertRoleRow({ company: { client, today }, partnerId, take }: Desk): Promise<void> {
  await guardedTransaction(client, { actor: COMMAND_LINE.id, request: randomUUID() }, async (tx) => {
    const [dealId] = take(1) as [string];
    const day = { touchedOn: today, recordedOn: today };
    await tx
      .insert(roleRows)
      .values({ id: randomUUID(), dealId, partnerId, role: "sourcer", touchStage: 1, ...day })
      .onConflictDoNothing();
  });
}

async function insertActivity({ company: { client, today }, partnerId, take }: Desk): Promise<void> {
  await guardedTransaction(client, { actor: COMMAND_LINE.id, request: randomUUID() }, async (tx) => {
    const [dealId] = take(1) as [string];
    const day = { occurredOn: today, recordedOn: today };
    const what = { type: "joint_pitch", stage: 2, involvement: "direct" } as const;
    await tx.insert(activities).values({ id: randomUUID(), dealId, partnerId, ...what, ...day });
  });
}
