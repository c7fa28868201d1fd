/** What is read of each object; "?" may be null. Source: Salesforce's object reference. */
export interface Opportunity {
  Id: string;
  Name: string | null;
  AccountId: string | null;
  Account: { Name: string } | null;
  StageName: string;
  Amount: number | null;
  Probability: number | null;
  CloseDate: string;
  Type: string | null;
  ForecastCategory: string | null;
  NextStep: string | null;
  IsClosed: boolean;
  IsWon: boolean;
  IsDeleted: boolean;
  OwnerId: string;
  Owner: { Name: string } | null;
  CreatedDate: string;
  SystemModstamp: string;
  /** Only in an org with several currencies. */
  CurrencyIsoCode?: string | null;
  /** Fields that the company chose. */
  [field: string]: unknown;
}

export interface OpportunityHistory {
  OpportunityId: string;
  StageName: string;
  CreatedDate: string;
}

/** A change of one tracked field. The org lets go of it after 18 to 24 months. */
export interface OpportunityFieldHistory {
  Id: string;
  OpportunityId: string;
  Field: string;
  OldValue: unknown;
  NewValue: unknown;
  /** `EntityId` of the row that tells a lookup's ids. */
  DataType: string;
  CreatedDate: string;
  CreatedBy: { Name: string } | null;
  IsDeleted: boolean;
}

export interface OpportunityPartner {
  Id: string;
  OpportunityId: string;
  AccountToId: string;
  AccountTo: { Name: string } | null;
  Role: string | null;
  /** Its mirror's id: a partner that was made has two rows. */
  ReversePartnerId: string | null;
  CreatedById: string;
  CreatedDate: string;
  SystemModstamp: string;
  IsDeleted: boolean;
}

export interface Account {
  Id: string;
  Name: string;
  SystemModstamp: string;
  IsDeleted: boolean;
  /** Where it was merged into. */
  MasterRecordId: string | null;
}
