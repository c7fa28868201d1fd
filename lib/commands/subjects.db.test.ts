/** Who may do what to a deal: each write of it × whose it is and how it stands × who asks (domain.md §5, §9). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalIn } from "@/lib/errors";
import { logActivity } from "./activity/log-activity";
import { type Company, openCompany, type Person, TODAY } from "./commands.fixture";
import { closeDeal } from "./deal/close-deal";
import { rehearse } from "./door";
import { submitRegistration } from "./registration/submit-registration";
import { agreedForYears, closersOf, holdReview, prepareAndFreeze, SIGNERS } from "./review/freeze.fixture";
import { tagPartner } from "./role/tag-partner";
import { type Action, type AnyVerb, VERBS } from "./verbs";

/** Those who ask, in the order of the columns: the deal's AE, another AE, who named the partner, another of them, … */
const WHO: readonly Person[] = ["ana", "ben", "pam", "paul", "hope", "fay", "carl", "rita", "aude"];
const HOW = ["open", "closed", "frozen"] as const;
type How = (typeof HOW)[number];

interface Scene {
  dealId: string;
  version: number;
  rowId: string;
  activityId: string;
  registrationId: string;
}

let company: Company;
const scenes = {} as Record<How, Scene>;
const QUARTER = "2026-Q1";

async function scene(createdOn: string, today: string, close: boolean): Promise<Scene> {
  const dealId = await company.deal({ createdOn });
  const on = { today };
  const about = { dealId, partnerId: "P-1" };
  const { rowId } = await company.as(
    "pam",
    tagPartner,
    { ...about, role: "influencer", touchedOn: createdOn },
    on,
  );
  const did = { ...about, type: "joint_pitch", occurredOn: createdOn, proof: "https://proof.example/1" };
  const { activityId } = await company.as("pam", logActivity, did, on);
  const asked = { dealId, partnerId: "P-2", submittedOn: createdOn };
  const { registrationId } = await company.as("pam", submitRegistration, asked, on);
  if (close) await company.as("ana", closeDeal, { dealId, outcome: "lost" }, on);
  const [found] = await company.client.db.execute<{ version: number }>(
    `select version from deals where id = '${dealId}'`,
  );
  return { dealId, version: Number(found!.version), rowId, activityId, registrationId } as Scene;
}

beforeAll(async () => {
  company = await openCompany();
  scenes.frozen = await scene("2026-02-01", "2026-03-01", true);
  await agreedForYears(company.url, SIGNERS);
  await holdReview(QUARTER, closersOf(company, TODAY));
  await prepareAndFreeze(QUARTER, closersOf(company, TODAY));
  scenes.closed = await scene("2026-05-01", TODAY, true);
  scenes.open = await scene("2026-05-01", TODAY, false);
});
afterAll(() => company.close());

const ASKED: Partial<Record<Action, (scene: Scene) => object>> = {
  "edit-deal": ({ dealId }) => ({ dealId, changes: { amount: 7 } }),
  "move-stage": ({ dealId }) => ({ dealId, stage: 3 }),
  "close-deal": ({ dealId }) => ({ dealId, outcome: "lost" }),
  "confirm-no-partner": ({ dealId }) => ({ dealId }),
  "delete-deal": ({ dealId, version }) => ({ dealId, version, reason: "entered twice" }),
  "tag-partner": ({ dealId }) => ({ dealId, partnerId: "P-2", role: "influencer", touchedOn: TODAY }),
  "confirm-role": ({ rowId }) => ({ rowId }),
  "refuse-role": ({ rowId }) => ({ rowId, reason: "nobody of them was there" }),
  "edit-role": ({ rowId }) => ({ rowId, changes: { touchStage: 1 } }),
  "withdraw-role": ({ rowId }) => ({ rowId }),
  "log-activity": ({ dealId }) => ({
    ...{ dealId, partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: TODAY },
    proof: "https://proof.example/2",
  }),
  "edit-activity": ({ activityId }) => ({ activityId, changes: { proof: null } }),
  "vouch-activity": ({ activityId }) => ({ activityId }),
  "withdraw-activity": ({ activityId }) => ({ activityId }),
  "submit-registration": ({ dealId }) => ({ dealId, partnerId: "P-1", submittedOn: TODAY }),
  "decide-registration": ({ registrationId }) => ({ registrationId, status: "approved" }),
  "add-joint-step": ({ dealId }) => ({ dealId, partnerId: "P-1", what: "Meet their CFO" }),
  "raise-exception": ({ dealId }) => ({ dealId, kind: "other", claim: "they brought us the buyer" }),
  "propose-correction": ({ dealId }) => ({ dealId, changes: { amount: 7 }, reason: "a typing error" }),
};

