// Long: an org that answers on loopback in the shapes of the real one, as far as it is asked.
import type { IncomingMessage, ServerResponse } from "node:http";
import { formsOf } from "@/lib/interchange/ids";
import { StandIn } from "../stand-in.fixture";

export type Rec = Record<string, unknown>;

/** What goes wrong with one answer: the session ended, the org is busy, the answer or the connection is cut. */
export type Fault = "expired" | "busy" | "half" | "cut";

interface Job {
  object: string;
  rows: Rec[];
  fields: string[];
}

/** A Salesforce org in memory. */
export class StandInOrg extends StandIn {
  readonly objects: Record<string, Rec[]> = {
    Opportunity: [],
    OpportunityHistory: [],
    OpportunityFieldHistory: [],
    OpportunityPartner: [],
    Account: [],
    OpportunityStage: [],
    PartnerRole: [],
    Result__c: [],
    Organization: [{ Name: "Larkfield", OrganizationType: "Enterprise Edition" }],
  };
  /** Records that an answer holds at most; more are behind a `nextRecordsUrl`. */
  chunk = 3;
  bulkChunk = 2;
  /** What was deleted for good, by object: the bin does not have it any more. */
  readonly purged: Record<string, { id: string; deletedDate: string }[]> = { Opportunity: [], Partner: [] };
  /** Before it the org does not tell what was deleted. */
  earliest = "2026-01-01T00:00:00.000+0000";
  /** Asked before each answer, with what was asked. */
  fault: (path: string) => Fault | null = () => null;
  signIns = 0;
  #token = "token-0";
  #jobs = new Map<string, Job>();
  #more = new Map<string, Rec[]>();
  #clock = Date.parse("2026-03-01T08:00:00.000Z");

  /** A later instant than all before, as the org writes it. */
  now(): string {
    this.#clock += 60_000;
    return new Date(this.#clock).toISOString().replace("Z", "+0000");
  }

  /** From then on it writes later instants. */
  passes(to: string): void {
    this.#clock = Date.parse(to);
  }

  add(object: string, record: Rec): Rec {
    const made = { IsDeleted: false, CreatedDate: this.now(), ...record };
    const whole = { SystemModstamp: made.CreatedDate, ...made };
    this.objects[object]!.push(whole);
    return whole;
  }

  change(object: string, id: string, changes: Rec): void {
    const found = this.objects[object]!.find(({ Id }) => Id === id)!;
    Object.assign(found, changes, { SystemModstamp: this.now() });
  }

  find(object: string, id: string): Rec {
    return this.objects[object]!.find(({ Id }) => Id === id)!;
  }

  /** Deletes it past the bin, as it is after fifteen days there. */
  purge(object: "Opportunity" | "OpportunityPartner", id: string): void {
    const rows = this.objects[object]!;
    rows.splice(
      rows.findIndex(({ Id }) => Id === id),
      1,
    );
    const asked = object === "Opportunity" ? object : "Partner";
    this.purged[asked]!.push({ id: formsOf(id)[1]!, deletedDate: this.now() });
  }

  /** A change as field history has it; of a lookup a second row tells the ids. */
  changed(deal: string, Field: string, [OldValue, NewValue]: [unknown, unknown], more: Rec = {}): void {
    const nth = this.objects.OpportunityFieldHistory!.length + 1;
    this.add("OpportunityFieldHistory", {
      ...{ Id: `017${String(nth).padStart(12, "0")}`, OpportunityId: deal, Field, OldValue, NewValue },
      ...{ DataType: "Text", CreatedBy: { Name: "Ana Ruiz" }, ...more },
    });
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.address);
    const path = decodeURIComponent(url.pathname + url.search);
    const body = await text(request);
    const send = (status: number, value: unknown, headers: Record<string, string> = {}) => {
      const isText = typeof value === "string";
      response.writeHead(status, { "content-type": isText ? "text/csv" : "application/json", ...headers });
      response.end(isText ? value : JSON.stringify(value));
    };
    if (url.pathname === "/services/oauth2/token") {
      const form = new URLSearchParams(body);
      if (form.get("client_secret") !== "secret")
        return send(400, { error: "invalid_client", error_description: "invalid client credentials" });
      this.signIns++;
      this.#token = `token-${this.signIns}`;
      return send(200, { access_token: this.#token, instance_url: this.address, token_type: "Bearer" });
    }
    this.asked.push(path);
    const fault = this.fault(path);
    if (fault === "expired" || request.headers.authorization !== `Bearer ${this.#token}`)
      return send(401, [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }]);
    if (fault === "busy") return send(503, [{ message: "Server is busy", errorCode: "SERVER_UNAVAILABLE" }]);
    const answer = this.#tried(request.method!, url, body);
    if (fault === "half" || fault === "cut") {
      const whole = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
      const type = typeof answer.body === "string" ? "text/csv" : "application/json";
      response.writeHead(200, { "content-type": type, ...answer.headers });
      const half = whole.slice(0, Math.floor(whole.length / 2));
      if (fault === "half") return void response.end(half);
      return void response.write(half, () => request.socket.destroy());
    }
    send(answer.status ?? 200, answer.body, answer.headers);
  }

  #tried(method: string, url: URL, body: string): ReturnType<StandInOrg["answerOf"]> {
    try {
      return this.answerOf(method, url, body);
    } catch (error) {
      return { status: 400, body: [{ message: String(error), errorCode: "MALFORMED_QUERY" }] };
    }
  }

