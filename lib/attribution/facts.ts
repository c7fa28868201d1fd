import type {
  DealOutcome,
  DealType,
  EvidenceSource,
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
  /** The last day on which amount, currency, type, route, close or first engagement changed after the close. */
  amendedOn: Day | null;
}

export interface StageEntry {
  stage: Stage;
  enteredOn: Day;
}

export interface PartnerFacts {
  id: string;
  kind: PartnerKind;
  parentId: string | null;
  programs: ProgramMembership[];
}

/** A partner's time in a program, both days included; null has no bound. */
export interface ProgramMembership {
  name: string;
  from: Day | null;
  to: Day | null;
}

/** Who stands behind a fact: what its grade is read from (§2). */
export interface Witness {
  /** The kind of system that recorded the fact at the time; null when none did. */
  source: EvidenceSource | null;
  /** The day on which a second person stood behind it; null when none did. */
  secondHandOn: Day | null;
}

export interface Registration extends Witness {
  id: string;
  partnerId: string;
  submittedOn: Day;
  recordedOn: Day;
  status: RegistrationStatus;
  /** Null exactly while pending. */
  decidedOn: Day | null;
}

export interface RoleRow extends Witness {
  id: string;
  partnerId: string;
  role: Role;
  touchStage: Stage;
  touchedOn: Day;
  recordedOn: Day;
  confirmedOn: Day | null;
}

export interface Activity extends Witness {
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
