import { StandInOrg } from "@/lib/connectors/salesforce/stand-in.fixture";

/** Ids as Salesforce writes them, 15 characters. */
export const id = (prefix: "006" | "001" | "005" | "00I", nth: number) =>
  `${prefix}000000000${String(nth).padStart(3, "0")}`;

const STAGES = [
  { MasterLabel: "Prospecting", IsClosed: false, IsWon: false, DefaultProbability: 10, SortOrder: 1 },
  {
    MasterLabel: "Proposal/Price Quote",
    IsClosed: false,
    IsWon: false,
    DefaultProbability: 75,
    SortOrder: 2,
  },
  { MasterLabel: "Closed Won", IsClosed: true, IsWon: true, DefaultProbability: 100, SortOrder: 3 },
  { MasterLabel: "Closed Lost", IsClosed: true, IsWon: false, DefaultProbability: 0, SortOrder: 4 },
];

/** An org of seven opportunities at three accounts, with two partners on three of them. */
export async function madeOrg(): Promise<StandInOrg> {
  const org = await new StandInOrg().open();
  for (const stage of STAGES)
    org.add("OpportunityStage", { ...stage, ApiName: stage.MasterLabel, IsActive: true });
  for (const [nth, role] of ["VAR/Reseller", "System Integrator", "Lender"].entries())
    org.add("PartnerRole", { MasterLabel: role, ApiName: role, SortOrder: nth });
  for (let nth = 1; nth <= 5; nth++)
    org.add("Account", { Id: id("001", nth), Name: `Customer ${nth}`, MasterRecordId: null });
  for (let nth = 1; nth <= 7; nth++) addDeal(org, nth);
  addPartner(org, { deal: 1, nth: 1, account: 4, role: "System Integrator", by: 1 });
  addPartner(org, { deal: 2, nth: 3, account: 4, role: "VAR/Reseller", by: 9 });
  addPartner(org, { deal: 3, nth: 5, account: 5, role: "Lender", by: 9 });
  return org;
}

export function addDeal(org: StandInOrg, nth: number): void {
  const customer = ((nth - 1) % 3) + 1;
  const made = org.add("Opportunity", {
    ...{ Id: id("006", nth), Name: `Deal ${nth}`, AccountId: id("001", customer) },
    ...{ Account: { Name: `Customer ${customer}` }, StageName: "Proposal/Price Quote", Amount: 1000.5 * nth },
    ...{
      Probability: 75,
      CloseDate: "2026-06-30",
      Type: "New Customer",
      ForecastCategory: "Pipeline",
      NextStep: null,
    },
    ...{
      IsClosed: false,
      IsWon: false,
      OwnerId: id("005", 1),
      Owner: { Name: "Ana Ruiz" },
      LastStageChangeDate: null,
    },
  });
  const at = (StageName: string) => ({
    Id: `008${org.objects.OpportunityHistory!.length}`,
    OpportunityId: made.Id,
    StageName,
  });
  org.add("OpportunityHistory", at("Prospecting"));
  // Another change of the same stage: an amount, and no entry.
  org.add("OpportunityHistory", at("Prospecting"));
  org.add("OpportunityHistory", at("Proposal/Price Quote"));
  org.changed(id("006", nth), "Amount", [null, 1000.5 * nth], { DataType: "Currency" });
}

/** As Salesforce makes it: two rows that name each other, the second of the customer's side. */
export function addPartner(
  org: StandInOrg,
  { deal, nth, account, role, by }: { deal: number; nth: number; account: number; role: string; by: number },
): void {
  const { AccountId, Id } = org.find("Opportunity", id("006", deal));
  const [one, other] = [id("00I", nth), id("00I", nth + 1)];
  const shared = { OpportunityId: Id, CreatedById: id("005", by), Role: role };
  org.add("OpportunityPartner", {
    ...{ ...shared, Id: one, AccountToId: id("001", account), AccountTo: { Name: `Customer ${account}` } },
    ReversePartnerId: other,
  });
  org.add("OpportunityPartner", {
    ...{ ...shared, Id: other, AccountToId: AccountId, AccountTo: { Name: "itself" }, ReversePartnerId: one },
  });
}

export const SETTINGS = {
  stages: {
    Prospecting: { stage: 1, outcome: "open" },
    "Proposal/Price Quote": { stage: 4, outcome: "open" },
    "Closed Won": { stage: 5, outcome: "won" },
    "Closed Lost": { stage: 5, outcome: "lost" },
  },
  types: { "New Customer": "new", "Existing Customer - Upgrade": "expansion" },
  roles: { "VAR/Reseller": "co_seller", "System Integrator": "sourcer", Lender: null, "": null },
};
