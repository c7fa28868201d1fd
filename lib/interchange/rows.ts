import type { Day } from "@/lib/attribution/facts";
import type {
  DealOutcome,
  DealType,
  ForecastCategory,
  Involvement,
  PartnerKind,
  RegistrationStatus,
  Role,
  Route,
  Stage,
} from "@/lib/attribution/vocabulary";
import type { CostSide } from "./kinds";

/**
 * Rows of the interchange format once read: days, minor units, words of the vocabulary. `undefined` is a
 * column that the file does not have, `null` an empty cell. Source: imports.md.
 */
export interface AccountRow {
  id: string;
  name: string;
  domains?: string[];
}

export interface PartnerRow {
  id: string;
  name: string;
  kind: PartnerKind;
  parentId?: string | null;
  /** As lib/interchange/programs.ts writes them. */
  programs?: string[];
  /** Mail address of who looks after it. */
  owner?: string | null;
  /** As lib/interchange/contacts.ts writes them. */
  contacts?: string[];
  /** Ids of the accounts that it is in. */
  accounts?: string[];
}

export interface DealRow {
  id: string;
  account?: string | null;
  /** The account itself, instead of its name. */
  accountId?: string | null;
  owner: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  type: DealType;
  route: Route;
  createdOn: Day;
  closedOn: Day | null;
  outcome: DealOutcome;
  firstEngagedOn?: Day | null;
  recreatedFrom?: string | null;
  name?: string | null;
  /** Where the CRM shows it. */
  crmUrl?: string | null;
  expectedCloseOn?: Day | null;
  /** Percent. */
  probability?: number | null;
  forecastCategory?: ForecastCategory | null;
  nextStep?: string | null;
  /** What the stage gate gave the CRM, as the CRM kept it (domain.md §8.3). */
  gateReceipt?: string | null;
  /** Where the deal stands, as the file says; it adds to the deal's history and is no column of the deal. */
  stands?: Standing | null;
}

export interface Standing {
  stage: Stage;
  /** Since when: as the file says, else the day of closing, else the day of the import. */
  enteredOn: Day;
  enteredTime: string | null;
  /** The file says since when. */
  isDated: boolean;
}

export interface StageRow {
  dealId: string;
  stage: Stage;
  enteredOn: Day;
  /** `HH:mm:ss`, with as much of a fraction as told; null when the file has days. */
  enteredTime: string | null;
}

export interface RegistrationRow {
  id: string;
  /** None before there is a deal: then it names the account. */
  dealId?: string | null;
  partnerId: string;
  submittedOn: Day;
  /** Absent: the day of submission. */
  recordedOn?: Day;
  status: RegistrationStatus;
  /** Absent: the day of record, unless pending. */
  decidedOn?: Day;
  reason?: string | null;
  /** By its name. */
  account?: string | null;
  /** The customer's, as the partner gave it. */
  domain?: string | null;
}

export interface RoleTableRow {
  id: string;
  dealId: string;
  partnerId: string;
  role: Role;
  touchStage: Stage;
  touchedOn: Day;
  recordedOn: Day;
  confirmedOn?: Day | null;
  contact?: string | null;
}

export interface ActivityRow {
  id: string;
  dealId: string;
  partnerId: string;
  type: string;
  stage: Stage;
  occurredOn: Day;
  recordedOn: Day;
  proof?: string | null;
  involvement: Involvement;
  /** Mail address of who looks after its next step. */
  owner?: string | null;
  nextStep?: string | null;
  nextStepDueOn?: Day | null;
}

export interface CostRow {
  quarter: string;
  side: CostSide;
  category: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
}

export interface RateRow {
  quarter: string;
  currency: string;
  /** Reporting currency per unit: an exact decimal without trailing zeros. */
  rate: string;
}

export interface RowOfKind {
  accounts: AccountRow;
  partners: PartnerRow;
  deals: DealRow;
  stage_history: StageRow;
  registrations: RegistrationRow;
  roles: RoleTableRow;
  activities: ActivityRow;
  costs: CostRow;
  rates: RateRow;
}
