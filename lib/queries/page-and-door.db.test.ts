// Long: where a page says who may, as one table, each held to the door for every person and as things stand.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { scopeOf } from "@/lib/auth/permissions";
import { type Company, openCompany, TODAY } from "@/lib/commands/commands.fixture";
import { closeDeal } from "@/lib/commands/deal/close-deal";
import { rehearse } from "@/lib/commands/door";
import type { MaySay } from "@/lib/commands/guard";
import { type Person, SCENES, Stage } from "@/lib/commands/scenes.fixture";
import { type Action, type AnyVerb, VERBS } from "@/lib/commands/verbs";
import { isRefusal, type Refusal } from "@/lib/errors";
import { firstSteps } from "./company/first-steps";
import { me } from "./company/me";
import { accountRecord } from "./customer/account-record";
import { accountsList } from "./customer/accounts-list";
import { deal } from "./deal/deal";
import { dealsList } from "./deals/deals-list";
import { exception } from "./exception/exception";
import { exceptionsList } from "./exception/exceptions-list";
import { importsList } from "./import/imports-list";
import { partner } from "./partner/partner";
import { partnerPrograms } from "./partner/partner-programs";
import { policiesList } from "./policy/policies-list";
import { policy } from "./policy/policy";
import type { Query } from "./query";
import { reconciliation } from "./reconciliation/reconciliation";
import { registration } from "./registration/registration";
import { registrationsList } from "./registration/registrations-list";
import { review } from "./review/review";
import { savedViewsList } from "./view/saved-views-list";

const PEOPLE: Person[] = ["ana", "ben", "pam", "paul", "hope", "fay", "carl", "rita", "aude"];

/** Asks a query as whoever looks at the page. */
type Ask = <I extends z.ZodType, O extends z.ZodType>(
  query: Query<I, O>,
  input: z.input<I>,
) => Promise<z.output<O>>;

/** What a scene's input names. */
interface Named {
  dealId: string;
  rowId: string;
  activityId: string;
  stepId: string;
  viewId: string;
  correctionId: string;
  partnerId: string;
  mergedId: string;
  accountId: string;
  registrationId: string;
  exceptionId: string;
  policyId: string;
  importId: string;
  quarter: string;
  month: string;
}

type Page = (ask: Ask, named: Named) => Promise<MaySay>;

const ofDeal =
  (say: (answer: z.output<typeof deal.output>) => MaySay): Page =>
  async (ask, { dealId }) =>
    say(await ask(deal, { dealId }));

/** On the deal's page and on its line in the list, which must say the same. */
const onBoth =
  (
    page: Page,
    say: (line: z.output<typeof dealsList.output>["rows"][number], named: Named) => MaySay,
  ): Page =>
  async (ask, named) => {
    const { rows } = await ask(dealsList, { search: named.dealId, limit: 500 });
    const line = rows.find(({ id }) => id === named.dealId)!;
    const said = await page(ask, named);
    expect(say(line, named), "what the list says").toBe(said);
    return said;
  };

/** A role row or an activity, on its deal's page. */
const ofRow =
  (what: "edit" | "rewrite" | "withdraw" | "confirm" | "refuse"): Page =>
  async (ask, { dealId, rowId }) =>
    (await ask(deal, { dealId })).roles.find(({ id }) => id === rowId)!.may[what];
const ofActivity =
  (what: "edit" | "rewrite" | "withdraw" | "vouch"): Page =>
  async (ask, { dealId, activityId }) => {
    const { timeline } = await ask(deal, { dealId });
    const shown = timeline.find(({ id }) => id === activityId);
    return shown?.kind === "activity" ? shown.may[what] : "It is not shown";
  };
/** A next joint step, on its deal's page. */
const ofStep =
  (what: "edit" | "keep"): Page =>
  async (ask, { dealId, stepId }) =>
    (await ask(deal, { dealId })).steps.find(({ id }) => id === stepId)!.may[what];
const ofCorrection =
  (what: "answer" | "withdraw"): Page =>
  async (ask, { dealId, correctionId }) =>
    (await ask(deal, { dealId })).corrections.find(({ id }) => id === correctionId)!.may[what];
const ofException =
  (what: keyof z.output<typeof exception.output>["may"]): Page =>
  async (ask, { exceptionId }) =>
    (await ask(exception, { exceptionId })).may[what];
const ofLog =
  (what: keyof z.output<typeof exceptionsList.output>["may"]): Page =>
  async (ask) =>
    (await ask(exceptionsList, {})).may[what];
