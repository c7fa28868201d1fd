import type { Day } from "@/lib/attribution/facts";
import { activityOf } from "@/lib/attribution/menu";
import type { ActivityType, Role, Route, Stage } from "@/lib/attribution/vocabulary";
import { addDays, dayNumber, daysBetween, firstOfMonth, monthIndex } from "@/lib/calendar";
import { partnerOf } from "./partners";
import { type Random, randomOf } from "./random";
import { type ActivityStory, type DealStory, type RoleStory, stageOn, workday } from "./story";
import { nextStepOf, proofOf } from "./wording";

/** The part that partners play in a deal: none, one without credit, its source, or help on the way. */
export type Part = "direct" | "quiet" | "sourced" | "influenced";

/** A deal's own course, before anybody helps. */
export interface Course {
  /** Names the deal within the plan, the same on every day of telling. */
  key: string;
  part: Part;
  amount: number;
  type: DealStory["type"];
  createdOn: Day;
  stages: DealStory["stages"];
  close: { outcome: "won" | "lost"; on: Day };
}

interface Deal extends Course {
  id: string;
  account: string;
  owner: string;
}

const SOURCES = [
  "P-vellum",
  "P-vellum",
  "P-southmark",
  "P-fennimore",
  "P-fennimore",
  "P-northgate",
  "P-tidewell",
  "P-calder",
  "P-paperlantern",
];
const HELPERS = [
  "P-northgate",
  "P-northgate",
  "P-tidewell",
  "P-tidewell",
  "P-lumaflow",
  "P-lumaflow",
  "P-gridstone",
  "P-gridstone",
  "P-orrin",
  "P-orrin-retail",
  "P-paperlantern",
  "P-southmark",
];
const QUIET = ["P-harrow", "P-harrow", "P-paperlantern", "P-orrin", "P-gridstone", "P-lumaflow"];

/** Of so many next joint steps one is forgotten. */
const STEPS_FORGOTTEN = 8;

/** What partners do at a stage; the motions (domain.md §1) come first. */
const DOINGS: Readonly<Record<Stage, readonly ActivityType[]>> = {
  0: ["mdf_event", "recommendation"],
  1: ["joint_discovery", "executive_intro", "account_mapping"],
  2: ["joint_discovery", "technical_pre_brief", "joint_demo", "solution_architecture"],
  3: ["joint_pitch", "technical_pre_brief", "joint_value_proposition", "joint_demo"],
  4: ["business_case", "executive_alignment", "security_review_support"],
  5: ["procurement_advocacy", "implementation_scoping"],
  6: ["customer_success_support", "training"],
};
const MOTIONS: Partial<Record<Stage, readonly ActivityType[]>> = {
  1: ["joint_discovery", "executive_intro"],
  2: ["joint_discovery", "technical_pre_brief", "executive_intro"],
  3: ["joint_pitch", "technical_pre_brief"],
};

/** The deal with its partners, what they did and who wrote it down when. */
export function partOf(deal: Deal, random: Random): DealStory {
  const { id, account, owner, amount, type, createdOn, stages, close } = deal;
  const tell = new Teller(deal, random);
  const story = { direct: () => {}, quiet, sourced, influenced }[deal.part](tell, random);
  const none = deal.part === "direct";
  return {
    id,
    account,
    owner,
    amount,
    currency: "USD",
    type,
    route: story ?? "direct",
    createdOn,
    firstEngagedOn: none && random.chance(0.5) ? workday(addDays(createdOn, -random.whole(0, 18))) : null,
    recreatedFrom: null,
    stages,
    close,
    noPartnerOn: none ? noPartnerDay(deal, random) : null,
    registrations: tell.registrations,
    roles: tell.roles.sort(byRecord),
    activities: tell.activities.sort(byRecord),
    correction: null,
    ruling: null,
  };
}

/** In order of record, so that what a part of the story knows is the beginning of the list. */
function byRecord(a: { recordedOn: Day }, b: { recordedOn: Day }): number {
  return a.recordedOn < b.recordedOn ? -1 : a.recordedOn > b.recordedOn ? 1 : 0;
}

