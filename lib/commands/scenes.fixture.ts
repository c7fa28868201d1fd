// Long: a scene a verb, as one table; each is two or three lines.
import { sql } from "drizzle-orm";
import { guardedTransaction } from "@/db/connection/transaction";
import { PRESETS } from "@/lib/attribution/policy";
import type { Actor } from "@/lib/auth/actor";
import { tokenHash } from "@/lib/auth/links";
import { signReceipt } from "@/lib/auth/receipts";
import { newSecretKey } from "@/lib/auth/sealed-secrets";
import { newSigningKey } from "@/lib/auth/signing-keys";
import { addDays } from "@/lib/calendar";
import { companyDay } from "@/lib/company-day";
import { lineKey, readPartnerLines, seenOf } from "@/lib/judging/partner-lines";
import { setFirstPassword } from "./account/first-password";
import { issueLink } from "./account/issue-link";
import { signIn } from "./account/sign-in";
import { logActivity } from "./activity/log-activity";
import { createApiKey } from "./api-key/create-api-key";
import { type Company, PASSWORD, TODAY } from "./commands.fixture";
import { createUser } from "./company/create-user";
import { editUser } from "./company/edit-user";
import { draftCompensationPlan } from "./compensation/draft-compensation-plan";
import { signCompensationPlan } from "./compensation/sign-compensation-plan";
import { createConnection } from "./connection/create-connection";
import { syncPage } from "./connection/sync-page";
import { proposeCorrection } from "./correction/propose-correction";
import { createAccount } from "./customer/create-account";
import { enterAccount } from "./customer/enter-account";
import { closeDeal } from "./deal/close-deal";
import { confirmNoPartner } from "./deal/confirm-no-partner";
import { editDeal } from "./deal/edit-deal";
import { perform } from "./door";

import { dropEvidence } from "./evidence/drop-evidence";
import { setEvidenceModel } from "./evidence/set-evidence-model";
import { raiseException } from "./exception/raise-exception";
import { recordCost } from "./finance/record-cost";
import { takeForecastSnapshot } from "./forecast/take-forecast-snapshot";
import { importBatch } from "./import/import-batch";
import { addChatChannel } from "./notice/add-chat-channel";
import { createContact } from "./partner/create-contact";
import { createPartner } from "./partner/create-partner";
import { editPartner } from "./partner/edit-partner";
import { grantProgram } from "./partner/grant-program";
import { Authenticator } from "./passkey/authenticator.fixture";
import { beginPasskey } from "./passkey/begin-passkey";
import { registerPasskey } from "./passkey/register-passkey";
import { startPlay } from "./play/start-play";
import { editDraft } from "./policy/edit-draft";
import { proposePolicy } from "./policy/propose-policy";
import { startDraft } from "./policy/start-draft";
import { withdrawPolicy } from "./policy/withdraw-policy";
import { lockMonth } from "./reconciliation/lock-month";
import { decideRegistration } from "./registration/decide-registration";
import { submitRegistration } from "./registration/submit-registration";
import { agreedForYears, closersOf, holdReview, prepareAndFreeze, SIGNERS } from "./review/freeze.fixture";
import { prepareFreeze } from "./review/prepare-freeze";
import { proposeRestatement } from "./review/propose-restatement";
import { startReview } from "./review/start-review";
import { tagPartner } from "./role/tag-partner";
import { drawSample } from "./sample/draw-sample";
import { tickSampledDeal } from "./sample/tick-sampled-deal";
import { beginLink } from "./sign-on/begin-link";
import { noteIdentity } from "./sign-on/note-identity";
import { shareStatement } from "./statement/share-statement";
import { addJointStep } from "./step/add-joint-step";
import type { Action, AnyVerb } from "./verbs";
import { editView } from "./view/edit-view";
import { saveView } from "./view/save-view";
import { addWebhook } from "./webhook/add-webhook";

const ADDRESS = "https://sign.company.example";
const ISSUER = "https://id.company.example";
const OTHER_AUDITOR: Actor = {
  ...{
    id: "user:abel",
    userId: "abel",
    name: "Abel Roy",
    role: "auditor",
    ownerName: null,
    ownPassword: true,
  },
};
const doubted = (deal: { sampleId: string; dealId: string }) => ({
  ...{ ...deal, verdict: "does_not_hold", note: "the contract names another partner" },
});
const WHENCE = { browserId: null, browser: "Firefox on Linux", origin: "192.0.2.7" };

export type Person = Parameters<Company["as"]>[0];

/** A verb's proof: who does it, on which day, and what stands before it. */
export interface Scene {
  by: Person;
  /** The company's day; the database knows what day it is, so policies live on the server's. */
  today?: string;
  /** In a company of its own: it changes what the other scenes stand on. */
  alone?: true;
  /** Its opposite is one press away: undo restores every fact, while no close has locked it, or whatever closed. */
  undone?: "unless_locked" | "always";
  /** Makes what it is about, and gives a valid input. */
  set: (stage: Stage) => Promise<unknown> | unknown;
}

const MODEL = { address: "https://model.example/v1", model: "small" };
const WEBHOOK = { name: "Warehouse", address: "https://hooks.test/w", events: ["exception.raised"] };
const KEY = { name: "Forecast sheet", scopes: ["read", "write:roles"] };
process.env.SECRET_KEYS ??= JSON.stringify([newSecretKey()]);
const SALESFORCE = {
  ...{ system: "salesforce", address: "https://larkfield.my.salesforce.example" },
  secrets: { clientId: "key", clientSecret: "secret" },
};

/** Of a file that a scene brings. */
export const DIGEST = "5f".repeat(32);

/** What scenes are set with. */
export class Stage {
  constructor(readonly company: Company) {
    process.env.SECRET_KEYS ??= JSON.stringify([newSecretKey()]);
    process.env.NEXTAUTH_URL ??= ADDRESS;
    process.env.SSO_ISSUER ??= ISSUER;
    process.env.SSO_CLIENT_ID ??= "countersign";
    process.env.SSO_CLIENT_SECRET ??= "of a scene";
  }

  deal = (overrides?: Record<string, unknown>) => this.company.deal(overrides);

  as<V extends AnyVerb>(person: Person, verb: V, input: unknown, today = TODAY) {
    return this.company.as(person, verb, input, { today });
  }

