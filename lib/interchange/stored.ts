import type { Day } from "@/lib/attribution/facts";
import type { Kind, RefusedRow } from "./kinds";
import type {
  AccountRow,
  ActivityRow,
  CostRow,
  DealRow,
  PartnerRow,
  RateRow,
  RegistrationRow,
  RoleTableRow,
  StageRow,
} from "./rows";

/** Who stands behind a stored row: a file that says it anew is behind it instead. Plans leave this alone. */
export interface Brought {
  /** The file that last said what stands. */
  importId?: string | null;
  changedBy?: string | null;
  vouchedOn?: Day | null;
  vouchedBy?: string | null;
}

/** The columns that an import mirrors, as they are stored. What people add here beside them stays. */
export type StoredOfKind = { [K in Kind]: MirroredOfKind[K] & Brought };

interface MirroredOfKind {
  /** `ofName`: a deal's name made it, and nobody entered or brought it. */
  accounts: Required<AccountRow> & { ofName: boolean };
  /**
   * `ownerId` is the person whose address the file says; `contacts` and `accounts` are what files say of them, as
   * contacts.ts and memberships.ts write it.
   */
  partners: Required<Omit<PartnerRow, "owner">> & { ownerId: string | null };
  /** `accountId` null beside an account: which one, its name decides when it is written. */
  deals: Required<Omit<DealRow, "stands">>;
  /** `seq` is the place in the order of entry. */
  stage_history: StageRow & { seq: number };
  /** A decision made here has its person; null when the file said so. */
  registrations: Omit<
    RegistrationRow,
    "dealId" | "recordedOn" | "decidedOn" | "reason" | "account" | "domain"
  > & {
    dealId: string | null;
    /** The account that it names; of a deal's, the deal says which. */
    accountId: string | null;
    domain: string | null;
    recordedOn: Day;
    decidedOn: Day | null;
    decidedBy: string | null;
    reason: string | null;
  };
  /** `confirmedBy` is the person who confirmed the row here; null when the file said so. */
  roles: Required<RoleTableRow> & { confirmedBy: string | null };
  /** `ownerId` is the person whose address the file says. */
  activities: Required<Omit<ActivityRow, "owner">> & { ownerId: string | null };
  costs: CostRow;
  rates: RateRow;
}

/** What a plan must know of what is stored. */
export interface Known<K extends Kind> {
  /** What stands under the rows' keys; of roles and stage entries, all on the rows' deals, in order. */
  stored: readonly StoredOfKind[K][];
  /** Of deals, all stage entries of theirs, in order; else empty. */
  stages: readonly StoredOfKind["stage_history"][];
  /** Which of the deals that the rows name exist. */
  deals: ReadonlySet<string>;
  /** The people whose mail addresses the rows name, by address; absent for kinds that name none. */
  people?: ReadonlyMap<string, string>;
  /** Of accounts: whose each domain is that the rows name; absent for kinds that name none. */
  domains?: ReadonlyMap<string, { id: string; name: string }>;
  /** Of deals and partners: what the accounts are called whose ids the rows name, by id. */
  accounts?: ReadonlyMap<string, string>;
  /** Of registrations: the accounts that are called as the rows say, by that name. */
  named?: ReadonlyMap<string, string>;
  /** Of accounts: those that a name made, by each name or id of a row that they are called. */
  ofNames?: ReadonlyMap<string, StoredOfKind["accounts"]>;
  /** Of partners: the contacts and the ids of accounts that people entered here, by partner. */
  entered?: ReadonlyMap<string, { contacts: readonly string[]; accounts: readonly string[] }>;
  /** The day of the import. */
  today?: Day;
  /** What the records that the rows name became, by the one that is no partner of its own any more; absent: none did. */
  became?: ReadonlyMap<string, string>;
  /** Of partners: who granted programs that they are in; absent for other kinds. */
  granters?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every partner and its parent; empty for kinds that name no partner. */
  parents: ReadonlyMap<string, string | null>;
}

/** One row to write: what stood, if anything, and what will stand. */
export interface Write<S> {
  /** Of the row that says so; absent where none does. */
  line?: number;
  before: S | null;
  after: S;
  /** Of a registration: the account that it names, which nobody is called yet. */
  account?: string;
}

/** What a batch of rows would do. Every row is counted in exactly one of the four. */
export interface Plan<K extends Kind> {
  created: number;
  updated: number;
  unchanged: number;
  refused: RefusedRow[];
  /** In an order in which each is allowed when those before it are done. */
  writes: Write<StoredOfKind[K]>[];
  /** What the audit log is told where that is not `writes`: an entry that only makes room has not changed. */
  told?: Write<StoredOfKind[K]>[];
  /** Of deals, the stage entries that their rows add. */
  entries?: Plan<"stage_history">;
  /** Rows to remove, before the writes: what a file that replaces does not hold. */
  removed: StoredOfKind[K][];
  /** Ids that rows are known by from now on, from old to new, before the writes. */
  renamed: [from: string, to: string][];
  /** Of accounts: those that a name made and that another one is called from now on. What names them follows, and they go. */
  joined?: { from: StoredOfKind["accounts"]; to: string }[];
}

export function emptyPlan<K extends Kind>(): Plan<K> {
  return { created: 0, updated: 0, unchanged: 0, refused: [], writes: [], removed: [], renamed: [] };
}