/** AEs say it at the proposal or just before the close; on what they lose, some never do. */
function noPartnerDay({ stages, close }: Deal, random: Random): Day | null {
  const proposal = stages.find(({ stage }) => stage === 4);
  if (proposal && random.chance(0.5)) return proposal.on;
  if (close.outcome === "lost" && random.chance(0.3)) return null;
  const day = workday(addDays(close.on, -random.whole(0, 5)));
  return day < (stages[0] as (typeof stages)[number]).on ? close.on : day;
}

function sourced(tell: Teller, random: Random): Route {
  const { deal } = tell;
  const partnerId = random.pick(SOURCES);
  const { kind } = partnerOf(partnerId);
  const role: Role = kind === "referral" || kind === "pe_vc" ? "referral_source" : "sourcer";
  let touchedOn: Day;
  let recordedOn: Day;
  if (random.chance(0.55)) {
    touchedOn = workday(addDays(deal.createdOn, -random.whole(0, 6)));
    const decidedOn = tell.day(addDays(deal.createdOn, random.whole(1, 5)));
    tell.registrations.push({
      partnerId,
      submittedOn: touchedOn,
      decided: { status: "approved", on: decidedOn },
    });
    recordedOn = tell.day(addDays(decidedOn, random.whole(0, 2)));
  } else {
    touchedOn = workday(addDays(deal.createdOn, -random.whole(0, 9)));
    recordedOn = tell.day(addDays(deal.createdOn, random.whole(0, 4)));
  }
  tell.role(partnerId, role, touchedOn, recordedOn, "ae");
  const first = tell.within(0.05, 0.3);
  tell.activity(partnerId, first, random.pick(MOTIONS[stageOn(deal.stages, first)] ?? DOINGS[4]), true);
  updates(tell, partnerId, recordedOn, random);
  if (random.chance(0.2)) help(tell, random.pick(HELPERS.filter((id) => id !== partnerId)), random);
  return kind === "reseller" && random.chance(0.6) ? "resale" : "direct";
}

/** Above the threshold two updates a month are owed (domain.md §4); most partners keep them. */
function updates(tell: Teller, partnerId: string, touchedOn: Day, random: Random): void {
  const { deal } = tell;
  const from = touchedOn > deal.createdOn ? touchedOn : deal.createdOn;
  const diligent = random.chance(0.72);
  if (deal.amount <= 4_000_000) return;
  for (let month = monthIndex(deal.createdOn) + 1; month < monthIndex(deal.close.on); month++) {
    for (const offset of diligent ? [6, 19] : [12]) {
      const day = workday(addDays(firstOfMonth(month), offset + random.whole(0, 2)));
      if (day < from) continue;
      tell.activity(partnerId, day, random.pick(DOINGS[stageOn(deal.stages, day)]), random.chance(0.8));
    }
  }
}

function influenced(tell: Teller, random: Random): Route {
  const partnerId = random.pick(HELPERS);
  help(tell, partnerId, random);
  if (random.chance(0.12)) {
    const family = ["P-orrin", "P-orrin-retail"];
    const other = HELPERS.filter(
      (id) => id !== partnerId && !(family.includes(id) && family.includes(partnerId)),
    );
    help(tell, random.pick(other), random);
  }
  return partnerOf(partnerId).kind === "reseller" ? "resale" : "direct";
}

/** A partner joins at discovery or validation, with a motion that is proven, and mostly stays. */
function help(tell: Teller, partnerId: string, random: Random): void {
  const { stages, close } = tell.deal;
  const joins = stages[random.chance(0.55) ? 1 : 2] ?? stages[1] ?? stages[0];
  const after = stages[stages.indexOf(joins as (typeof stages)[number]) + 1]?.on ?? close.on;
  const start = joins?.on as Day;
  const touchedOn = workday(addDays(start, Math.floor(random.next() * 0.7 * daysBetween(start, after))));
  const stage = stageOn(stages, touchedOn);
  const recordedOn = tell.day(addDays(touchedOn, random.whole(0, 3)));
  tell.role(
    partnerId,
    random.chance(0.6) ? "co_seller" : "influencer",
    touchedOn,
    recordedOn,
    random.chance(0.4) ? "ae" : "partner_manager",
  );
  tell.activity(
    partnerId,
    touchedOn < tell.deal.createdOn ? tell.deal.createdOn : touchedOn,
    random.pick(MOTIONS[stage] ?? ["joint_discovery"]),
    true,
  );
  for (let more = random.whole(0, 3); more > 0; more--) {
    const day = tell.between(touchedOn, close.on);
    tell.activity(partnerId, day, random.pick(DOINGS[stageOn(stages, day)]), random.chance(0.75));
  }
}