  async versionOf(dealId: string): Promise<number> {
    const found = sql`select version from deals where id = ${dealId}`;
    return (await this.company.client.db.execute<{ version: number }>(found))[0]!.version;
  }

  /** A sourcer's row that an AE wrote, or that a partner manager proposed. */
  async row(by: Person = "ana"): Promise<{ dealId: string; rowId: string }> {
    const dealId = await this.deal();
    const { rowId } = await this.as(by, tagPartner, { dealId, ...SOURCER });
    return { dealId, rowId: rowId as string };
  }

  /** A passkey of somebody's, by its id. */
  async passkey(by: Person): Promise<string> {
    const key = new Authenticator(process.env.NEXTAUTH_URL as string);
    const { options } = await this.as(by, beginPasskey, { password: PASSWORD });
    await this.as(by, registerPasskey, { name: "Laptop", response: key.register(options as never) });
    return key.id.toString("base64url");
  }

  /** A notice to Ana that was given up. */
  async failedNotice(): Promise<string> {
    const { client } = this.company;
    await this.row("pam");
    const [failed] = await guardedTransaction(client, { actor: "system:test", request: "scene" }, (tx) =>
      tx.execute<{ id: string }>(sql`
        update notices set state = 'failed', attempts = 12, problem = 'The mail server said: 550'
        where id = (select id from notices where to_id = 'ana' and state = 'waiting' limit 1) returning id`),
    );
    return failed!.id;
  }

  /** A message of a webhook that was given up. */
  async failedWebhook(): Promise<string> {
    await this.as("rita", addWebhook, WEBHOOK);
    const dealId = await this.deal();
    await this.as("pam", raiseException, { dealId, kind: "other", claim: "Who brought it?" });
    const [failed] = await guardedTransaction(
      this.company.client,
      { actor: "system:test", request: "scene" },
      (tx) =>
        tx.execute<{ id: string }>(sql`
          update webhook_deliveries set state = 'failed', attempts = 12, problem = 'The other side answered 500'
          where id = (select id from webhook_deliveries where state = 'waiting' limit 1) returning id`),
    );
    return failed!.id;
  }

  async activity(): Promise<{ dealId: string; activityId: string }> {
    const dealId = await this.deal();
    const { activityId } = await this.as("pam", logActivity, { dealId, ...MOTION });
    return { dealId, activityId: activityId as string };
  }

  /** A note about a deal of a customer of its own, and what was read of it. */
  async readProposal(): Promise<{ proposalId: string }> {
    const nth = ++made;
    const dealId = await this.deal({ account: `Quillmere ${nth} Foods` });
    await this.as("pam", dropEvidence, tellingNote(nth));
    const waiting = sql`select id from evidence_proposals where deal_id = ${dealId}`;
    const [{ id }] = (await this.company.client.db.execute<{ id: string }>(waiting)) as never as [
      { id: string },
    ];
    return { proposalId: id };
  }

  /** A line of P-1's statement, as it is seen by a link that takes answers. */
  async line(): Promise<{ token: string; line: string; seen: string }> {
    return this.lineOf((await this.activity()).dealId, "hope");
  }

  /** The line of a deal, by a link that somebody shares with a contact of P-1's. */
  async lineOf(dealId: string, by: Person): Promise<{ token: string; line: string; seen: string }> {
    const who = { partnerId: "P-1", name: "Idris Bellamy", email: `idris${++made}@northgate.example` };
    const { contactId } = await this.as("pam", createContact, who);
    const { token } = await this.as(by, shareStatement, { partnerId: "P-1", contactId });
    const { db } = this.company.client;
    const of = { records: ["P-1"], name: "Northgate" };
    const [found] = await readPartnerLines(db, of, [{ id: dealId, account: "Larkfield Foods" }], TODAY);
    const line = lineKey(tokenHash(token as string), dealId);
    return { token: token as string, line, seen: found ? seenOf(found.line) : "" };
  }

  async introduction(): Promise<string> {
    const met = { ...MOTION, type: "executive_intro" };
    const { activityId } = await this.as("pam", logActivity, { dealId: await this.deal(), ...met });
    return activityId as string;
  }

  /** A connection that was reached. */
  async connection(): Promise<string> {
    const input = { ...SALESFORCE, name: `Salesforce ${++made}` };
    const { connectionId } = await this.as("rita", createConnection, input);
    await guardedTransaction(this.company.client, { actor: "system:test", request: "scene" }, (tx) =>
      tx.execute(sql`update connections set looked = '{}', asked = null where id = ${connectionId}`),
    );
    return connectionId as string;
  }

  /** A file of one activity, landed by an admin. */
  async file(): Promise<{ dealId: string; importId: string }> {
    const dealId = await this.deal();
    const values = {
      ...{ id: `A-file${++made}`, deal_id: dealId, partner_id: "P-1", type: "joint_pitch", stage: "2" },
      ...{ occurred_on: "2026-05-02", recorded_on: "2026-05-03", proof: "https://proof.example/f" },
      involvement: "direct",
    };
    const file = { name: "activities.csv", sha256: DIGEST, bytes: 200, source: "calendar" };
    const batch = { kind: "activities", rows: [{ line: 2, values }], file };
    return { dealId, importId: (await this.as("rita", importBatch, batch)).importId as string };
  }

  /** A deal that was lost, with a partner on it. */
  async lost(): Promise<string> {
    const { dealId } = await this.row();
    await this.as("ana", closeDeal, { dealId, outcome: "lost" });
    return dealId;
  }

  async correction(): Promise<string> {
    const asked = { dealId: await this.lost(), changes: { amount: 7 }, reason: "a typing error" };
    return (await this.as("ana", proposeCorrection, asked)).correctionId as string;
  }

  async registration(): Promise<string> {
    const dealId = await this.deal();
    const input = { dealId, partnerId: "P-1", submittedOn: "2026-05-01" };
    return (await this.as("pam", submitRegistration, input)).registrationId as string;
  }

  /** An account with a deal, which shows its name. */
  async account(): Promise<string> {
    const name = `Marlow ${++made}`;
    const { accountId } = await this.as("ana", createAccount, { name });
    await this.deal({ account: name });
    return accountId as string;
  }

