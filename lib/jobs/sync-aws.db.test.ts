import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TODAY } from "@/lib/commands/commands.fixture";
import { StandInAws } from "@/lib/connectors/aws/stand-in.fixture";
import { loadFacts } from "@/lib/judging/facts";
import { Connected } from "./connections.fixture";

const SECRETS = { accessKeyId: "AKIA0000000000000000", secretAccessKey: "secret" };
const SETTINGS = {
  stages: { Qualified: { stage: 2, outcome: "open" }, Launched: { stage: 5, outcome: "won" } },
  partners: { AWS: "P-2" },
};
const REFERRAL = { Origin: "AWS Referral", InvolvementType: "For Visibility Only" };
const CO_SELL = { Origin: "Partner Referral", InvolvementType: "Co-Sell" };
let aws: StandInAws;
let cloud: Connected;
let dealId: string;

beforeEach(async () => {
  aws = await new StandInAws().open();
  cloud = await Connected.open("aws", aws.address, SECRETS, SETTINGS);
  dealId = await cloud.company.deal();
  aws.add("O1", {
    aws: REFERRAL,
    Customer: { Account: { CompanyName: "Globex", WebsiteUrl: "https://www.globex.example/de" } },
    Project: {
      ExpectedCustomerSpend: [
        { Amount: "5000.00", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" },
      ],
    },
  });
  aws.add("O2", {
    ...{ aws: CO_SELL, PartnerOpportunityIdentifier: dealId },
    RelatedEntityIdentifiers: { AwsMarketplaceOffers: ["arn:aws:offer/1"] },
  });
  aws.add("O3", { aws: CO_SELL });
  aws.add("O4", {
    ...{ PartnerOpportunityIdentifier: dealId },
    aws: { Origin: "Partner Referral", InvolvementType: "For Visibility Only" },
  });
  aws.add("O5");
});
afterEach(async () => {
  await cloud.close();
  await aws.close();
});

const found = async () => ({
  registrations: await cloud.rows(sql`
    select g.id, g.partner_id as partner, a.name as account, g.domain, g.status, g.submitted_on as submitted, g.reason
    from registrations g join accounts a on a.id = g.account_id order by g.id`),
  roles: await cloud.rows(
    sql`select id, deal_id as deal, partner_id as partner, role, touch_stage as stage from role_rows order by id`,
  ),
  routes: await cloud.rows(sql`select route, amount::int as amount from deals`),
});
const EXPECTED = () => ({
  registrations: [
    {
      ...{ id: "O1", partner: "P-2", account: "Globex", domain: "globex.example", status: "pending" },
      ...{ submitted: "2026-05-01", reason: "Expected spend of the customer: 5000.00 USD a month with AWS" },
    },
  ],
  roles: [{ id: "O2-co-sell", deal: dealId, partner: "P-2", role: "co_seller", stage: 2 }],
  // What the customer spends with AWS a month is no amount of the deal.
  routes: [{ route: "marketplace", amount: 1_000_000 }],
});
const problem = async () =>
  (await cloud.rows<{ problem: string | null }>(sql`select problem from connections`))[0]!.problem;

test("a referral waits as a registration, co-selling is a co-seller's row, an offer the marketplace, being seen nothing", async () => {
  await cloud.sync();
  expect(await found()).toEqual(EXPECTED());
  const refused = await cloud.rows(
    sql`select key, refused ->> 'field' as field from source_records where refused is not null`,
  );
  // A deal that nobody has named there is shown, and not lost.
  expect(refused).toEqual([{ key: "O3-co-sell", field: "deal_id" }]);
  await cloud.accept();
  const [facts] = await loadFacts(cloud.company.client.db, [dealId], TODAY, { cohorts: "none" });
  expect(facts?.roles).toMatchObject([{ id: "O2-co-sell", source: "cloud" }]);
});

test("read again nothing changes, and what AWS says anew comes over", async () => {
  await cloud.sync();
  await cloud.ask("replay");
  await cloud.turns();
  expect(await found()).toEqual(EXPECTED());
  Object.assign(aws.opportunities[2]!, {
    ...{ PartnerOpportunityIdentifier: dealId, LastModifiedDate: "2026-05-03T10:00:00Z" },
    aws: { Origin: "AWS Referral", InvolvementType: "For Visibility Only" },
    Customer: { Account: { CompanyName: "Initech" } },
  });
  await cloud.sync();
  const ids = await cloud.rows(sql`select id, deal_id as deal from registrations order by id`);
  expect(ids).toEqual([
    { id: "O1", deal: null },
    { id: "O3", deal: dealId },
  ]);
});

test("throttled, run out, half an answer or cut at any call: it says why, and goes on from the last whole page", async () => {
  const said = new Set<string>();
  for (let nth = 0; nth < 60; nth++) {
    const start = aws.asked.length;
    const fault = (["half", "cut", "expired", "throttled"] as const)[nth % 4]!;
    // One call later each time round, and for as long as the SDK tries it again.
    aws.fault = (_, at) => (at > start + Math.floor(nth / 4) ? fault : null);
    await cloud.ask("sync");
    await cloud.turns(1);
    const now = await problem();
    if (now === null) break;
    said.add(now.replace(/ \(.*/, ""));
  }
  aws.fault = () => null;
  await cloud.sync();
  expect(await found()).toEqual(EXPECTED());
  expect(said).toContain("The access key has run out");
  expect(said).toContain("AWS takes no more calls for now");
  expect(said).toContain("AWS's answer was cut");
  expect(said).toContain("The connection was cut");
}, 300_000);