const ofPolicy =
  (what: keyof z.output<typeof policy.output>["may"]): Page =>
  async (ask, { policyId }) =>
    (await ask(policy, { policyId })).may[what];
const ofMonth =
  (what: "lock" | "unlock"): Page =>
  async (ask, { month }) =>
    (await ask(reconciliation, { month })).may[what];
const ofReview =
  (what: keyof z.output<typeof review.output>["may"]): Page =>
  async (ask, { quarter }) =>
    (await ask(review, { quarter })).may[what];

/** A registration, in its queue. */
const ofRegistration =
  (what: "decide" | "extend"): Page =>
  async (ask, { registrationId }) =>
    (await ask(registration, { registrationId })).registration.may[what];

/** A file, in the list of imports. */
const ofFile =
  (what: "accept" | "takeBack"): Page =>
  async (ask, { importId }) =>
    (await ask(importsList, { limit: 500 })).imports.find(({ id }) => id === importId)!.may[what];

/** A view that is shared, in the list of deals. */
const ofView: Page = async (ask, { viewId }) =>
  (await ask(savedViewsList, {})).views.find(({ id }) => id === viewId)!.may;

/** A partner, among those of the programs. */
const ofPartner: Page = async (ask, { partnerId }) => {
  const { partners } = await ask(partnerPrograms, {});
  return partners.find(({ id }) => id === partnerId)!.may.grant;
};

/** Where its page says of a verb who may; of the others a page shows what the permission table gives. */
const PAGES: { readonly [A in Action]?: Page } = {
  "edit-deal": ofDeal(({ may }) => may.edit),
  "move-stage": ofDeal(({ may }) => may.moveStage),
  "close-deal": ofDeal(({ may }) => may.close),
  "confirm-no-partner": onBoth(
    ofDeal(({ may }) => may.confirmNoPartner),
    ({ may }) => may.noPartner,
  ),
  "tag-partner": onBoth(
    ofDeal(({ may }) => may.tag),
    ({ may }) => may.tag,
  ),
  "log-activity": ofDeal(({ may }) => may.logActivity),
  "confirm-role": onBoth(
    ofRow("confirm"),
    ({ may }, { rowId }) => may.confirm.find((row) => row.rowId === rowId)!.may,
  ),
  "refuse-role": ofRow("refuse"),
  "edit-role": ofRow("rewrite"),
  "withdraw-role": ofRow("withdraw"),
  "vouch-activity": ofActivity("vouch"),
  "edit-activity": ofActivity("rewrite"),
  "withdraw-activity": ofActivity("withdraw"),
  "add-joint-step": ofDeal(({ may }) => may.addStep),
  "edit-joint-step": ofStep("edit"),
  "finish-joint-step": ofStep("keep"),
  "withdraw-joint-step": ofStep("keep"),
  "save-view": async (ask) => (await ask(savedViewsList, {})).may.save,
  "edit-view": ofView,
  "remove-view": ofView,
  "propose-correction": ofDeal(({ may }) => may.correct),
  "accept-correction": ofCorrection("answer"),
  "decline-correction": ofCorrection("answer"),
  "withdraw-correction": ofCorrection("withdraw"),
  "accept-import": ofFile("accept"),
  "take-back-import": ofFile("takeBack"),
  "create-account": async (ask) => (await ask(accountsList, {})).may.create,
  "edit-account": async (ask, { accountId }) => (await ask(accountRecord, { accountId })).may.edit,
  "edit-partner": async (ask, { partnerId }) => (await ask(partner, { partnerId })).may.edit,
  "merge-partners": async (ask, { mergedId }) => (await ask(partner, { partnerId: mergedId })).may.merge,
  "enter-account": async (ask, { partnerId }) => (await ask(partner, { partnerId })).may.enterAccount,
  "submit-registration": async (ask) => (await ask(registrationsList, {})).may.submit,
  "decide-registration": ofRegistration("decide"),
  "extend-registration": ofRegistration("extend"),
  "grant-program": ofPartner,
  "end-program": ofPartner,
  "decide-exception": ofException("decide"),
  "comment-exception": ofException("comment"),
  "assign-exception": ofException("assign"),
  "defer-exception": ofException("defer"),
  "withdraw-exception": ofException("withdraw"),
  "decide-exceptions": ofLog("decide"),
  "assign-exceptions": ofLog("assign"),
  "defer-exceptions": ofLog("defer"),
  "begin-demo": async (ask) => (await ask(firstSteps, {})).demo.mayBegin,
  "start-draft": async (ask) => (await ask(policiesList, {})).mayDraft,
  "edit-draft": ofPolicy("edit"),
  "discard-draft": ofPolicy("discard"),
  "propose-policy": ofPolicy("propose"),
  "withdraw-policy": ofPolicy("withdraw"),
  "decline-policy": ofPolicy("decline"),
  "keep-backtest": ofPolicy("keepBacktest"),
  "reconcile-deal": async (ask, { dealId }) =>
    (await ask(reconciliation, { month: TODAY.slice(0, 7), dealId })).rows[0]!.may.stands,
  "lock-month": ofMonth("lock"),
  "unlock-month": ofMonth("unlock"),
  "start-review": ofReview("start"),
  "drive-review": ofReview("drive"),
  "write-review": ofReview("writeAsk"),
  "say-no-cost": ofReview("sayNoCost"),
  "prepare-freeze": ofReview("prepare"),
  "freeze-quarter": ofReview("freeze"),
};