/** A partner is named and does little, or what it does is not a motion, or comes late. */
function quiet(tell: Teller, random: Random): Route {
  const partnerId = random.pick(QUIET);
  const touchedOn = tell.within(0.2, 0.6);
  tell.role(
    partnerId,
    "influencer",
    touchedOn,
    tell.day(addDays(touchedOn, random.whole(0, 4))),
    random.chance(0.5) ? "ae" : "partner_manager",
  );
  const early = tell.within(0.2, 0.55);
  const late = tell.within(0.7, 0.98);
  switch (random.whole(0, 3)) {
    case 0:
      break;
    case 1:
      tell.activity(partnerId, late, random.pick(DOINGS[stageOn(tell.deal.stages, late)].slice(-1)), true);
      break;
    case 2:
      tell.activity(partnerId, early, "recommendation", true);
      break;
    default:
      tell.activity(partnerId, early, "account_intelligence", random.chance(0.7));
  }
  return "direct";
}

/** Collects a deal's facts; keeps every day a working one and within the deal's life. */
class Teller {
  readonly registrations: DealStory["registrations"][number][] = [];
  readonly roles: RoleStory[] = [];
  readonly activities: ActivityStory[] = [];

  /** Chance of its own for who vouches: the rest of the story stays as it was. */
  private readonly vouching: Random;

  constructor(
    readonly deal: Deal,
    private readonly random: Random,
  ) {
    this.vouching = randomOf(0, `${deal.key} vouched`);
  }

  /** A working day no later than the close and no earlier than the deal. */
  day(day: Day): Day {
    const { createdOn, close } = this.deal;
    const working = workday(day > close.on ? close.on : day);
    return working < createdOn ? createdOn : working;
  }

  between(from: Day, to: Day): Day {
    return this.day(addDays(from, Math.floor(this.random.next() * Math.max(1, daysBetween(from, to)))));
  }

  /** A day between two shares of the deal's life. */
  within(from: number, to: number): Day {
    const { createdOn, close } = this.deal;
    const life = daysBetween(createdOn, close.on);
    return this.day(addDays(createdOn, Math.round(life * (from + (to - from) * this.random.next()))));
  }

  role(partnerId: string, role: Role, touchedOn: Day, recordedOn: Day, by: RoleStory["by"]): void {
    const contact = this.random.pick(partnerOf(partnerId).contacts);
    const confirmedOn = by === "ae" ? recordedOn : this.day(addDays(recordedOn, this.random.whole(1, 6)));
    const touchStage = stageOn(this.deal.stages, touchedOn);
    this.roles.push({ partnerId, role, contact, touchStage, touchedOn, recordedOn, by, confirmedOn });
  }

  activity(partnerId: string, occurredOn: Day, type: ActivityType, proven: boolean): void {
    const { random, deal } = this;
    const recordedOn = this.day(addDays(occurredOn, random.whole(0, 3)));
    const next = random.chance(0.35);
    const nextStep = next ? nextStepOf(random) : null;
    const { vouching } = this;
    const vouchedOn = vouching.chance(0.35) ? this.day(addDays(recordedOn, vouching.whole(1, 6))) : null;
    const proof = proven ? proofOf(deal.account, type, occurredOn, random) : null;
    const nextStepDueOn = next ? workday(addDays(occurredOn, random.whole(6, 16))) : null;
    const isForgotten = (dayNumber(occurredOn) + this.activities.length) % STEPS_FORGOTTEN === 0;
    this.activities.push({
      partnerId,
      type,
      stage: stageOn(deal.stages, occurredOn),
      involvement: activityOf(type)?.involvement ?? "supportive",
      occurredOn,
      recordedOn,
      proof,
      provenOn: null,
      vouchedOn,
      nextStep,
      nextStepDueOn,
      stepDoneOn: isForgotten ? null : nextStepDueOn,
    });
  }
}
