import type { Day } from "@/lib/attribution/facts";
import { activityOf } from "@/lib/attribution/menu";
import type {
  ActivityType,
  GrayCode,
  Involvement,
  Model,
  Outcome,
  Role,
  Stage,
  TestName,
} from "@/lib/attribution/vocabulary";
import { addDays } from "@/lib/calendar";
import { partnerOf } from "./partners";
import { randomOf } from "./random";
import { type DealStory, stageOn, workday } from "./story";
import { proofOf } from "./wording";

/** What a named deal shows, as classification must find it. */
export interface Shown {
  /** The deal's outcome under a model's preset; every model that is named. */
  outcome: Partial<Record<Model, Outcome>>;
  /** Gray areas under two_bucket, sorted; none when absent. */
  gray?: readonly GrayCode[];
  /** The better outcome that somebody on the deal would have under the preset. */
  disputed?: Partial<Record<Model, Outcome>>;
  /** Tests of the deal's main partner under two_bucket that tell the story. */
  tests?: Partial<Record<TestName, boolean>>;
}

/** A deal that shows a rule or a gray area of domain.md §4 to §6. Days are counted back from the day of telling. */
export interface NamedDeal {
  dealId: string;
  account: string;
  /** In the words of whoever shows it to others. */
  shows: string;
  expect: Shown;
  tale: Tale;
}

/** Days ago: 0 is the day of telling. Weekends become the Friday before. */
type Ago = number;

export interface Tale {
  owner: string;
  /** Major units. */
  amount: number;
  currency?: string;
  type?: DealStory["type"];
  route?: DealStory["route"];
  created: Ago;
  firstEngaged?: Ago;
  recreatedFrom?: string;
  /** After stage 1, which it is created in. */
  stages?: readonly (readonly [Stage, Ago])[];
  won?: Ago;
  lost?: Ago;
  noPartner?: Ago;
  registrations?: readonly { partner: string; submitted: Ago; approved?: Ago; rejected?: Ago }[];
  roles?: readonly RoleTale[];
  activities?: readonly ActivityTale[];
  /** The amount above is what finance accepted; `was` is what it was closed with. */
  corrected?: { was: number; proposed: Ago; accepted: Ago; reason: string };
  /** What both sides decide of its case, on the day of telling. */
  ruled?: { kind: GrayCode; partner: string; outcome: Outcome };
}

interface RoleTale {
  partner: string;
  role: Role;
  touched: Ago;
  /** The day it happened when absent. */
  recorded?: Ago;
  /** The deal's stage on the day when absent. */
  touchStage?: Stage;
  /** The AE's own row when absent; else the partner manager's, confirmed by the AE then, or never. */
  confirmed?: Ago | "never";
}

interface ActivityTale {
  partner: string;
  type: ActivityType;
  on: Ago;
  recorded?: Ago;
  /** True when absent; a number is the day on which it was brought. */
  proof?: boolean | Ago;
  /** The day on which the AE vouched for it; nobody did when absent. */
  vouched?: Ago;
  involvement?: Involvement;
  next?: readonly [step: string, due: Ago];
}

/** The named deal as it goes, seen from the day of telling. */
export function storyOf({ dealId, account, tale }: NamedDeal, today: Day): DealStory {
  const ago = (days: Ago): Day => workday(addDays(today, -days));
  const passed = (days: Ago | undefined): Day | null => (days === undefined ? null : ago(days));
  const createdOn = ago(tale.created);
  const later = (tale.stages ?? []).map(([stage, days]) => ({ stage, on: ago(days) }));
  const stages: DealStory["stages"] = [{ stage: 1, on: createdOn }, ...later];
  const closed = tale.won ?? tale.lost;
  const outcome = tale.won === undefined ? "lost" : "won";
  const random = randomOf(0, dealId);
  return {
    id: dealId,
    account,
    owner: tale.owner,
    amount: Math.round(tale.amount * 100),
    currency: tale.currency ?? "USD",
    type: tale.type ?? "new",
    route: tale.route ?? "direct",
    createdOn,
    firstEngagedOn: passed(tale.firstEngaged),
    recreatedFrom: tale.recreatedFrom ?? null,
    stages,
    close: closed === undefined ? null : { outcome, on: ago(closed) },
    noPartnerOn: passed(tale.noPartner),
    registrations: (tale.registrations ?? []).map(({ partner, submitted, approved, rejected }) => {
      const decided = approved ?? rejected;
      const status = approved === undefined ? "rejected" : "approved";
      return {
        partnerId: partner,
        submittedOn: ago(submitted),
        decided: decided === undefined ? null : { status, on: ago(decided) },
      };
    }),
    roles: (tale.roles ?? []).map(
      ({ partner, role, touched, recorded = touched, touchStage, confirmed }) => ({
        partnerId: partner,
        role,
        contact: random.pick(partnerOf(partner).contacts),
        touchStage: touchStage ?? stageOn(stages, ago(touched)),
        touchedOn: ago(touched),
        recordedOn: ago(recorded),
        by: confirmed === undefined ? "ae" : "partner_manager",
        confirmedOn: confirmed === "never" ? null : ago(confirmed ?? recorded),
      }),
    ),
    activities: (tale.activities ?? []).map(
      ({ partner, type, on, recorded = on, proof = true, vouched, involvement, next }) => ({
        partnerId: partner,
        type,
        stage: stageOn(stages, ago(on)),
        involvement: involvement ?? activityOf(type)?.involvement ?? "supportive",
        occurredOn: ago(on),
        recordedOn: ago(recorded),
        proof: proof === false ? null : proofOf(account, type, ago(on), random),
        provenOn: typeof proof === "number" ? ago(proof) : null,
        vouchedOn: passed(vouched),
        nextStep: next?.[0] ?? null,
        nextStepDueOn: next ? ago(next[1]) : null,
        stepDoneOn: null,
      }),
    ),
    correction: correctionOf(tale, ago),
    ruling: rulingOf(tale, today),
  };
}

function correctionOf({ corrected }: Tale, ago: (days: Ago) => Day): DealStory["correction"] {
  if (!corrected) return null;
  const { was, reason, proposed, accepted } = corrected;
  return { was: Math.round(was * 100), reason, proposedOn: ago(proposed), acceptedOn: ago(accepted) };
}

function rulingOf({ ruled }: Tale, today: Day): DealStory["ruling"] {
  if (!ruled) return null;
  const { kind, partner, outcome } = ruled;
  return { kind, partnerId: partner, outcome, decidedOn: today };
}