/** What a page's button asks of the verb, where the scene asks for less. */
const BUTTONS: { readonly [A in Action]?: object } = {
  // After a close there is one stage left to move to.
  "move-stage": { stage: 6 },
  // Whoever does not drive takes over.
  "drive-review": { facilitate: true },
};

const opened: Company[] = [];
const ofDay = new Map<string, Company>();
async function companyOf(today: string, alone = false): Promise<Company> {
  const known = alone ? undefined : ofDay.get(today);
  if (known) return known;
  const company = await openCompany();
  opened.push(company);
  if (!alone) ofDay.set(today, company);
  return company;
}
beforeAll(() => companyOf(TODAY));
afterAll(async () => {
  for (const company of opened) await company.close();
});

/** What the door says, on trial: true, or the rule by which it refuses. */
async function doorSays(company: Company, person: Person, verb: AnyVerb, input: unknown, today: string) {
  try {
    await rehearse(verb, input, { actor: company.actor(person), client: company.client, today });
    return true;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return (error as Refusal).rule;
  }
}

/** The input with the deal that a row or activity of it is on. */
async function named(company: Company, input: object): Promise<Named> {
  const { rowId = null, activityId = null, stepId = null, correctionId = null } = input as Partial<Named>;
  const [found] = await company.client.db.execute<{ dealId: string }>(sql`
    select deal_id as "dealId" from role_rows where id = ${rowId}
    union all select deal_id from activities where id = ${activityId}
    union all select deal_id from joint_steps where id = ${stepId}
    union all select deal_id from corrections where id = ${correctionId}`);
  return { ...found, ...input } as Named;
}

const rows = VERBS.filter(({ name }) => PAGES[name]).map((verb) => ({
  name: verb.name,
  verb: verb as AnyVerb,
}));

describe.each(rows)("$name", ({ name, verb }) => {
  async function agree(company: Company, input: object, today: string): Promise<Set<MaySay>> {
    const about = await named(company, input);
    const said = new Set<MaySay>();
    for (const person of PEOPLE) {
      const ask: Ask = (query, asked) => {
        const context = { db: company.client.db, actor: company.actor(person), today };
        return query.run(context, query.input.parse(asked));
      };
      const door = await doorSays(company, person, verb, input, today);
      expect(await PAGES[name]!(ask, about), `what the page says to ${person}`).toBe(door);
      said.add(door);
    }
    return said;
  }

  test("its page says no exactly when the door refuses, in the same words", async () => {
    const { by, today = TODAY, alone, set } = SCENES[name];
    const company = await companyOf(today, alone);
    const input = { ...((await set(new Stage(company))) as object), ...BUTTONS[name] };
    const said = await agree(company, input, today);
    expect(said, `${by} may`).toContain(true);
    const { dealId = null } = await named(company, input);
    const [still] = await company.client.db.execute(sql`
      select 1 from deals where id = ${dealId} and outcome = 'open'`);
    if (!still) return;
    await company.as("ana", closeDeal, { dealId, outcome: "lost" }, { today });
    await agree(company, input, today);
  });
});

test("a verb that no page speaks of is offered by the permission table alone", async () => {
  const company = await companyOf(TODAY);
  for (const person of PEOPLE) {
    const actor = company.actor(person);
    const { may } = await me.run({ db: company.client.db, actor, today: TODAY }, {});
    for (const { guard } of VERBS) expect(may[guard.may] ?? null).toBe(scopeOf(guard.may, actor.role));
  }
});
