import { oneLine } from "@/lib/text/message";
import { isSourceProblem, type Opening, SourceProblem } from "../source";
import type { AwsOpportunity } from "./read";

/** Where the API is; another region has none. */
const REGION = "us-east-1";
const TRIES = 3;
/** How long a throttled account is left alone. */
const THROTTLED_MS = 60_000;
const patienceMs = () => Number(process.env.CONNECTION_PATIENCE_MS) || 60_000;

/** A page of what was changed since a moment, in that order. */
export interface Listed {
  opportunities: { id: string; changedAt: string }[];
  next: string | null;
}

/** What is asked of AWS Partner Central. */
export interface AwsCalls {
  list(asked: {
    since: string | null;
    token: string | null;
    most: number;
    newestFirst?: true;
  }): Promise<Listed>;
  opportunity(id: string): Promise<AwsOpportunity>;
}

/** Calls AWS by its own SDK, which signs (SigV4) and tries again where it is told to wait. */
export async function callsOf({ address, secrets }: Pick<Opening, "address" | "secrets">): Promise<AwsCalls> {
  const sdk = await import("@aws-sdk/client-partnercentral-selling");
  const { accessKeyId = "", secretAccessKey = "" } = secrets;
  const client = new sdk.PartnerCentralSellingClient({
    ...{ endpoint: address, region: REGION, maxAttempts: TRIES },
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: { requestTimeout: patienceMs(), connectionTimeout: patienceMs() },
  });
  const Catalog = "AWS";
  return {
    list: ({ since, token, most, newestFirst }) =>
      calling(async () => {
        const found = await client.send(
          new sdk.ListOpportunitiesCommand({
            ...{ Catalog, MaxResults: most },
            Sort: { SortBy: "LastModifiedDate", SortOrder: newestFirst ? "DESCENDING" : "ASCENDING" },
            ...(token !== null && { NextToken: token }),
            ...(since !== null && { LastModifiedDate: { AfterLastModifiedDate: new Date(since) } }),
          }),
        );
        if (!found.OpportunitySummaries) throw new SourceProblem(CUT);
        const opportunities = found.OpportunitySummaries.map(({ Id, LastModifiedDate }) => ({
          ...{ id: Id ?? "", changedAt: (LastModifiedDate ?? new Date(0)).toISOString() },
        }));
        return { opportunities, next: found.NextToken ?? null };
      }),
    opportunity: (id) =>
      calling(async () => {
        const one = await client.send(new sdk.GetOpportunityCommand({ Catalog, Identifier: id }));
        const aws = await client
          .send(new sdk.GetAwsOpportunitySummaryCommand({ Catalog, RelatedOpportunityIdentifier: id }))
          // Before AWS has a part in it there is none.
          .catch((error: unknown) =>
            nameOf(error) === "ResourceNotFoundException" ? null : Promise.reject(error),
          );
        if (!one.Id || !one.CreatedDate) throw new SourceProblem(CUT);
        const { CreatedDate, LastModifiedDate = CreatedDate, ...rest } = one;
        return {
          ...(rest as Omit<AwsOpportunity, "CreatedDate" | "LastModifiedDate">),
          ...{ CreatedDate: CreatedDate.toISOString(), LastModifiedDate: LastModifiedDate.toISOString() },
          ...(aws && { aws: { Origin: aws.Origin, InvolvementType: aws.InvolvementType } }),
        };
      }),
  };
}

const CUT = "AWS's answer was cut";
const nameOf = (error: unknown) => (error as { name?: string }).name ?? "";

async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw problemOf(error);
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ThrottlingException: "AWS takes no more calls for now",
  AccessDeniedException: "The access key may not do this",
  UnrecognizedClientException: "AWS does not know this access key",
  InvalidSignatureException: "AWS does not know this access key and secret",
  ExpiredTokenException: "The access key has run out",
  TimeoutError: "AWS did not answer in time",
  SyntaxError: CUT,
  ECONNREFUSED: "Nobody answers at this address",
  ENOTFOUND: "There is no such address",
};

function problemOf(error: unknown): SourceProblem {
  if (isSourceProblem(error)) return error;
  const { message = String(error), code = "" } = error as { message?: string; code?: string };
  const name = nameOf(error);
  const said = oneLine(message).slice(0, 300);
  // The SDK calls this a timeout.
  if (/socket hang up|ECONNRESET|aborted/.test(message))
    return new SourceProblem(`The connection was cut (${said})`);
  const known = Object.keys(WORDS).find((one) => one === name || one === code || message.includes(one));
  if (!known) return new SourceProblem(`AWS answered: ${said}`);
  return new SourceProblem(
    `${WORDS[known]} (${said})`,
    known === "ThrottlingException" ? THROTTLED_MS : null,
  );
}
