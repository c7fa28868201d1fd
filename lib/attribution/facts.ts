import type {
  DealOutcome,
  DealType,
  Involvement,
  Model,
  Outcome,
  PartnerKind,
  RegistrationStatus,
  Role,
  Route,
  Stage,
} from "./vocabulary";

/** A calendar day, `YYYY-MM-DD`. Compares correctly as a string. */
export type Day = string;

/** The facts document of one deal: all that classification may know. Source: domain.md §2. */
export interface Facts {
  asOf: Day;
  deal: DealFacts;
  /** In order of entry. */
  stages: StageEntry[];
  partners: PartnerFacts[];
  registrations: Registration[];
  roles: RoleRow[];
  activities: Activity[];
  rulings: Ruling[];
  cohort: {
    /** Whole or half days; null when fewer than five comparable deals. */ medianCycleDays: number | null;
  };
}

export interface DealFacts {
  id: string;
  /** Whole minor units of `currency`. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  type: DealType;
  route: Route;
  createdOn: Day;
  closedOn: Day | null;
  outcome: DealOutcome;
  firstEngagedOn: Day | null;
  recreatedFrom: string | null;
}

export interface StageEntry {
  stage: Stage;
  enteredOn: Day;
}

export interface PartnerFacts {
  id: string;
  kind: PartnerKind;
  parentId: string | null;
  programs: string[];
}

export interface Registration {
  id: string;
  partnerId: string;
  submittedOn: Day;
  status: RegistrationStatus;
}

export interface RoleRow {
  id: string;
  partnerId: string;
  role: Role;
  touchStage: Stage;
  touchedOn: Day;
  recordedOn: Day;
  confirmedOn: Day | null;
}

export interface Activity {
  id: string;
  partnerId: string;
  /** A type of the policy's activity menu. */
  type: string;
  stage: Stage;
  occurredOn: Day;
  recordedOn: Day;
  /** `http(s)://…` or `note:…`; null when none was given. */
  proof: string | null;
  involvement: Involvement;
}

export interface Ruling {
  id: string;
  partnerId: string;
  model: Model;
  outcome: Outcome;
  decidedOn: Day;
}
