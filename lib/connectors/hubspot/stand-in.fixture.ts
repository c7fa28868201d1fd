import type { IncomingMessage, ServerResponse } from "node:http";
import { StandIn } from "../stand-in.fixture";

type Properties = Record<string, string | null>;

interface StandInDeal {
  id: string;
  properties: Properties;
  history: { value: string; timestamp: string }[];
  archivedAt?: string;
}

/** What goes wrong with one answer. */
export type Fault = "busy" | "half";

/** A HubSpot account in memory, on loopback, in the shapes of the real one as far as it is asked. */
export class StandInAccount extends StandIn {
  readonly deals: StandInDeal[] = [];
  readonly companies = new Map<string, string>();
  /** By deal and company. */
  readonly labels = new Map<string, { toObjectId: string; associationTypes: object[] }[]>();
  fault: (path: string) => Fault | null = () => null;
  page = 3;
  #clock = Date.parse("2026-03-01T08:00:00.000Z");

  now(): string {
    this.#clock += 60_000;
    return new Date(this.#clock).toISOString();
  }

  add(id: string, properties: Properties): void {
    const at = this.now();
    const own = { createdate: at, hs_lastmodifieddate: at, ...properties };
    this.deals.push({ id, properties: own, history: [{ value: properties.dealstage!, timestamp: at }] });
  }

  change(id: string, properties: Properties): void {
    const deal = this.deals.find((one) => one.id === id)!;
    const at = this.now();
    if (properties.dealstage) deal.history.unshift({ value: properties.dealstage, timestamp: at });
    Object.assign(deal.properties, properties, { hs_lastmodifieddate: at });
  }

  archive(id: string): void {
    this.deals.find((one) => one.id === id)!.archivedAt = this.now();
  }

  /** As HubSpot has it: the primary association, and one a label. */
  associate(id: string, company: string, label: { typeId: number; label: string } | null): void {
    const own = label
      ? { category: "USER_DEFINED", ...label }
      : { category: "HUBSPOT_DEFINED", typeId: 5, label: "Primary" };
    const all = this.labels.get(id) ?? [];
    all.push({
      toObjectId: company,
      associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 341, label: null }, own],
    });
    this.labels.set(id, all);
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.address);
    this.asked.push(url.pathname);
    let body = "";
    for await (const piece of request) body += piece;
    const send = (status: number, value: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof value === "string" ? value : JSON.stringify(value));
    };
    if (request.headers.authorization !== "Bearer token")
      return send(401, { status: "error", message: "Authentication credentials not found." });
    const fault = this.fault(url.pathname);
    if (fault === "busy")
      return send(
        429,
        { status: "error", message: "You have reached your secondly limit." },
        { "retry-after": "0" },
      );
    const answer = this.#of(url, body === "" ? {} : JSON.parse(body));
    const whole = JSON.stringify(answer);
    send(
      answer === undefined ? 404 : 200,
      fault === "half" ? whole.slice(0, whole.length / 2) : (whole ?? "{}"),
    );
  }

  #of(
    url: URL,
    body: {
      inputs?: { id: string; properties?: Properties }[];
      limit?: number;
      sorts?: { direction: string }[];
      filterGroups?: { filters: { value: string }[] }[];
    },
  ): unknown {
    const ids = (body.inputs ?? []).map(({ id }) => id);
    const standing = this.deals.filter(({ archivedAt }) => !archivedAt);
    switch (url.pathname) {
      case "/account-info/v3/details":
        return { portalId: 62, accountType: "STANDARD", uiDomain: "app.hubspot.com" };
      case "/crm/v3/pipelines/deals":
        return { results: PIPELINES };
      case "/crm/v3/properties/deals":
        return { results: PROPERTIES };
      case "/crm/v4/associations/deals/companies/labels":
        return {
          results: [
            { category: "HUBSPOT_DEFINED", typeId: 5, label: "Primary" },
            { category: "USER_DEFINED", typeId: 17, label: "Referral partner" },
          ],
        };
      case "/crm/v3/owners":
        return {
          results:
            url.searchParams.get("archived") === "false"
              ? [{ id: "9", firstName: "Ana", lastName: "Ruiz", email: "ana@x.test" }]
              : [],
        };
      case "/crm/v3/objects/deals":
        return this.#listed(url);
      case "/crm/v3/objects/deals/search":
        return this.#found(standing, body);
      case "/crm/v3/objects/deals/batch/read":
        return {
          results: standing
            .filter(({ id }) => ids.includes(id))
            .map(({ id, properties, history }) => ({
              id,
              properties,
              propertiesWithHistory: { dealstage: history },
            })),
        };
      case "/crm/v4/associations/deals/companies/batch/read":
        return {
          results: ids.flatMap((id) =>
            this.labels.has(id) ? [{ from: { id }, to: this.labels.get(id) }] : [],
          ),
        };
      case "/crm/v3/objects/companies/batch/read":
        return { results: ids.map((id) => ({ id, properties: { name: this.companies.get(id) ?? null } })) };
      case "/crm/v3/objects/deals/batch/update":
        for (const { id, properties } of body.inputs ?? []) this.change(id, properties!);
        return { results: ids.map((id) => ({ id })) };
      default: {
        const deal = standing.find(({ id }) => url.pathname === `/crm/v3/objects/deals/${id}`);
        return deal && { id: deal.id, properties: deal.properties };
      }
    }
  }

  #listed(url: URL) {
    const isArchived = url.searchParams.get("archived") === "true";
    const from = Number(url.searchParams.get("after") ?? 0);
    const all = this.deals.filter(({ archivedAt }) => isArchived === (archivedAt !== undefined));
    const results = all
      .slice(from, from + this.page)
      .map(({ id, properties, archivedAt }) => ({ id, properties, archivedAt }));
    return {
      results,
      ...(from + this.page < all.length && { paging: { next: { after: String(from + this.page) } } }),
    };
  }

  #found(
    standing: readonly StandInDeal[],
    body: {
      limit?: number;
      sorts?: { direction: string }[];
      filterGroups?: { filters: { value: string }[] }[];
    },
  ) {
    const at = ({ properties }: StandInDeal) => Date.parse(properties.hs_lastmodifieddate!);
    const since = Number(body.filterGroups?.[0]?.filters[0]?.value ?? 0);
    const way = body.sorts?.[0]?.direction === "DESCENDING" ? -1 : 1;
    const all = standing
      .filter((deal) => at(deal) >= since)
      .sort((one, other) => (at(one) - at(other)) * way);
    return {
      total: all.length,
      results: all.slice(0, body.limit).map(({ id, properties }) => ({ id, properties })),
    };
  }
}

const stage = (id: string, label: string, isClosed: string, probability: string) => ({
  ...{ id, label },
  metadata: { isClosed, probability },
});
const PIPELINES = [
  {
    ...{ id: "default", label: "Sales Pipeline" },
    stages: [
      stage("appointmentscheduled", "Appointment Scheduled", "false", "0.2"),
      stage("contractsent", "Contract Sent", "false", "0.9"),
      stage("closedwon", "Closed Won", "true", "1.0"),
      stage("closedlost", "Closed Lost", "true", "0.0"),
    ],
  },
];
const PROPERTIES = [
  {
    name: "dealtype",
    label: "Deal Type",
    hubspotDefined: true,
    options: [{ value: "newbusiness", label: "New Business" }],
  },
  { name: "partner_outcome", label: "Partner outcome", modificationMetadata: { readOnlyValue: false } },
];
