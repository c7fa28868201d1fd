// Long: one system as one class, with the shapes that it answers in.
import type { DealOutcome, DealType, Role, Stage } from "@/lib/attribution/vocabulary";
import type { Looked } from "@/lib/interchange/connection";
import type { Cursor, GoneRecord, Opening, Page, Source, Writing } from "../source";
import { type Call, callerOf } from "./client";
import { type Association, type Deal, mergedInto, type OfDeals, type ReadBy, rowsOf } from "./read";

/** With their history HubSpot hands over no more at once. */
const DEALS_A_PAGE = 50;
const ARCHIVED_A_PAGE = 100;
const WRITTEN_AT_ONCE = 100;
const OVERLAP_MS = 60_000;

const PROPERTIES = [
  ...[
    "dealname",
    "amount",
    "dealstage",
    "pipeline",
    "closedate",
    "createdate",
    "hubspot_owner_id",
    "dealtype",
  ],
  ...["hs_deal_stage_probability", "hs_manual_forecast_category", "hs_next_step", "deal_currency_code"],
  ...["hs_lastmodifieddate", "hs_merged_object_ids"],
];

interface Found<T> {
  results: T[];
  total?: number;
  paging?: { next?: { after: string } };
}

interface Archived {
  id: string;
  archivedAt: string;
}

/**
 * HubSpot. First every deal, then those that changed, in order of their last change; what was archived besides. Labels of
 * companies change no deal: a webhook tells of those, or reading from the beginning.
 */
export async function openHubspot(opening: Opening): Promise<Source> {
  return new Hubspot(await callerOf(opening), opening);
}

class Hubspot implements Source {
  readonly streams = ["deals", "archived"];
  #owners: Promise<Map<string, string>> | undefined;
  #shownAt: Promise<string> | undefined;

  constructor(
    readonly call: Call,
    readonly opening: Opening,
  ) {}

  async look(): Promise<Looked> {
    const [account, pipelines, properties, labels, counted] = await Promise.all([
      this.call<{ portalId: number; accountType: string }>("GET", "/account-info/v3/details"),
      this.call<Found<Pipeline>>("GET", "/crm/v3/pipelines/deals"),
      this.call<Found<Property>>("GET", "/crm/v3/properties/deals"),
      this.call<Found<{ category: string; typeId: number; label: string | null }>>(
        "GET",
        "/crm/v4/associations/deals/companies/labels",
      ),
      this.call<Found<Deal>>("POST", "/crm/v3/objects/deals/search", { limit: 1, filterGroups: [] }),
    ]);
    const own = labels.results.filter(({ category, label }) => category === "USER_DEFINED" && label !== null);
    return {
      as: `HubSpot account ${account.portalId} (${account.accountType.toLowerCase()})`,
      stages: pipelines.results.flatMap((pipeline) =>
        pipeline.stages.map((stage) => ({
          key: stage.id,
          label: pipelines.results.length > 1 ? `${pipeline.label}: ${stage.label}` : stage.label,
          likely: stageOf(stage),
        })),
      ),
      types: (properties.results.find(({ name }) => name === "dealtype")?.options ?? []).map(
        ({ value, label }) => ({
          ...{ key: value, label },
          likely: TYPES[value] ?? null,
        }),
      ),
      roles: own.map(({ label }) => ({ key: label!, label: label!, likely: null as Role | null })),
      fields: properties.results
        .filter(
          ({ hubspotDefined, modificationMetadata }) =>
            !hubspotDefined && !modificationMetadata?.readOnlyValue,
        )
        .map(({ name, label }) => ({ key: name, label })),
      deals: counted.total ?? 0,
    };
  }

  page(stream: string, cursor: Cursor | null): Promise<Page> {
    if (stream === "archived") return this.#archived(cursor as { through: string } | null);
    return cursor?.since !== undefined
      ? this.#changed(cursor as { since: number; seen: string[]; after: string | null })
      : this.#whole(cursor as { after: string; began: number } | null);
  }

  async #whole(cursor: { after: string; began: number } | null): Promise<Page> {
    const began = cursor?.began ?? (await this.#now()) - OVERLAP_MS;
    const after = cursor ? `&after=${cursor.after}` : "";
    const found = await this.call<Found<Deal>>("GET", `/crm/v3/objects/deals?limit=${DEALS_A_PAGE}${after}`);
    const next = found.paging?.next?.after;
    const there = await this.deals(found.results.map(({ id }) => id));
    return {
      ...there,
      next: next === undefined ? { since: began, seen: [], after: null } : { after: next, began },
      isDone: false,
    };
  }