  answerOf(
    method: string,
    url: URL,
    body: string,
  ): { status?: number; body: unknown; headers?: Record<string, string> } {
    const path = url.pathname.replace(/^\/services\/data\/v62\.0/, "");
    if (path === "/queryAll") return { body: this.#cut(this.#run(url.searchParams.get("q")!).rows) };
    if (path.startsWith("/query/")) return { body: this.#cut(this.#more.get(path)!) };
    if (path === "/sobjects/Result__c/describe")
      return { body: { name: "Result__c", fields: RESULT_FIELDS } };
    if (path === "/sobjects/Opportunity/describe") return { body: { name: "Opportunity", fields: FIELDS } };
    const [, deleted] = /^\/sobjects\/(Opportunity|Partner)\/deleted$/.exec(path) ?? [];
    if (deleted) return this.#deleted(deleted, url.searchParams);
    if (path.startsWith("/sobjects/Opportunity/"))
      return { body: this.find("Opportunity", path.split("/").at(-1)!) };
    if (path === "/composite/sobjects/Result__c/Deal_Id__c" && method === "PATCH")
      return { body: this.#upsert(JSON.parse(body)) };
    if (path === "/composite/sobjects" && method === "PATCH") return { body: this.#update(JSON.parse(body)) };
    if (path === "/jobs/query" && method === "POST") {
      const id = `750${this.#jobs.size}`;
      this.#jobs.set(id, this.#run(JSON.parse(body).query));
      return { body: { id, state: "UploadComplete", createdDate: this.now() } };
    }
    const [, id, results] = /^\/jobs\/query\/(\w+)(\/results)?$/.exec(path) ?? [];
    const job = id === undefined ? undefined : this.#jobs.get(id);
    if (!job)
      return { status: 404, body: [{ message: `no such resource: ${path}`, errorCode: "NOT_FOUND" }] };
    if (!results) return { body: { id, state: "JobComplete" } };
    const from = Number(url.searchParams.get("locator") ?? 0);
    const rows = job.rows.slice(from, from + this.bulkChunk);
    const next = from + this.bulkChunk < job.rows.length ? String(from + this.bulkChunk) : "null";
    const headers = { "sforce-locator": next, "sforce-numberofrecords": String(rows.length) };
    return { body: csvOf(job.fields, rows), headers };
  }

  /** Of the last thirty days, deleted into the bin or past it. */
  #deleted(object: string, params: URLSearchParams): ReturnType<StandInOrg["answerOf"]> {
    const [start, end] = ["start", "end"].map((name) => Date.parse(params.get(name)!)) as [number, number];
    if (end - start > 30 * 86_400_000)
      return {
        status: 400,
        body: [{ message: "startDate before 30 days", errorCode: "INVALID_REPLICATION_DATE" }],
      };
    const rows = this.objects[object === "Partner" ? "OpportunityPartner" : object]!;
    const binned = rows
      .filter(({ IsDeleted }) => IsDeleted)
      .map(({ Id, SystemModstamp }) => ({
        id: formsOf(String(Id))[1]!,
        deletedDate: String(SystemModstamp),
      }));
    const deletedRecords = [...binned, ...this.purged[object]!].filter(({ deletedDate }) => {
      const at = Date.parse(deletedDate.replace("+0000", "Z"));
      return at >= start && at <= end;
    });
    const latestDateCovered = new Date(end).toISOString().replace("Z", "+0000");
    return { body: { deletedRecords, earliestDateAvailable: this.earliest, latestDateCovered } };
  }

  #upsert({ records }: { records: Rec[] }) {
    return records.map(({ attributes: _, ...record }) => {
      const known = this.objects.Result__c!.find((one) => one.Deal_Id__c === record.Deal_Id__c);
      if (known) Object.assign(known, record);
      else this.add("Result__c", record);
      return { success: true, errors: [], created: !known };
    });
  }

  #update({ records }: { records: Rec[] }) {
    return records.map(({ attributes: _, Id, ...changes }) => {
      const isOurs = Object.keys(changes).every((name) => name.endsWith("__c"));
      if (isOurs) this.change("Opportunity", String(Id).slice(0, 15), changes);
      return isOurs
        ? { id: Id, success: true, errors: [] }
        : { success: false, errors: [{ message: "field is not writeable", statusCode: "INVALID_FIELD" }] };
    });
  }

  #cut(rows: Rec[]) {
    const records = rows.slice(0, this.chunk).map((row) => ({ attributes: { type: "x" }, ...row }));
    if (rows.length <= this.chunk) return { totalSize: rows.length, done: true, records };
    const url = `/query/01g${this.#more.size}-${this.chunk}`;
    this.#more.set(url, rows.slice(this.chunk));
    return { totalSize: rows.length, done: false, nextRecordsUrl: `/services/data/v62.0${url}`, records };
  }

