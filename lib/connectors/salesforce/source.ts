// Long: one system as one class, with its queries and the shapes of its answers.
import type { Connection } from "jsforce";
import type { ConnectionSettings, WriteObject } from "@/lib/interchange/connection";
import { formsOf, oneId } from "@/lib/interchange/ids";
import type { Cursor, GoneRecord, Opening, Page, Source, Writing } from "../source";
import { beginQuery, isComplete, readPage } from "./bulk";
import { among, calling, connect, fieldsOf, queryAll } from "./client";
import { changesSince, deletedSince } from "./kept-early";
import { look } from "./look";
import {
  accountsOf,
  accountsOfDeals,
  dealsOf,
  type Entered,
  historyOf,
  partnersOf,
  type ReadBy,
} from "./read";
import type { Account, Opportunity, OpportunityHistory, OpportunityPartner } from "./records";

/** Deals of a page, with their history and partners. */
const DEALS_A_PAGE = 200;
const BULK_ROWS_A_PAGE = 2_000;
const OVERLAP_MS = 60_000;

const HISTORY = "SELECT OpportunityId, StageName, CreatedDate FROM OpportunityHistory";
const HISTORY_ORDER = "ORDER BY OpportunityId, CreatedDate, Id";
const PARTNERS =
  "SELECT Id, OpportunityId, AccountToId, AccountTo.Name, Role, ReversePartnerId, CreatedById, CreatedDate, SystemModstamp, IsDeleted FROM OpportunityPartner";
const EVERY_ACCOUNT = "SELECT Id, Name, SystemModstamp, IsDeleted, MasterRecordId FROM Account";
const ACCOUNTS = `${EVERY_ACCOUNT} WHERE Id IN (SELECT AccountId FROM Opportunity)`;

/**
 * Salesforce. First each object as a whole, by bulk queries of the org's; then by `SystemModstamp` and id, from the last
 * record on, in which what was deleted shows too. A cursor names a record, never an answer of the org's that runs out.
 */
export async function openSalesforce(opening: Opening): Promise<Source> {
  const connection = await connect(opening);
  const { settings, zone, today, address } = opening;
  const by: ReadBy = { settings, zone, today, instanceUrl: address };
  return new Salesforce(connection, by);
}

class Salesforce implements Source {
  readonly streams = ["accounts", "deals", "history", "partners", "changes", "deleted"];
  #fields: Promise<string> | undefined;

  constructor(
    readonly connection: Connection,
    readonly by: ReadBy,
  ) {}

  look() {
    return look(this.connection, this.by.settings.writeObject?.name);
  }

  async page(stream: string, cursor: Cursor | null): Promise<Page> {
    const { connection, by } = this;
    if (stream === "changes") return changesSince(connection, cursor, (deals) => this.#historyOf(deals), by);
    if (stream === "deleted") return deletedSince(connection, cursor, by);
    if (cursor?.since !== undefined) return this.#since(stream, cursor);
    return stream === "partners" ? this.#since(stream, { since: null, id: "" }) : this.#bulk(stream, cursor);
  }

  /** The first load: a bulk query, page by page; `began` is from when on changes are read after it. */
  async #bulk(stream: string, cursor: Cursor | null): Promise<Page> {
    const { connection } = this;
    const nothing = { batches: [], gone: [] };
    if (cursor === null) {
      const { id: job, createdDate } = await beginQuery(connection, await this.#wholeOf(stream));
      // What is written while the query begins may not be in it.
      const began = new Date(Date.parse(utcOf(createdDate)) - OVERLAP_MS).toISOString();
      return { ...nothing, next: { job, began, locator: null, last: null }, isDone: false };
    }
    const { job, began, locator } = cursor as { job: string; began: string; locator: string | null };
    const last = cursor.last as Entered | null;
    if (!(await isComplete(connection, job))) return { ...nothing, next: cursor, isDone: true, waits: true };
    const page = await readPage(connection, job, { locator, most: BULK_ROWS_A_PAGE });
    const read = this.#read(stream, page.rows, last);
    const next: Cursor =
      page.locator === null
        ? { since: began, id: "" }
        : { job, began, locator: page.locator, last: read.last as Cursor | null };
    return { batches: [read.batch], gone: read.gone, next, isDone: false };
  }

  #read(stream: string, rows: Record<string, string>[], last: Entered | null) {
    if (stream === "history")
      return { ...historyOf(rows as unknown as OpportunityHistory[], this.by, last), gone: [] };
    if (stream === "accounts") return { batch: accountsOf(rows.map(accountOf)), last: null, gone: [] };
    const deals = rows.map(opportunityOf);
    const { standing, gone } = sorted(deals);
    return { batch: dealsOf(standing, this.by), last: null, gone };
  }

