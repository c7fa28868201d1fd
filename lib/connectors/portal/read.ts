import { parseDomain } from "@/lib/attribution/field-rules";
import type { RegistrationStatus } from "@/lib/attribution/vocabulary";
import { companyDay } from "@/lib/company-day";
import { refuse } from "@/lib/errors";
import type { ConnectionSettings } from "@/lib/interchange/connection";
import { oneId } from "@/lib/interchange/ids";
import { HEARD_MAPS, type HeardField, type HeardMap } from "@/lib/interchange/portal";
import { batchOf } from "../batch";
import type { HeardMessage, PageBatch } from "../source";

/** A record of a message, by the fields that its map finds; what it does not say is empty. */
export interface HeardRecord {
  /** Its id; of one that has none the message's, so that it is not lost. */
  key: string;
  said: Readonly<Record<HeardField, string>>;
  /** The record as it came, flat. */
  there: Readonly<Record<string, string>>;
  /** The company's day on which the message came. */
  heardOn: string;
}

export interface ReadBy {
  settings: ConnectionSettings;
  zone: string;
  /** The company's. */
  today: string;
}

const NOT_MAPPED = "is not translated yet: say what it is in the connection's settings";

/** The records of messages, the last word on each registration. */
export function recordsIn(
  messages: readonly HeardMessage[],
  { settings, zone, today }: ReadBy,
): HeardRecord[] {
  const map = HEARD_MAPS[settings.portal];
  const last = new Map<string, HeardRecord>();
  for (const { id, body, at } of messages) {
    const heardOn = earlier(companyDay(Date.parse(at), zone), today);
    for (const record of listed(body, map)) {
      const said = Object.fromEntries(
        Object.entries(map.fields).map(([name, places]) => [name, first(record, places)]),
      );
      const key = oneId(said.id || `message ${id}`);
      last.delete(key);
      last.set(key, { key, said: { ...NOTHING, ...said }, there: flat(record), heardOn });
    }
  }
  return [...last.values()];
}

const NOTHING = {
  ...{ id: "", partner: "", partnerName: "", deal: "", account: "" },
  ...{ domain: "", submitted: "", decided: "", status: "", reason: "" },
};

/** The registrations that records become; each that cannot be read is refused alone, by its id. */
export const registrationsOf = (records: readonly HeardRecord[], by: ReadBy): PageBatch =>
  batchOf(
    "registrations",
    records,
    ({ key }) => key,
    (record) => rowOf(record, by),
  );

function rowOf({ said, heardOn }: HeardRecord, { settings, zone }: ReadBy): Row | null {
  if (said.id === "") return refuse("id", "", "the message names no id of the registration");
  const status = statusOf(said.status, settings);
  if (status === null) return null;
  if (said.partner === "") return refuse("partner", "", "the message names no partner");
  const domain = domainIn(said.domain);
  // A clock that is ahead of ours has not submitted it tomorrow.
  const submitted = earlier(said.submitted ? dayOf("submitted", said.submitted, zone) : heardOn, heardOn);
  return {
    values: {
      id: said.id,
      partner_id: settings.partners[said.partner] ?? said.partner,
      submitted_on: submitted,
      recorded_on: heardOn,
      status,
      ...(status !== "pending" && {
        decided_on: earlier(said.decided ? dayOf("decided", said.decided, zone) : heardOn, heardOn),
      }),
      ...(said.deal && { deal_id: said.deal }),
      ...(said.account && { account: said.account }),
      ...(domain && { domain }),
      ...(said.reason && { reason: said.reason.slice(0, 1000) }),
    },
    stays: ["recorded_on", "decided_on"],
  };
}

type Row = Omit<PageBatch["rows"][number], "line">;

const earlier = (one: string, other: string) => (one < other ? one : other);

export function statusOf(said: string, { portal, statuses }: ConnectionSettings): RegistrationStatus | null {
  if (Object.hasOwn(statuses, said)) return statuses[said]!;
  const shipped = HEARD_MAPS[portal].statuses;
  const word = said.trim().toLowerCase();
  return Object.hasOwn(shipped, word) ? shipped[word]! : refuse("status", said, NOT_MAPPED);
}

/** A day, an instant, or milliseconds since 1970. */
function dayOf(field: string, text: string, zone: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  // ServiceNow writes its instants in UTC and does not say so.
  const bare = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) ? `${text.replace(" ", "T")}Z` : text;
  const instant = /^\d{11,14}$/.test(text) ? Number(text) : Date.parse(bare);
  if (Number.isNaN(instant)) return refuse(field, text, "is neither a day nor an instant");
  return companyDay(instant, zone);
}

/** A domain, or that of a mail address or page; what is none says nothing. */
function domainIn(text: string): string {
  try {
    return text && parseDomain("domain", text);
  } catch {
    return "";
  }
}

function listed(body: unknown, { records }: HeardMap): unknown[] {
  for (const place of records) {
    const found = place === "" ? body : at(body, place);
    if (Array.isArray(found)) return found;
    if (typeof found === "object" && found !== null) return [found];
  }
  return [];
}

const at = (record: unknown, place: string): unknown =>
  place
    .split(".")
    .reduce<unknown>(
      (within, name) =>
        typeof within === "object" && within !== null && Object.hasOwn(within, name)
          ? (within as Record<string, unknown>)[name]
          : undefined,
      record,
    );

function first(record: unknown, places: readonly string[]): string {
  for (const place of places) {
    const found = at(record, place);
    if (typeof found === "string" && found.trim() !== "") return found.trim();
    if (typeof found === "number") return String(found);
  }
  return "";
}

/** A record as people look at it: of objects in it the parts. */
function flat(record: unknown, within = ""): Record<string, string> {
  if (typeof record !== "object" || record === null) return {};
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]): [string, string][] => {
      if (typeof value === "object" && value !== null && !Array.isArray(value) && within === "")
        return Object.entries(flat(value, name));
      const path = within ? `${within}.${name}` : name;
      return value === null || value === ""
        ? []
        : [[path, typeof value === "object" ? JSON.stringify(value) : String(value)]];
    }),
  );
}
