import type { IncomingMessage, ServerResponse } from "node:http";
import { StandIn } from "../stand-in.fixture";

/** An opportunity as the stand-in keeps it, in the vendor's shapes. */
export interface StandInOpportunity {
  Id: string;
  LastModifiedDate: string;
  /** What AWS says of its own part; null: there is none yet. */
  aws: { Origin: string; InvolvementType: string } | null;
  [name: string]: unknown;
}

/** AWS Partner Central as far as it is asked: JSON 1.0 under `X-Amz-Target`, signed requests, pages, faults. */
export class StandInAws extends StandIn {
  readonly opportunities: StandInOpportunity[] = [];
  page = 2;
  /** What goes wrong with this call; by the name of the operation and how many were asked. */
  fault: (operation: string, nth: number) => "throttled" | "expired" | "half" | "cut" | null = () => null;

  add(id: string, more: object = {}): void {
    this.opportunities.push({
      ...{ Id: id, Catalog: "AWS", RelatedEntityIdentifiers: {} },
      ...{
        CreatedDate: "2026-05-01T10:00:00Z",
        LastModifiedDate: `2026-05-02T10:00:0${this.opportunities.length}Z`,
      },
      ...{ LifeCycle: { Stage: "Qualified", ReviewStatus: "Approved" }, aws: null, ...more },
    });
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const part of request) text += part;
    const operation = String(request.headers["x-amz-target"]).split(".").at(-1)!;
    this.asked.push(operation);
    const isSigned = /^AWS4-HMAC-SHA256 Credential=AKIA\S+\/us-east-1\/partnercentral-selling\//.test(
      request.headers.authorization ?? "",
    );
    const fault = this.fault(operation, this.asked.length);
    if (fault === "cut") return void request.socket.destroy();
    if (!isSigned || fault === "expired") return refused(response, "ExpiredTokenException");
    if (fault === "throttled") return refused(response, "ThrottlingException");
    const said = this.#said(operation, JSON.parse(text));
    if (said === null) return refused(response, "ResourceNotFoundException");
    const body = JSON.stringify(said);
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
    response.end(fault === "half" ? body.slice(0, body.length / 2) : body);
  }

  #said(operation: string, asked: Record<string, never>): object | null {
    const of = (id: string) => this.opportunities.find(({ Id }) => Id === id) ?? null;
    if (operation === "GetOpportunity") return of(asked.Identifier!);
    if (operation === "GetAwsOpportunitySummary") {
      const found = of(asked.RelatedOpportunityIdentifier!);
      return found?.aws ? { Catalog: "AWS", RelatedOpportunityId: found.Id, ...found.aws } : null;
    }
    const {
      LastModifiedDate: filter,
      NextToken: token,
      Sort: sort,
      MaxResults: most,
    } = asked as unknown as {
      LastModifiedDate?: { AfterLastModifiedDate: string };
      NextToken?: string;
      Sort: { SortOrder: string };
      MaxResults: number;
    };
    const from = Number(token ?? 0);
    const since = filter ? Date.parse(filter.AfterLastModifiedDate) : 0;
    const way = sort.SortOrder === "DESCENDING" ? -1 : 1;
    const all = this.opportunities
      .filter((one) => Date.parse(one.LastModifiedDate) >= since)
      .sort((a, b) => (Date.parse(a.LastModifiedDate) - Date.parse(b.LastModifiedDate)) * way);
    const end = from + Math.min(most, this.page);
    const some = all.slice(from, end);
    return {
      OpportunitySummaries: some.map(({ Id, LastModifiedDate }) => ({
        Catalog: "AWS",
        Id,
        LastModifiedDate,
      })),
      ...(end < all.length && { NextToken: String(end) }),
    };
  }
}

function refused(response: ServerResponse, type: string): void {
  response.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
  response.end(JSON.stringify({ __type: `com.amazon#${type}`, Message: `${type} of the stand-in` }));
}