  async #wholeOf(stream: string): Promise<string> {
    if (stream === "accounts") return ACCOUNTS;
    return stream === "history"
      ? `${HISTORY} ${HISTORY_ORDER}`
      : `SELECT ${await this.#dealFields()} FROM Opportunity`;
  }

  /** What changed since; nothing there leaves the cursor where it is. */
  async #since(stream: string, cursor: Cursor): Promise<Page> {
    const { since, id } = cursor as { since: string | null; id: string };
    const after =
      since === null ? null : `(SystemModstamp > ${since} OR (SystemModstamp = ${since} AND Id > '${id}'))`;
    const rest = `ORDER BY SystemModstamp, Id LIMIT ${DEALS_A_PAGE}`;
    const nothing = { batches: [], gone: [], next: cursor, isDone: true };
    const going = <R extends { Id: string; SystemModstamp: string }>(records: readonly R[]) => {
      const end = records.at(-1)!;
      const next = { since: utcOf(end.SystemModstamp), id: end.Id };
      return { next, isDone: records.length < DEALS_A_PAGE };
    };
    const { connection, by } = this;
    if (stream === "history") return nothing;
    if (stream === "accounts") {
      const accounts = await queryAll<Account>(connection, `${EVERY_ACCOUNT} WHERE ${after} ${rest}`);
      if (accounts.length === 0) return nothing;
      const masters = accounts.flatMap(({ IsDeleted, MasterRecordId }) =>
        IsDeleted && MasterRecordId ? [MasterRecordId] : [],
      );
      const moved = await this.deals(await this.#dealsAt(masters));
      return { batches: [accountsOf(accounts), ...moved.batches], gone: moved.gone, ...going(accounts) };
    }
    if (stream === "deals") {
      const fields = await this.#dealFields();
      const deals = await queryAll<Opportunity>(
        connection,
        `SELECT ${fields} FROM Opportunity WHERE ${after} ${rest}`,
      );
      if (deals.length === 0) return nothing;
      const { standing, gone } = sorted(deals);
      const history = await this.#historyOf(standing);
      const batches = [accountsOfDeals(standing), dealsOf(standing, by), historyOf(history, by).batch];
      return { batches, gone, ...going(deals) };
    }
    const where = after === null ? "" : `WHERE ${after} `;
    const partners = await queryAll<OpportunityPartner>(connection, `${PARTNERS} ${where}${rest}`);
    if (partners.length === 0) return nothing;
    const { batches } = await this.#partnersOn([
      ...new Set(partners.map(({ OpportunityId }) => OpportunityId)),
    ]);
    return { batches, gone: [], ...going(partners) };
  }

  async latest(most: number): Promise<string[]> {
    const found = await queryAll<{ Id: string }>(
      this.connection,
      `SELECT Id FROM Opportunity WHERE IsDeleted = false ORDER BY SystemModstamp DESC LIMIT ${most}`,
    );
    return found.map(({ Id }) => Id);
  }

  async deals(ids: readonly string[]): Promise<Omit<Page, "next" | "isDone">> {
    if (ids.length === 0) return { batches: [], gone: [] };
    const records = await this.#opportunities(ids);
    const { standing, gone } = sorted(records);
    const history = await this.#historyOf(standing);
    const { batches } = await this.#partnersOn(standing.map(({ Id }) => Id));
    const own = [accountsOfDeals(standing), dealsOf(standing, this.by), historyOf(history, this.by).batch];
    return { batches: [...own, ...batches], gone };
  }

  async raw(id: string): Promise<Record<string, string>> {
    const record = await calling(() =>
      this.connection.request<Record<string, unknown>>(`/sobjects/Opportunity/${id}`),
    );
    return Object.fromEntries(
      Object.entries(record).flatMap(([name, value]) =>
        typeof value === "object" || value === null ? [] : [[name, String(value)]],
      ),
    );
  }

  async write(writings: readonly Writing[]): Promise<Map<string, string>> {
    const refused = new Map<string, string>();
    // As many as the org takes in one call.
    for (let from = 0; from < writings.length; from += 200) {
      const some = writings.slice(from, from + 200);
      const records = some.map((writing) => recordOf(writing, this.by.settings.writeObject ?? null));
      const results = await calling(() =>
        this.connection.request<{ success: boolean; errors: { message: string }[] }[]>({
          method: "PATCH",
          url: `/services/data/v${this.connection.version}/composite/sobjects${placeOf(this.by.settings)}`,
          body: JSON.stringify({ allOrNone: false, records }),
          headers: { "content-type": "application/json" },
        }),
      );
      for (const [nth, { success, errors }] of results.entries())
        if (!success) refused.set(some[nth]!.dealId, errors[0]?.message ?? "was refused");
    }
    return refused;
  }

  /** The deals of accounts, and those on which they are partners: a merge moves them without a word of theirs. */
  async #dealsAt(accounts: readonly string[]): Promise<string[]> {
    if (accounts.length === 0) return [];
    const [own, partnered] = await Promise.all([
      queryAll<{ Id: string }>(
        this.connection,
        `SELECT Id FROM Opportunity WHERE AccountId IN ${among(accounts)} ORDER BY Id`,
      ),
      queryAll<OpportunityPartner>(
        this.connection,
        `${PARTNERS} WHERE AccountToId IN ${among(accounts)} ORDER BY Id`,
      ),
    ]);
    return [...new Set([...own.map(({ Id }) => Id), ...partnered.map(({ OpportunityId }) => OpportunityId)])];
  }

  async #partnersOn(ids: readonly string[]) {
    const [deals, partners] = await Promise.all([
      this.#opportunities(ids),
      queryAll<OpportunityPartner>(
        this.connection,
        `${PARTNERS} WHERE OpportunityId IN ${among(ids)} ORDER BY Id`,
      ),
    ]);
    const standing = deals.filter(({ IsDeleted }) => !IsDeleted);
    const history = partners.length > 0 ? await this.#historyOf(standing) : [];
    return { batches: partnersOf(partners, { deals: standing, history }, this.by) };
  }

  async #opportunities(ids: readonly string[]): Promise<Opportunity[]> {
    if (ids.length === 0) return [];
    const fields = await this.#dealFields();
    return queryAll<Opportunity>(
      this.connection,
      `SELECT ${fields} FROM Opportunity WHERE Id IN ${among(ids)} ORDER BY Id`,
    );
  }

  async #historyOf(deals: readonly { Id: string }[]): Promise<OpportunityHistory[]> {
    if (deals.length === 0) return [];
    const ids = among(deals.map(({ Id }) => Id));
    return queryAll<OpportunityHistory>(
      this.connection,
      `${HISTORY} WHERE OpportunityId IN ${ids} ${HISTORY_ORDER}`,
    );
  }

  /** Those that every org has, and those of this one: asked once. */
  #dealFields(): Promise<string> {
    this.#fields ??= this.#describe();
    return this.#fields;
  }

  async #describe(): Promise<string> {
    const fields = await fieldsOf(this.connection);
    const there = new Set(fields.map(({ name }) => name));
    const { receiptField } = this.by.settings;
    const wished = [...OWN_FIELDS, ...(receiptField ? [receiptField] : [])].filter((name) => there.has(name));
    return [...DEAL_FIELDS, ...wished].join(", ");
  }
}