  /** A frozen quarter with a sourced win, and a plan over it that three people signed. */
  async earnedPlan(): Promise<{ planId: string; quarter: string; password: string }> {
    const then = "2026-03-20";
    const dealId = await this.deal({ createdOn: "2026-03-01" });
    await this.as("ana", tagPartner, { dealId, ...SOURCER, touchedOn: "2026-02-25" }, then);
    await this.as("rita", editPartner, { partnerId: "P-1", changes: { ownerId: "pam" } });
    await this.as("ana", closeDeal, { dealId, outcome: "won" }, then);
    await this.readyToClose();
    await prepareAndFreeze(REVIEWED, closersOf(this.company, TODAY));
    const { planId, hash } = await this.as("hope", draftCompensationPlan, { ...PLAN, from: REVIEWED });
    for (const person of ["hope", "carl", "fay"] as const)
      await this.as(person, signCompensationPlan, { planId, hash, password: PASSWORD });
    return { planId: planId as string, quarter: REVIEWED, password: PASSWORD };
  }

  /** This week's forecast, taken, with the digest that is signed. */
  async week(): Promise<{ week: string; digest: string }> {
    await this.as("carl", takeForecastSnapshot, {});
    const found = sql`select week::text as week, digest from forecast_snapshots order by week desc limit 1`;
    return (await this.company.client.db.execute<{ week: string; digest: string }>(found))[0]!;
  }

  async contact(): Promise<string> {
    const { contactId } = await this.as("pam", createContact, { partnerId: "P-1", name: "Idris Bellamy" });
    return contactId as string;
  }

  /** A view of Pam's that everybody finds. */
  async view(): Promise<string> {
    const { viewId } = await this.as("pam", saveView, { name: `View ${++made}`, address: "state=open" });
    await this.as("pam", editView, { viewId, changes: { shared: true } });
    return viewId as string;
  }

  async step(): Promise<string> {
    const plan = { dealId: await this.deal(), partnerId: "P-1", what: "Meet their CFO" };
    return (await this.as("pam", addJointStep, plan)).stepId as string;
  }

  /** A partner of whom no play runs. */
  async resting(): Promise<{ partnerId: string }> {
    const { partnerId } = await this.as("pam", createPartner, { name: `Ashmere ${++made}`, kind: "agency" });
    return { partnerId: partnerId as string };
  }

  async play(): Promise<string> {
    const asked = { ...PLAY, ...(await this.resting()), clients: [{ dealId: await this.deal() }] };
    return (await this.as("pam", startPlay, asked)).playId as string;
  }

  async exception(): Promise<{ exceptionId: string; version: number; dealId: string }> {
    const dealId = await this.deal();
    const claim = { dealId, kind: "other", partnerId: "P-1", claim: "they brought us the buyer" };
    const { exceptionId, version } = await this.as("ana", raiseException, claim);
    return { exceptionId: exceptionId as string, version: version as number, dealId };
  }

  async exceptions(): Promise<string[]> {
    return [(await this.exception()).exceptionId, (await this.exception()).exceptionId];
  }

  /** A quarter of which one deal closed, with all that its close checklist asks for. */
  async readyToClose(): Promise<string> {
    const dealId = await this.deal({ createdOn: "2026-02-01" });
    await this.as("ana", confirmNoPartner, { dealId }, "2026-03-01");
    const close = { dealId, version: await this.versionOf(dealId), outcome: "won" };
    await this.as("ana", closeDeal, close, "2026-03-01");
    await agreedForYears(this.company.url, SIGNERS);
    await holdReview(REVIEWED, closersOf(this.company, TODAY));
    return dealId;
  }

  /** A deal of a frozen quarter that has another account since; proposed by somebody as a correction. */
  async restated(proposer: Person | null = "hope"): Promise<{ dealId: string; restatementId: string }> {
    const dealId = await this.readyToClose();
    await prepareAndFreeze(REVIEWED, closersOf(this.company, TODAY));
    await this.as("ana", editDeal, { dealId, changes: { account: "Larkfield Group" } });
    if (proposer === null) return { dealId, restatementId: "" };
    const input = { quarter: REVIEWED, dealId, reason: "renamed by its owner" };
    const { restatementId } = await this.as(proposer, proposeRestatement, input);
    return { dealId, restatementId: restatementId as string };
  }

  /** A write of somebody who is none of the fixture's people. */
  async by(actor: Actor, verb: AnyVerb, input: unknown): Promise<Record<string, unknown>> {
    return (await perform(verb, input, { actor, client: this.company.client, today: TODAY })).answer as never;
  }

  /** A sample of a frozen quarter, of one deal, drawn by Aude or by another auditor. */
  async sample(auditor?: Actor): Promise<{ sampleId: string; dealId: string }> {
    await this.restated(null);
    const { userId: id, name } = auditor ?? {};
    if (auditor)
      await this.as("rita", createUser, { id, name, role: "auditor", email: "abel@company.example" });
    const input = { quarter: REVIEWED, seed: "17 of 04", size: 1 };
    const { sampleId, deals } = await this.by(auditor ?? this.company.actor("aude"), drawSample, input);
    return { sampleId: sampleId as string, dealId: (deals as string[])[0]! };
  }

  async draft(): Promise<{ policyId: string; version: number }> {
    const { policyId, version } = await this.as("hope", startDraft, { title: "The memo" }, DAY);
    const document = { ...PRESETS.two_bucket, coSellMinimum: 3 };
    const edited = await this.as("hope", editDraft, { policyId, version, document }, DAY);
    return { policyId: policyId as string, version: edited.version as number };
  }

  /** The one proposal that can be open at a time; any earlier scene's is withdrawn. */
  async proposal(): Promise<{ policyId: string; hash: string }> {
    const open = await this.company.client.db.execute<{ id: string }>(sql`
      select id from policies p where proposed_at is not null and withdrawn_at is null and period is null
        and not exists (select 1 from policy_declines d where d.policy_id = p.id)`);
    for (const { id } of open)
      await this.as("hope", withdrawPolicy, { policyId: id, reason: "another comes" }, DAY);
    const input = { ...(await this.draft()), activeFrom: DAY };
    const { hash } = await this.as("hope", proposePolicy, input, DAY);
    return { policyId: input.policyId, hash: hash as string };
  }
}

