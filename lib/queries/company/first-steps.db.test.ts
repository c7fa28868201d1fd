import { expect, test } from "vitest";
import { connect } from "@/db/connection/client";
import { testDatabase } from "@/db/test-database";
import { type Actor, COMMAND_LINE } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { createUser } from "@/lib/commands/company/create-user";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { perform } from "@/lib/commands/door";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { startDraft } from "@/lib/commands/policy/start-draft";
import type { AnyVerb } from "@/lib/commands/verbs";
import { companyDay } from "@/lib/company-day";
import { answer } from "../query";
import { firstSteps } from "./first-steps";

/** The database knows what day it is: a policy is signed on no other. */
const TODAY = companyDay(Date.now(), "UTC");
const ADMIN: Actor = { ...COMMAND_LINE, id: "user:adm", userId: "adm", name: "Rita Vale" };
test("each step is ticked by what is in the house", async () => {
  const own = connect((await testDatabase()).url, { max: 2 });
  const on = (verb: AnyVerb, input: unknown, actor = COMMAND_LINE) =>
    perform(verb, input, { actor, client: own, today: TODAY });
  const now = () => answer(firstSteps, {}, { db: own.db, actor: ADMIN, today: TODAY });
  const person = (id: string, role: UserRole) =>
    on(createUser, { id, role, name: `Person ${id}`, email: `${id}@x.test` });
  await person("adm", "admin");
  expect(await now()).toEqual({
    demo: { state: "none", deals: 0, mayBegin: true },
    calendarSaid: false,
    people: { count: 1, missing: ["ae", "partner_manager", "finance", "cro", "head_of_partnerships"] },
    stages: false,
    memo: { state: "none", signatures: 0 },
    partners: false,
    deals: false,
  });

  await on(editSettings, { timeZone: "America/New_York" }, ADMIN);
  for (const role of ["ae", "finance", "head_of_partnerships"] as const) await person(role, role);
  expect(await now()).toMatchObject({
    calendarSaid: true,
    people: { count: 4, missing: ["partner_manager", "cro"] },
  });

  const head: Actor = { ...ADMIN, id: "user:head_of_partnerships", userId: "head_of_partnerships" };
  await on(startDraft, { title: "2026" }, { ...head, role: "head_of_partnerships" });
  await on(createPartner, { id: "P-1", name: "Northgate", kind: "integrator" });
  expect(await now()).toMatchObject({
    memo: { state: "draft", signatures: 0 },
    partners: true,
    deals: false,
    stages: false,
    demo: { mayBegin: "The demo is told in an empty database, and this one has partners" },
  });

  const deal = { account: "Acme", owner: "Ana", amount: 100, currency: "USD", stage: 2, createdOn: TODAY };
  await on(createDeal, { id: "D-1", ...deal });
  expect(await now()).toMatchObject({ deals: true, stages: true });
  await own.close();
});