  /** The SOQL that is asked, and no more of it. */
  #run(soql: string): Job {
    const found = /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (.+?))?(?: LIMIT (\d+))?$/.exec(
      soql,
    );
    if (!found) throw new Error(`the stand-in does not know this query: ${soql}`);
    const [, select, object, where, order, limit] = found;
    const fields = select!.split(", ");
    let rows = this.objects[object!]!.filter((row) => !where || this.#holds(row, where));
    if (fields[0]!.startsWith("COUNT("))
      return { object: object!, fields: ["many"], rows: [{ many: rows.length }] };
    for (const key of (order ?? "").split(", ").filter(Boolean).reverse()) {
      const [name, down] = key.split(" ");
      rows = rows.toSorted(
        (a, b) => (a[name!]! < b[name!]! ? -1 : a[name!]! > b[name!]! ? 1 : 0) * (down ? -1 : 1),
      );
    }
    return { object: object!, fields, rows: rows.slice(0, limit ? Number(limit) : rows.length) };
  }

  #holds(row: Rec, where: string): boolean {
    const after = /\((\w+) > (\S+) OR \(\w+ = \S+ AND Id > '(\w*)'\)\)/.exec(where);
    const isAfter = (stamp: string, since: string, id: string) => {
      const at = Date.parse(String(row[stamp]).replace("+0000", "Z"));
      return at > Date.parse(since) || (at === Date.parse(since) && String(row.Id) > id);
    };
    const within = /(\w+) IN \(([^()]*)\)/.exec(where.replace(after?.[0] ?? " ", ""));
    const isDeal = ({ AccountId }: Rec) => AccountId === row.Id;
    return (
      (!after || isAfter(after[1]!, after[2]!, after[3]!)) &&
      (!where.includes("IsDeleted = false") || row.IsDeleted === false) &&
      (!where.includes("IN (SELECT AccountId FROM Opportunity)") || this.objects.Opportunity!.some(isDeal)) &&
      (!within ||
        within[2]!.startsWith("SELECT") ||
        within[2]!.split(",").some((one) => sameId(one.slice(1, -1), row[within[1]!])))
    );
  }
}

/** An org takes an id in both its forms. */
const sameId = (one: string, other: unknown) => one.slice(0, 15) === String(other).slice(0, 15);

const FIELDS = [
  ...["Id", "Name", "StageName", "LastStageChangeDate"].map((name) => ({
    name,
    label: name,
    custom: false,
    updateable: true,
  })),
  {
    ...{ name: "Type", label: "Type", custom: false, updateable: true },
    picklistValues: [
      { value: "New Customer", label: "New Customer", active: true },
      { value: "Existing Customer - Upgrade", label: "Existing Customer - Upgrade", active: true },
    ],
  },
  ...["Outcome__c", "Partner__c", "Link__c", "Receipt__c"].map((name) => ({
    name,
    label: name,
    custom: true,
    updateable: true,
  })),
];

const RESULT_FIELDS = ["Deal_Id__c", "Opportunity__c", "Outcome__c", "Partner__c"].map((name) => ({
  ...{ name, label: name, custom: true, updateable: true },
}));

function csvOf(fields: readonly string[], rows: readonly Rec[]): string {
  const cell = (row: Rec, field: string) => {
    const value = field.split(".").reduce<unknown>((at, name) => (at as Rec | null)?.[name], row);
    return value === null || value === undefined ? "" : `"${String(value).replaceAll('"', '""')}"`;
  };
  const lines = [
    fields.map((field) => `"${field}"`),
    ...rows.map((row) => fields.map((field) => cell(row, field))),
  ];
  return `${lines.map((line) => line.join(",")).join("\n")}\n`;
}

async function text(request: IncomingMessage): Promise<string> {
  let all = "";
  for await (const piece of request) all += piece;
  return all;
}