const DAY = companyDay(Date.now(), "UTC");
const LINE = { pays: { of: "rate", basisPoints: 500 }, capPerDeal: null, capPerQuarter: null };
const PLAN = {
  ...{ title: "The plan", paidTo: "partner_manager", from: "2026-Q1", to: null },
  lines: { sourced: LINE, influenced: { ...LINE, pays: { of: "nothing" } } },
};
const SOURCER = { partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-05-01" };
/** A note that tells of an act of the partner on the deal of the nth customer. */
const tellingNote = (nth: number) => ({
  name: "call.txt",
  content: Buffer.from(
    `Date: 2026-05-11\n\nNorthgate ran the joint discovery with Quillmere ${nth} Foods yesterday.`,
  ).toString("base64"),
});

const MOTION = {
  partnerId: "P-1",
  type: "joint_discovery",
  stage: 2,
  occurredOn: "2026-05-10",
  proof: "https://notes.example/1",
};
const PLAY = {
  ...{ buyer: "Finance leads of food makers", problem: "Month-end takes two weeks" },
  ...{ script: "A client of ours closed in four days", outcome: "A discovery call" },
};
const REVIEWED = "2026-Q1";
let made = 0;

/** What the stage gate would have said of a deal without partners, by a key of these tests. */
async function receiptOf(dealId: string): Promise<string> {
  process.env.SIGNING_KEYS ??= JSON.stringify([newSigningKey()]);
  const said = { involved: "none" as const, outcome: "none", evidence: null, partners: [] };
  const of = { sub: dealId, closing: { as: "won" as const, on: TODAY }, policy: DIGEST, facts: DIGEST };
  return signReceipt({ ...of, ...said, asOf: TODAY }, Date.parse(TODAY));
}

/** Every verb has its scene: one without does not compile (architecture.md "One straight way"). */
export const SCENES: { readonly [A in Action]: Scene } = {
  "create-deal": { by: "ana", set: () => ({ account: "Larkfield", amount: 5_000, currency: "USD" }) },
  "edit-deal": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ dealId: await stage.deal(), changes: { amount: 7 } }),
  },
  "move-stage": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ dealId: await stage.deal(), stage: 3 }),
  },
  "close-deal": {
    by: "ana",
    set: async (stage) => ({ dealId: await stage.deal(), outcome: "lost" }),
  },
  "record-receipt": {
    by: "ana",
    async set(stage) {
      const dealId = await stage.deal();
      return { dealId, receipt: await receiptOf(dealId) };
    },
  },
  "confirm-no-partner": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ dealId: await stage.deal() }),
  },
  "confirm-no-partners": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ dealIds: [await stage.deal(), await stage.deal()] }),
  },
  "delete-deal": {
    by: "rita",
    async set(stage) {
      const dealId = await stage.deal();
      return { dealId, version: await stage.versionOf(dealId), reason: "merged" };
    },
  },
  "tag-partner": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ dealId: await stage.deal(), ...SOURCER }),
  },
  "tag-partners": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ dealIds: [await stage.deal(), await stage.deal()], ...SOURCER }),
  },
  "confirm-role": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ rowId: (await stage.row("pam")).rowId }),
  },
  "refuse-role": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ rowId: (await stage.row("pam")).rowId, reason: "I had this account" }),
  },
  "edit-role": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ rowId: (await stage.row()).rowId, changes: { touchStage: 2 } }),
  },
  "withdraw-role": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ rowId: (await stage.row()).rowId }),
  },
  "keep-note": {
    by: "pam",
    set: async (stage) => ({ dealId: await stage.deal(), text: "Their CFO asked us in, on the phone" }),
  },
  "keep-file": {
    by: "pam",
    set: async (stage) => {
      const dealId = await stage.deal();
      return { dealId, name: "minutes.txt", content: Buffer.from(`Of ${dealId}`).toString("base64") };
    },
  },
  "drop-evidence": {
    by: "pam",
    set: async (stage) => {
      const nth = ++made;
      await stage.deal({ account: `Quillmere ${nth} Foods` });
      return tellingNote(nth);
    },
  },
  "set-evidence-model": { by: "rita", set: () => MODEL },
  "remove-evidence-model": {
    by: "rita",
    async set(stage) {
      await stage.as("rita", setEvidenceModel, MODEL);
      return {};
    },
  },
  "keep-model-reading": {
    by: "rita",
    async set(stage) {
      await stage.as("rita", setEvidenceModel, MODEL);
      const nth = ++made;
      await stage.deal({ account: `Quillmere ${nth} Foods` });
      const { evidenceId } = await stage.as("pam", dropEvidence, tellingNote(nth));
      const hash = "a".repeat(64);
      const read = { model: MODEL.model, sentSha256: hash, answeredSha256: hash, summary: "A call." };
      return { evidenceId, ...read, proposals: [], dropped: [] };
    },
  },
  "accept-proposal": {
    by: "pam",
    set: (stage) => stage.readProposal(),
  },
  "dismiss-proposal": {
    by: "pam",
    set: (stage) => stage.readProposal(),
  },
  "log-activity": {
    by: "pam",
    undone: "unless_locked",
    set: async (stage) => ({ dealId: await stage.deal(), ...MOTION }),
  },
  "edit-activity": {
    by: "pam",
    undone: "unless_locked",
    set: async (stage) => ({ activityId: (await stage.activity()).activityId, changes: { proof: null } }),
  },
  "vouch-activity": {
    by: "ana",
    undone: "unless_locked",
    set: async (stage) => ({ activityId: (await stage.activity()).activityId }),
  },
  "propose-correction": {
    by: "ana",
    set: async (stage) => ({ dealId: await stage.lost(), changes: { amount: 7 }, reason: "a typing error" }),
  },
  "accept-correction": {
    by: "fay",
    set: async (stage) => ({ correctionId: await stage.correction() }),
  },
  "decline-correction": {
    by: "fay",
    set: async (stage) => ({ correctionId: await stage.correction(), reason: "the contract says otherwise" }),
  },
  "withdraw-correction": {
    by: "ana",
    set: async (stage) => ({ correctionId: await stage.correction() }),
  },
  "withdraw-activity": {
    by: "pam",
    undone: "unless_locked",
    set: async (stage) => ({ activityId: (await stage.activity()).activityId }),
  },
  "add-joint-step": {
    by: "pam",
    set: async (stage) => ({ dealId: await stage.deal(), partnerId: "P-1", what: "Meet their CFO" }),
  },
  "edit-joint-step": {
    by: "pam",
    set: async (stage) => ({ stepId: await stage.step(), changes: { dueOn: "2026-06-02" } }),
  },
  "finish-joint-step": { by: "pam", set: async (stage) => ({ stepId: await stage.step() }) },
  "withdraw-joint-step": { by: "pam", set: async (stage) => ({ stepId: await stage.step() }) },
  "start-play": {
    by: "pam",
    set: async (stage) => ({
      ...PLAY,
      ...(await stage.resting()),
      clients: [{ dealId: await stage.deal() }],
    }),
  },
  "decide-play": { by: "hope", set: async (stage) => ({ playId: await stage.play(), decision: "park" }) },
  "withdraw-play": { by: "pam", set: async (stage) => ({ playId: await stage.play() }) },
  "create-account": { by: "ana", set: () => ({ name: "Marlow", domains: [`marlow${++made}.example`] }) },
  "edit-account": {
    by: "pam",
    undone: "always",
    set: async (stage) => ({ accountId: await stage.account(), changes: { name: `Marlow ${++made}` } }),
  },
  "enter-account": {
    by: "pam",
    undone: "always",
    set: async (stage) => ({ accountId: await stage.account(), partnerId: "P-1" }),
  },
  "leave-account": {
    by: "pam",
    undone: "always",
    async set(stage) {
      const entry = { accountId: await stage.account(), partnerId: "P-1" };
      await stage.as("pam", enterAccount, entry);
      return entry;
    },
  },
  "create-contact": { by: "pam", undone: "always", set: () => ({ partnerId: "P-1", name: "Idris Bellamy" }) },
  "edit-contact": {
    by: "pam",
    undone: "always",
    set: async (stage) => ({ contactId: await stage.contact(), changes: { title: "Practice lead" } }),
  },
  "remove-contact": {
    by: "pam",
    undone: "always",
    set: async (stage) => ({ contactId: await stage.contact() }),
  },
  "create-partner": { by: "pam", set: () => ({ name: "Orrin", kind: "referral" }) },
  "edit-partner": {
    by: "pam",
    undone: "always",
    async set(stage) {
      const { partnerId } = await stage.as("pam", createPartner, { name: "Orrin", kind: "referral" });
      const dealId = await stage.deal();
      await stage.as("ana", tagPartner, { dealId, ...SOURCER });
      await stage.as("ana", tagPartner, { dealId, ...SOURCER, partnerId, role: "influencer" });
      return { partnerId, changes: { parentId: "P-1" } };
    },
  },
  "share-statement": { by: "pam", set: () => ({ partnerId: "P-1", days: 7, amounts: true }) },
  "revoke-statement": {
    by: "hope",
    async set(stage) {
      const { statementId } = await stage.as("pam", shareStatement, { partnerId: "P-1" });
      return { statementId };
    },
  },
  "open-statement": {
    by: "aude",
    async set(stage) {
      const { token } = await stage.as("pam", shareStatement, { partnerId: "P-1" });
      return { token, whence: WHENCE };
    },
  },
  "answer-line": { by: "aude", set: async (stage) => ({ ...(await stage.line()), whence: WHENCE }) },
  "log-by-link": {
    by: "aude",
    async set(stage) {
      const { token, line } = await stage.line();
      const did = { type: "joint_discovery", occurredOn: "2026-05-11", proof: "https://proof.example/2" };
      return { token, line, whence: WHENCE, ...did };
    },
  },
  "merge-partners": {
    by: "pam",
    async set(stage) {
      const dealId = await stage.deal();
      const input = { name: `Twice ${++made}`, kind: "integrator" };
      const { partnerId: mergedId } = await stage.as("pam", createPartner, input);
      const { partnerId: intoId } = await stage.as("pam", createPartner, input);
      await stage.as("ana", tagPartner, { dealId, ...SOURCER, partnerId: mergedId });
      return { mergedId, intoId };
    },
  },
  "grant-program": {
    by: "hope",
    async set(stage) {
      await stage.row("pam");
      return { partnerId: "P-1", name: `program_${++made}` };
    },
  },
  "end-program": {
    by: "hope",
    async set(stage) {
      await stage.row("pam");
      const program = { partnerId: "P-1", name: `program_${++made}` };
      await stage.as("hope", grantProgram, program);
      return program;
    },
  },
  "submit-registration": {
    by: "pam",
    undone: "unless_locked",
    set: async (stage) => ({ dealId: await stage.deal(), partnerId: "P-1", submittedOn: "2026-05-01" }),
  },
  "decide-registration": {
    by: "paul",
    set: async (stage) => ({ registrationId: await stage.registration(), status: "approved" }),
  },
  "extend-registration": {
    by: "pam",
    undone: "always",
    async set(stage) {
      const registrationId = await stage.registration();
      await stage.as("paul", decideRegistration, { registrationId, status: "approved" });
      return { registrationId, until: addDays(TODAY, 120) };
    },
  },
  "match-registration": {
    by: "pam",
    undone: "unless_locked",
    async set(stage) {
      const account = `Marlow ${++made}`;
      const dealId = await stage.deal({ account });
      const asked = { account, partnerId: "P-1", submittedOn: "2026-05-01" };
      const { registrationId } = await stage.as("pam", submitRegistration, asked);
      return { registrationId, dealId };
    },
  },
  "answer-introduction": {
    by: "ana",
    set: async (stage) => ({ activityId: await stage.introduction() }),
  },
  "loop-back": {
    by: "pam",
    set: async (stage) => ({ activityId: await stage.introduction(), on: "2026-05-12" }),
  },
  "snooze-item": {
    by: "pam",
    set: async (stage) => ({ kind: "silent", subjectId: `${await stage.deal()}/P-1`, until: "2026-05-27" }),
  },
  "delegate-item": {
    by: "pam",
    async set(stage) {
      const { dealId } = await stage.activity();
      return { kind: "second_hand", subjectId: `${dealId}/P-1`, dealId, toId: "paul" };
    },
  },
  "create-api-key": { by: "ana", set: () => ({ ...KEY, password: PASSWORD }) },
  "revoke-api-key": {
    by: "rita",
    async set(stage) {
      const { keyId } = await stage.as("ana", createApiKey, { ...KEY, password: PASSWORD });
      return { keyId };
    },
  },
  "add-webhook": { by: "rita", set: () => WEBHOOK },
  "remove-webhook": {
    by: "rita",
    async set(stage) {
      const { endpointId } = await stage.as("rita", addWebhook, WEBHOOK);
      return { endpointId };
    },
  },
  "edit-webhook": {
    by: "rita",
    async set(stage) {
      const { endpointId } = await stage.as("rita", addWebhook, WEBHOOK);
      return { endpointId, changes: { paused: true } };
    },
  },
  "resend-webhook": { by: "rita", set: async (stage) => ({ deliveryId: await stage.failedWebhook() }) },
  "choose-notice": { by: "ana", set: () => ({ kind: "row_waits", choice: "none" }) },
  "resend-notice": { by: "ana", set: async (stage) => ({ noticeId: await stage.failedNotice() }) },
  "add-chat-channel": {
    by: "rita",
    set: () => ({ chat: "slack", name: "#deals", team: `Team ${++made}`, address: "https://hooks.test/1" }),
  },
  "remove-chat-channel": {
    by: "rita",
    async set(stage) {
      const channel = {
        chat: "teams",
        name: "Deals",
        team: `Team ${++made}`,
        address: "https://hooks.test/2",
      };
      const { channelId } = await stage.as("rita", addChatChannel, channel);
      return { channelId };
    },
  },
  "create-connection": {
    by: "rita",
    set: () => ({ ...SALESFORCE, name: `Salesforce ${++made}` }),
  },
  "edit-connection": {
    by: "rita",
    set: async (stage) => ({ connectionId: await stage.connection(), changes: { everyMinutes: 15 } }),
  },
  "ask-connection": {
    by: "rita",
    set: async (stage) => ({ connectionId: await stage.connection(), ask: "rehearse" }),
  },
  "accept-connection": {
    by: "fay",
    set: async (stage) => ({ connectionId: await stage.connection(), accept: true }),
  },
  "settle-difference": {
    by: "rita",
    async set(stage) {
      const connectionId = await stage.connection();
      const { rowId } = await stage.row();
      const gone = {
        connectionId,
        runId: "CR-1",
        stream: "partners",
        from: null,
        to: { since: "1" },
        batches: [],
      };
      await stage.as("rita", syncPage, { ...gone, gone: [{ kind: "roles", key: rowId }] });
      return { connectionId, kind: "roles", key: rowId, take: "there" };
    },
  },
  "sync-page": {
    by: "rita",
    async set(stage) {
      const values = {
        ...{
          id: `F-${++made}`,
          account: "Larkfield Foods",
          owner: "Ana Ruiz",
          amount: "10",
          currency: "USD",
        },
        ...{ type: "new", route: "direct", created_on: "2026-05-01", outcome: "open" },
      };
      const batches = [{ kind: "deals", rows: [{ line: 1, values }] }];
      const page = { runId: "CR-1", stream: "deals", from: null, to: { since: "1" }, batches };
      return { connectionId: await stage.connection(), ...page };
    },
  },
  "run-job": { by: "rita", set: () => ({ name: "forget-keys" }) },
  "record-cost": {
    by: "fay",
    set: () => ({
      quarter: REVIEWED,
      side: "partner_program",
      category: "travel",
      amount: 100,
      currency: "USD",
    }),
  },
  "record-rate": { by: "fay", set: () => ({ quarter: REVIEWED, currency: "EUR", rate: "1.1" }) },
  "import-batch": {
    by: "rita",
    async set(stage) {
      const { dealId, rowId } = await stage.row();
      const values = {
        ...{ id: rowId, deal_id: dealId, partner_id: "P-1", role: "sourcer", touch_stage: "3" },
        ...{ touched_on: "2026-05-01", recorded_on: "2026-05-02", confirmed_on: "2026-05-02" },
      };
      return { kind: "roles", rows: [{ line: 2, values }] };
    },
  },
  "accept-import": {
    by: "fay",
    async set(stage) {
      const { importId } = await stage.file();
      return { importId, sha256: DIGEST };
    },
  },
  "take-back-import": { by: "rita", set: async (stage) => ({ importId: (await stage.file()).importId }) },
  "save-mapping": {
    by: "fay",
    set: () => ({
      name: "Accounts of the CRM",
      document: {
        kind: "rates",
        fields: { quarter: { column: "Quarter" }, currency: { column: "Code" }, rate: { column: "Rate" } },
      },
    }),
  },
  "create-user": {
    by: "rita",
    set: () => ({ email: `new${++made}@company.example`, name: "Nia", role: "auditor" }),
  },
  "edit-user": {
    by: "rita",
    async set(stage) {
      const person = { email: `new${++made}@company.example`, name: "Nia", role: "auditor" };
      const { userId } = await stage.as("rita", createUser, person);
      return { userId, changes: { role: "finance" } };
    },
  },
  "erase-person": {
    by: "rita",
    async set(stage) {
      const person = { email: `gone${++made}@company.example`, name: `Nia Vance ${made}`, role: "auditor" };
      const { userId } = await stage.as("rita", createUser, person);
      await stage.as("rita", editUser, { userId, changes: { disabled: true } });
      return { kind: "user", id: userId, reason: "asked for it, and left" };
    },
  },
  "hold-person": { by: "rita", set: () => ({ kind: "user", id: "aude", reason: "a lawsuit" }) },
  "issue-link": { by: "rita", set: () => ({ userId: "aude" }) },
  "set-password": {
    by: "aude",
    async set(stage) {
      const { token } = await stage.as("rita", issueLink, { userId: "aude" });
      return { token, password: `another long password ${++made}`, whence: WHENCE };
    },
  },
  "change-password": {
    by: "aude",
    set: async ({ company }) => {
      await setFirstPassword(company.client, "aude", PASSWORD);
      return { password: PASSWORD, newPassword: `another long password ${++made}` };
    },
  },
  "note-identity": {
    by: "ana",
    set: () => ({ issuer: ISSUER, subject: `s${++made}`, email: "x@y.example", name: "X" }),
  },
  "provision-person": {
    by: "rita",
    set: () => ({
      issuer: ISSUER,
      subject: `s${++made}`,
      email: `p${made}@y.example`,
      name: "X",
      role: "ae",
    }),
  },
  "begin-link": { by: "ana", set: () => ({ password: PASSWORD }) },
  "link-identity": {
    by: "ana",
    async set(stage) {
      const { token } = await stage.as("ana", beginLink, { password: PASSWORD });
      return { token, issuer: ISSUER, subject: `s${++made}`, email: "ana@y.example", name: "Ana" };
    },
  },
  "begin-passkey": { by: "fay", set: () => ({ password: PASSWORD }) },
  "register-passkey": {
    by: "fay",
    async set(stage) {
      const { options } = await stage.as("fay", beginPasskey, { password: PASSWORD });
      return {
        name: "Laptop",
        response: new Authenticator(process.env.NEXTAUTH_URL as string).register(options as never),
      };
    },
  },
  "remove-passkey": {
    by: "fay",
    set: async (stage) => ({ passkeyId: await stage.passkey("fay") }),
  },
  "begin-signature": {
    by: "fay",
    async set(stage) {
      await stage.passkey("fay");
      return { verb: "sign-policy", input: { policyId: "P", hash: "0".repeat(64) } };
    },
  },
  "assign-identity": {
    by: "rita",
    async set(stage) {
      const named = { issuer: ISSUER, subject: `s${++made}` };
      await stage.as("ana", noteIdentity, { ...named, email: "x@y.example", name: "X" });
      return { ...named, userId: "aude" };
    },
  },
  "drop-identity": {
    by: "rita",
    async set(stage) {
      const named = { issuer: ISSUER, subject: `s${++made}` };
      await stage.as("ana", noteIdentity, { ...named, email: "x@y.example", name: "X" });
      return named;
    },
  },
  "switch-off-leavers": {
    by: "rita",
    async set(stage) {
      const leaver = { email: `left${++made}@company.example`, name: "Lev", role: "auditor" };
      await stage.as("rita", createUser, leaver);
      const found = sql`select email from users where disabled_at is null and email <> ${leaver.email}`;
      const rows = await stage.company.client.db.execute<{ email: string }>(found);
      return { present: [...rows].map(({ email }) => email) };
    },
  },
  "edit-sign-on": {
    by: "rita",
    set: () => ({ changes: { groups: [{ group: `group ${++made}`, role: "auditor" }] } }),
  },
  "sign-in": { by: "ana", set: () => ({ whence: WHENCE }) },
  "refuse-sign-in": {
    by: "ana",
    set: () => ({ userId: "ana", why: "wrong password", whence: WHENCE }),
  },
  "note-refusal": { by: "ana", set: () => ({ wanted: "freeze-quarter", rule: "may not freeze a quarter" }) },
  "end-sessions": {
    by: "ana",
    set: async (stage) => ({ sessions: [(await stage.as("ana", signIn, { whence: WHENCE })).session] }),
  },
  "edit-settings": { by: "rita", set: () => ({ company: `Company ${++made}` }) },
  "begin-demo": {
    by: "rita",
    alone: true,
    async set({ company: { client } }) {
      // Told in an empty database only; no verb removes a partner.
      await guardedTransaction(client, { actor: "test", request: "scene" }, (tx) =>
        tx.execute(sql`delete from partners`),
      );
      return {};
    },
  },
  "remove-demo": { by: "rita", alone: true, set: () => ({}) },
  "save-view": { by: "pam", set: () => ({ name: `View ${++made}`, address: "state=open" }) },
  "edit-view": {
    by: "pam",
    set: async (stage) => ({ viewId: await stage.view(), changes: { name: `View ${++made}` } }),
  },
  "remove-view": { by: "pam", set: async (stage) => ({ viewId: await stage.view() }) },
  undo: {
    by: "ana",
    async set(stage) {
      const dealId = await stage.deal();
      return { request: (await stage.as("ana", tagPartner, { dealId, ...SOURCER })).request };
    },
  },
  "start-draft": { by: "hope", today: DAY, set: () => ({ title: "2027", preset: "triple_tier" }) },
  "edit-draft": {
    by: "hope",
    today: DAY,
    set: async (stage) => ({ ...(await stage.draft()), title: "The other memo" }),
  },
  "discard-draft": {
    by: "hope",
    today: DAY,
    set: async (stage) => ({ policyId: (await stage.draft()).policyId }),
  },
  "propose-policy": {
    by: "hope",
    today: DAY,
    alone: true,
    set: async (stage) => ({ ...(await stage.draft()), activeFrom: addDays(DAY, 10) }),
  },
  "view-policy": { by: "carl", today: DAY, set: (stage) => stage.proposal() },
  "sign-policy": {
    by: "carl",
    today: DAY,
    set: async (stage) => ({ ...(await stage.proposal()), password: PASSWORD }),
  },
  "decline-policy": {
    by: "carl",
    today: DAY,
    set: async (stage) => ({ policyId: (await stage.proposal()).policyId, reason: "the gate is too wide" }),
  },
  "withdraw-policy": {
    by: "hope",
    today: DAY,
    set: async (stage) => ({ policyId: (await stage.proposal()).policyId, reason: "written anew" }),
  },
  "keep-backtest": {
    by: "hope",
    today: DAY,
    set: async (stage) => ({ policyId: (await stage.draft()).policyId }),
  },
  "record-learning": { by: "ana", set: () => ({ text: "name the buyer too" }) },
  "reconcile-deal": {
    by: "fay",
    async set(stage) {
      const dealId = await stage.lost();
      return { dealId, version: await stage.versionOf(dealId) };
    },
  },
  "lock-month": { by: "fay", set: () => ({ month: "2026-02" }) },
  "unlock-month": {
    by: "fay",
    async set(stage) {
      await stage.as("fay", lockMonth, { month: "2025-12" });
      return { month: "2025-12", reason: "a deal came later" };
    },
  },
  "raise-exception": {
    by: "ana",
    set: async (stage) => ({ dealId: await stage.deal(), kind: "other", claim: "they brought us the buyer" }),
  },
  "comment-exception": {
    by: "ana",
    set: async (stage) => ({ exceptionId: (await stage.exception()).exceptionId, text: "I was there" }),
  },
  "assign-exception": {
    by: "hope",
    set: async (stage) => ({ exceptionId: (await stage.exception()).exceptionId, ownerId: "pam" }),
  },
  "assign-exceptions": {
    by: "hope",
    set: async (stage) => ({ exceptionIds: await stage.exceptions(), ownerId: "pam" }),
  },
  "decide-exceptions": {
    by: "fay",
    async set(stage) {
      const cases = (await stage.exceptions()).map((exceptionId) => ({ exceptionId, version: 1 }));
      return { cases, decision: "rule_upheld", reason: "the memo is clear" };
    },
  },
  "defer-exceptions": {
    by: "fay",
    set: async (stage) => ({
      exceptionIds: await stage.exceptions(),
      to: "hope",
      until: addDays(TODAY, 30),
    }),
  },
  "withdraw-exception": {
    by: "ana",
    async set(stage) {
      const { exceptionId } = await stage.exception();
      return { exceptionId, reason: "the partner agrees that it was ours" };
    },
  },
  "name-deputy": { by: "hope", set: () => ({ userId: "pam" }) },
  "decide-exception": {
    by: "fay",
    async set(stage) {
      const { exceptionId, version } = await stage.exception();
      return { exceptionId, version, decision: "rule_upheld", reason: "the memo is clear" };
    },
  },
  "defer-exception": {
    by: "fay",
    async set(stage) {
      const { exceptionId } = await stage.exception();
      return { exceptionId, to: "hope", until: addDays(TODAY, 30) };
    },
  },
  "say-no-cost": {
    by: "fay",
    set: () => ({ quarter: REVIEWED, side: "partner_program", category: "incentives" }),
  },
  "set-target": {
    by: "hope",
    set: () => ({ quarter: REVIEWED, line: "sourced", ownerId: null, amount: 1_000 + ++made }),
  },
  "draft-compensation-plan": { by: "hope", set: () => ({ ...PLAN, title: `Plan ${++made}` }) },
  "withdraw-compensation-plan": {
    by: "fay",
    set: async (stage) => ({
      planId: (await stage.as("hope", draftCompensationPlan, PLAN)).planId,
      reason: "the rate is of last year",
    }),
  },
  "view-compensation-plan": {
    by: "carl",
    async set(stage) {
      const { planId, hash } = await stage.as("hope", draftCompensationPlan, PLAN);
      return { planId, hash };
    },
  },
  "sign-compensation-plan": {
    by: "carl",
    alone: true,
    async set(stage) {
      await agreedForYears(stage.company.url, SIGNERS);
      const { planId, hash } = await stage.as("hope", draftCompensationPlan, PLAN);
      return { planId, hash, password: PASSWORD };
    },
  },
  "pay-compensation": { by: "fay", alone: true, set: (stage) => stage.earnedPlan() },
  "copy-costs": {
    by: "fay",
    async set(stage) {
      const cost = { side: "direct_sales", category: `events ${++made}`, amount: 500, currency: "USD" };
      await stage.as("fay", recordCost, { quarter: "2025-Q3", ...cost });
      return { from: "2025-Q3", to: "2025-Q4" };
    },
  },
  "share-cost": {
    by: "fay",
    async set(stage) {
      const cost = { quarter: REVIEWED, side: "partner_program", category: "mdf", currency: "USD" };
      await stage.as("fay", recordCost, { ...cost, amount: 900 });
      return { ...cost, shares: [{ partnerId: "P-1", amount: 300 + ++made }] };
    },
  },
  "set-stage-probabilities": {
    by: "fay",
    set: () => ({ probabilities: [0, 5, 15, 35, 55, 75, 80 + (++made % 20)] }),
  },
  "take-forecast-snapshot": {
    by: "carl",
    alone: true,
    async set(stage) {
      await stage.row();
      return {};
    },
  },
  "sign-forecast": {
    by: "fay",
    alone: true,
    async set(stage) {
      await stage.row();
      return { ...(await stage.week()), password: PASSWORD };
    },
  },
  "start-review": { by: "hope", set: () => ({ quarter: REVIEWED }) },
  "drive-review": {
    by: "hope",
    async set(stage) {
      const { turn } = await stage.as("hope", startReview, { quarter: REVIEWED });
      return { quarter: REVIEWED, turn, position: "revenue" };
    },
  },
  "write-review": {
    by: "hope",
    async set(stage) {
      const { version } = await stage.as("hope", startReview, { quarter: REVIEWED });
      return { quarter: REVIEWED, version, ask: "two more people" };
    },
  },
  "prepare-freeze": {
    by: "hope",
    alone: true,
    async set(stage) {
      await stage.readyToClose();
      return { quarter: REVIEWED };
    },
  },
  "freeze-quarter": {
    by: "fay",
    alone: true,
    async set(stage) {
      await stage.readyToClose();
      await stage.as("hope", prepareFreeze, { quarter: REVIEWED });
      return { quarter: REVIEWED, password: PASSWORD };
    },
  },
  "propose-restatement": {
    by: "hope",
    alone: true,
    async set(stage) {
      const { dealId } = await stage.restated(null);
      return { quarter: REVIEWED, dealId, reason: "renamed by its owner" };
    },
  },
  "draw-sample": {
    by: "aude",
    alone: true,
    async set(stage) {
      await stage.restated(null);
      return { quarter: REVIEWED, seed: "17 of 04", size: 5 };
    },
  },
  "tick-sampled-deal": { by: "aude", alone: true, set: (stage) => stage.sample().then(doubted) },
  "sign-off-sample": {
    by: "aude",
    alone: true,
    async set(stage) {
      const { sampleId, dealId } = await stage.sample(OTHER_AUDITOR);
      await stage.by(OTHER_AUDITOR, tickSampledDeal, { sampleId, dealId, verdict: "holds" });
      return { sampleId, conclusion: "What was drawn holds." };
    },
  },
  "accept-restatement": {
    by: "fay",
    alone: true,
    async set(stage) {
      return { restatementId: (await stage.restated()).restatementId };
    },
  },
  "decline-restatement": {
    by: "fay",
    alone: true,
    async set(stage) {
      return {
        restatementId: (await stage.restated()).restatementId,
        reason: "the name is the same company's",
      };
    },
  },
};