const DEAL_FIELDS = [
  ...["Id", "Name", "AccountId", "Account.Name", "StageName", "Amount", "Probability", "CloseDate", "Type"],
  ...[
    "ForecastCategory",
    "NextStep",
    "IsClosed",
    "IsWon",
    "IsDeleted",
    "OwnerId",
    "Owner.Name",
    "CreatedDate",
  ],
  "SystemModstamp",
];
/** Not in every org, or not since ever. */
const OWN_FIELDS = ["CurrencyIsoCode", "LastStageChangeDate"];

/** Below which records of another object are found by its external id, or made. */
const placeOf = ({ writeObject }: ConnectionSettings) =>
  writeObject ? `/${writeObject.name}/${writeObject.key}` : "";

/** A deal's fields as they are written: to the deal, or to its record of the object that the company named. */
function recordOf({ dealId, fields }: Writing, to: WriteObject | null) {
  const values = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value === "" ? null : value]),
  );
  if (to === null) return { attributes: { type: "Opportunity" }, Id: dealId, ...values };
  // An external id is told apart without its capitals: all eighteen characters.
  const id = formsOf(dealId).at(-1)!;
  const deal = to.deal === null ? {} : { [to.deal]: id };
  return { attributes: { type: to.name }, [to.key]: id, ...deal, ...values };
}

const WHY_GONE = "deleted in Salesforce";

function sorted(deals: readonly Opportunity[]): { standing: Opportunity[]; gone: GoneRecord[] } {
  return {
    standing: deals.filter(({ IsDeleted }) => !IsDeleted),
    gone: deals
      .filter(({ IsDeleted }) => IsDeleted)
      .map(({ Id }) => ({ kind: "deals" as const, key: oneId(Id), why: WHY_GONE })),
  };
}

/** As SOQL writes instants. */
const utcOf = (text: string) => new Date(text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2")).toISOString();

const orNull = (text: string | undefined) => (text === undefined || text === "" ? null : text);
const number = (text: string | undefined) => (orNull(text) === null ? null : Number(text));

/** A row of a bulk query, where all is text and related names are columns (`Account.Name`). */
function opportunityOf(row: Record<string, string>): Opportunity {
  const { "Account.Name": account, "Owner.Name": owner, ...own } = row;
  return {
    ...own,
    AccountId: orNull(row.AccountId),
    Account: orNull(account) === null ? null : { Name: account! },
    Owner: orNull(owner) === null ? null : { Name: owner! },
    Name: orNull(row.Name),
    Type: orNull(row.Type),
    ForecastCategory: orNull(row.ForecastCategory),
    NextStep: orNull(row.NextStep),
    Amount: number(row.Amount),
    Probability: number(row.Probability),
    IsClosed: row.IsClosed === "true",
    IsWon: row.IsWon === "true",
    IsDeleted: row.IsDeleted === "true",
    LastStageChangeDate: orNull(row.LastStageChangeDate),
    CurrencyIsoCode: orNull(row.CurrencyIsoCode),
  } as unknown as Opportunity;
}

const accountOf = (row: Record<string, string>): Account => ({
  ...(row as unknown as Account),
  IsDeleted: row.IsDeleted === "true",
  MasterRecordId: orNull(row.MasterRecordId),
});