/** `+` does it; `-` may not, whoever's it is or because it is not theirs; `o` nobody can, as it stands. */
async function cell(verb: AnyVerb, input: object, person: Person): Promise<string> {
  try {
    await rehearse(verb, input, { actor: company.actor(person), client: company.client, today: TODAY });
    return "+";
  } catch (error) {
    const refusal = refusalIn(error);
    if (!refusal) throw error;
    if (refusal.code === "forbidden") return "-";
    expect(["invalid", "conflict"], `${verb.name} by ${person}: ${refusal.rule}`).toContain(refusal.code);
    return "o";
  }
}

/** The deal's AE, another AE, who named the partner, another partner manager, head, finance, CRO, admin, auditor. */
const TABLE = [
  "edit-deal open +------+-",
  "edit-deal closed o------o-",
  "edit-deal frozen o------o-",
  "move-stage open +------+-",
  "move-stage closed o------o-",
  "move-stage frozen o------o-",
  "close-deal open +------+-",
  "close-deal closed o------o-",
  "close-deal frozen o------o-",
  "confirm-no-partner open o------o-",
  "confirm-no-partner closed o------o-",
  "confirm-no-partner frozen o------o-",
  "delete-deal open -------+-",
  "delete-deal closed ---------",
  "delete-deal frozen ---------",
  "tag-partner open +-+++--+-",
  "tag-partner closed +-+++--+-",
  "tag-partner frozen +-+++--+-",
  "confirm-role open +------+-",
  "confirm-role closed +------+-",
  "confirm-role frozen +------+-",
  "refuse-role open +------+-",
  "refuse-role closed o------o-",
  "refuse-role frozen o------o-",
  "edit-role open +-+-+--+-",
  "edit-role closed o-o-o--o-",
  "edit-role frozen o-o-o--o-",
  "withdraw-role open +-+-+--+-",
  "withdraw-role closed o-o-o--o-",
  "withdraw-role frozen o-o-o--o-",
  "log-activity open +-+++----",
  "log-activity closed +-+++----",
  "log-activity frozen +-+++----",
  "edit-activity open --+-+----",
  "edit-activity closed --o-o----",
  "edit-activity frozen --o-o----",
  "vouch-activity open +--------",
  "vouch-activity closed +--------",
  "vouch-activity frozen +--------",
  "withdraw-activity open --+-+----",
  "withdraw-activity closed --o-o----",
  "withdraw-activity frozen --o-o----",
  "submit-registration open --+++----",
  "submit-registration closed --+++----",
  "submit-registration frozen --+++----",
  "decide-registration open ---++----",
  "decide-registration closed ---++----",
  "decide-registration frozen ---++----",
  "add-joint-step open +-+++----",
  "add-joint-step closed +-+++----",
  "add-joint-step frozen +-+++----",
  "raise-exception open ++++++-+-",
  "raise-exception closed ++++++-+-",
  "raise-exception frozen ++++++-+-",
  "propose-correction open o----o-o-",
  "propose-correction closed +----+-+-",
  "propose-correction frozen +----+-+-",
];

test("each write of a deal, by whose it is and how it stands", async () => {
  const table: string[] = [];
  for (const [name, ask] of Object.entries(ASKED)) {
    const verb = VERBS.find((one) => one.name === name) as unknown as AnyVerb;
    for (const how of HOW) {
      const cells: string[] = [];
      for (const person of WHO) cells.push(await cell(verb, ask(scenes[how]), person));
      table.push(`${name} ${how} ${cells.join("")}`);
    }
  }
  expect(table).toEqual(TABLE);
}, 120_000);