  /** In order of the last change, from the last record on; of one instant, those that were read are left out. */
  async #changed(cursor: { since: number; seen: string[]; after: string | null }): Promise<Page> {
    const { since, seen, after } = cursor;
    const found = await this.call<Found<Deal>>("POST", "/crm/v3/objects/deals/search", {
      filterGroups: [
        { filters: [{ propertyName: "hs_lastmodifieddate", operator: "GTE", value: String(since) }] },
      ],
      sorts: [{ propertyName: "hs_lastmodifieddate", direction: "ASCENDING" }],
      properties: ["hs_lastmodifieddate"],
      limit: DEALS_A_PAGE,
      ...(after !== null && { after }),
    });
    const isDone = found.results.length < DEALS_A_PAGE;
    const news = found.results.filter(({ id }) => !seen.includes(id));
    if (news.length === 0 && (isDone || !found.paging?.next))
      return { batches: [], gone: [], next: { since, seen, after: null }, isDone: true };
    const there = await this.deals(news.map(({ id }) => id));
    const last = changedAt(found.results.at(-1)!);
    const atLast = found.results.filter((deal) => changedAt(deal) === last).map(({ id }) => id);
    const next: Cursor =
      last > since
        ? { since: last, seen: atLast, after: null }
        : {
            since,
            seen: [...new Set([...seen, ...atLast])],
            after: isDone ? null : (found.paging?.next?.after ?? null),
          };
    return { ...there, next, isDone };
  }

  /** Everything that lies in the bin and was put there since. */
  async #archived(cursor: { through: string } | null): Promise<Page> {
    const all: Archived[] = [];
    for (let after = ""; ; ) {
      const found = await this.call<Found<Archived>>(
        "GET",
        `/crm/v3/objects/deals?archived=true&limit=${ARCHIVED_A_PAGE}${after}`,
      );
      all.push(...found.results);
      if (!found.paging?.next) break;
      after = `&after=${found.paging.next.after}`;
    }
    const through = cursor?.through ?? "";
    const fresh = all.filter(({ archivedAt }) => archivedAt > through);
    const gone = fresh.map(({ id: key }): GoneRecord => ({ kind: "deals", key, why: "deleted in HubSpot" }));
    const last = all.reduce((latest, { archivedAt }) => (archivedAt > latest ? archivedAt : latest), through);
    return { batches: [], gone, next: { through: last }, isDone: true };
  }

  async latest(most: number): Promise<string[]> {
    const found = await this.call<Found<Deal>>("POST", "/crm/v3/objects/deals/search", {
      filterGroups: [],
      sorts: [{ propertyName: "hs_lastmodifieddate", direction: "DESCENDING" }],
      limit: Math.min(most, DEALS_A_PAGE),
    });
    return found.results.map(({ id }) => id);
  }

  async deals(ids: readonly string[]): Promise<Omit<Page, "next" | "isDone">> {
    if (ids.length === 0) return { batches: [], gone: [] };
    const { settings, zone, today } = this.opening;
    const inputs = ids.map((id) => ({ id }));
    const properties = [...PROPERTIES, ...(settings.receiptField ? [settings.receiptField] : [])];
    const [{ results: deals }, associated] = await Promise.all([
      this.call<Found<Deal>>("POST", "/crm/v3/objects/deals/batch/read", {
        ...{ inputs, properties, propertiesWithHistory: ["dealstage"] },
      }),
      this.call<Found<{ from: { id: string }; to: Association[] }>>(
        "POST",
        "/crm/v4/associations/deals/companies/batch/read",
        { inputs },
      ),
    ]);
    const companies = new Map(associated.results.map(({ from, to }) => [String(from.id), to]));
    const of: OfDeals = { companies, names: await this.#namesOf(companies), owners: await this.#ownersOf() };
    const by: ReadBy = { settings, zone, today, shownAt: await this.#shown() };
    return { batches: rowsOf(deals, of, by), gone: mergedInto(deals) };
  }

  async raw(id: string): Promise<Record<string, string>> {
    const { properties } = await this.call<Deal>(
      "GET",
      `/crm/v3/objects/deals/${id}?properties=${PROPERTIES.join(",")}`,
    );
    return Object.fromEntries(
      Object.entries(properties).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
  }

  async write(writings: readonly Writing[]): Promise<Map<string, string>> {
    const refused = new Map<string, string>();
    for (let from = 0; from < writings.length; from += WRITTEN_AT_ONCE) {
      const some = writings.slice(from, from + WRITTEN_AT_ONCE);
      const inputs = some.map(({ dealId: id, fields: properties }) => ({ id, properties }));
      const { results = [], errors = [] } = await this.call<{
        results?: { id: string }[];
        errors?: { message: string }[];
      }>("POST", "/crm/v3/objects/deals/batch/update", { inputs });
      const done = new Set(results.map(({ id }) => id));
      for (const { dealId } of some)
        if (!done.has(dealId)) refused.set(dealId, errors[0]?.message ?? "was refused");
    }
    return refused;
  }

  async #namesOf(companies: ReadonlyMap<string, readonly Association[]>): Promise<Map<string, string>> {
    const ids = [...new Set([...companies.values()].flat().map(({ toObjectId }) => String(toObjectId)))];
    const names = new Map<string, string>();
    for (let from = 0; from < ids.length; from += 100) {
      const inputs = ids.slice(from, from + 100).map((id) => ({ id }));
      const { results } = await this.call<Found<{ id: string; properties: { name?: string | null } }>>(
        "POST",
        "/crm/v3/objects/companies/batch/read",
        { inputs, properties: ["name"] },
      );
      for (const { id, properties } of results) if (properties.name) names.set(id, properties.name);
    }
    return names;
  }

  #ownersOf(): Promise<Map<string, string>> {
    this.#owners ??= this.#readOwners();
    return this.#owners;
  }

  /** Those who have left, too: their deals are still theirs. */
  async #readOwners(): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const archived of [true, false])
      for (let after = ""; ; ) {
        const found = await this.call<Found<Owner>>(
          "GET",
          `/crm/v3/owners?limit=100&archived=${archived}${after}`,
        );
        for (const { id, firstName, lastName, email } of found.results)
          names.set(id, [firstName, lastName].filter(Boolean).join(" ") || email || id);
        if (!found.paging?.next) break;
        after = `&after=${found.paging.next.after}`;
      }
    return names;
  }

  #shown(): Promise<string> {
    this.#shownAt ??= this.call<{ portalId: number; uiDomain: string }>(
      "GET",
      "/account-info/v3/details",
    ).then(({ portalId, uiDomain }) => `https://${uiDomain}/contacts/${portalId}/record/0-3`);
    return this.#shownAt;
  }

  /** HubSpot's own time: that of the deal which changed last. */
  async #now(): Promise<number> {
    const found = await this.call<Found<Deal>>("POST", "/crm/v3/objects/deals/search", {
      filterGroups: [],
      sorts: [{ propertyName: "hs_lastmodifieddate", direction: "DESCENDING" }],
      properties: ["hs_lastmodifieddate"],
      limit: 1,
    });
    return found.results[0] ? changedAt(found.results[0]) : OVERLAP_MS;
  }
}

const changedAt = ({ properties }: Deal) => Date.parse(properties.hs_lastmodifieddate!);

interface Pipeline {
  id: string;
  label: string;
  stages: { id: string; label: string; metadata: { isClosed?: string; probability?: string } }[];
}

interface Property {
  name: string;
  label: string;
  hubspotDefined?: boolean;
  modificationMetadata?: { readOnlyValue: boolean };
  options?: { value: string; label: string }[];
}

interface Owner {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
}

const TYPES: Readonly<Record<string, DealType>> = { newbusiness: "new", existingbusiness: "expansion" };
const STOCK: Readonly<Record<string, Stage>> = {
  appointmentscheduled: 1,
  qualifiedtobuy: 2,
  presentationscheduled: 3,
  decisionmakerboughtin: 4,
  contractsent: 5,
};

function stageOf({
  id,
  metadata,
}: Pipeline["stages"][number]): { stage: Stage; outcome: DealOutcome } | null {
  if (metadata.isClosed === "true")
    return { stage: 5, outcome: Number(metadata.probability) > 0 ? "won" : "lost" };
  const known = STOCK[id];
  return known === undefined ? null : { stage: known, outcome: "open" };
}
