import type { RegistrationStatus } from "@/lib/attribution/vocabulary";
import type { Looked } from "@/lib/interchange/connection";
import { HEARD_MAPS, PORTAL_NAMES } from "@/lib/interchange/portal";
import {
  type Cursor,
  type HeardMessage,
  type Opening,
  type Page,
  type Source,
  SourceProblem,
} from "../source";
import { type HeardRecord, recordsIn, registrationsOf } from "./read";

const MESSAGES_A_PAGE = 100;
/** Of the latest messages, so many say what the portal's words are. */
const LOOKED_AT = 500;

/** A partner portal, which is not asked: what it told, in order, is what is read. */
export function openPortal(opening: Opening): Source {
  return new PortalSource(opening);
}

class PortalSource implements Source {
  readonly streams = ["messages"];

  constructor(readonly opening: Opening) {}

  async look(): Promise<Looked> {
    const { settings } = this.opening;
    const messages = await this.#latest();
    if (messages.length === 0)
      throw new SourceProblem(
        "It has told of nothing yet: have the portal send a registration to the address above, signed",
      );
    const records = recordsIn(messages, this.opening);
    const shipped = HEARD_MAPS[settings.portal].statuses;
    const statuses = distinct(records, ({ said }) => said.status);
    const partners = distinct(records, ({ said }) => said.partner);
    return {
      as: `what ${PORTAL_NAMES[settings.portal]} tells`,
      ...{ stages: [], types: [], roles: [], fields: [] },
      statuses: statuses.map(({ said: { status } }) => ({
        ...{ key: status, label: status },
        likely: (shipped[status.trim().toLowerCase()] ?? null) as RegistrationStatus | null,
      })),
      partners: partners.map(({ said: { partner, partnerName } }) => ({
        ...{ key: partner, label: partnerName || partner },
        likely: null,
      })),
      deals: records.length,
    };
  }

  async page(_stream: string, cursor: Cursor | null): Promise<Page> {
    const after = (cursor as { seq: number } | null)?.seq ?? 0;
    const messages = await this.opening.heard(after, MESSAGES_A_PAGE);
    const next = { seq: messages.at(-1)?.seq ?? after };
    const isDone = messages.length < MESSAGES_A_PAGE;
    return { ...this.#read(recordsIn(messages, this.opening)), next, isDone };
  }

  async latest(most: number): Promise<string[]> {
    const records = recordsIn(await this.#latest(), this.opening);
    return records
      .map(({ key }) => key)
      .slice(-most)
      .reverse();
  }

  async deals(ids: readonly string[]) {
    const records = recordsIn(await this.#latest(), this.opening);
    return this.#read(records.filter(({ key }) => ids.includes(key)));
  }

  async raw(id: string): Promise<Record<string, string>> {
    const found = recordsIn(await this.#latest(), this.opening).find(({ key }) => key === id);
    return { ...found?.there };
  }

  /** A portal has no field that is written to. */
  async write(): Promise<Map<string, string>> {
    return new Map();
  }

  #read(records: readonly HeardRecord[]) {
    return { batches: [registrationsOf(records, this.opening)], gone: [] };
  }

  #latest(): Promise<HeardMessage[]> {
    return this.opening.heard(null, LOOKED_AT);
  }
}

/** Of the records that say the same the first; those that say nothing are left out. */
function distinct(records: readonly HeardRecord[], of: (record: HeardRecord) => string): HeardRecord[] {
  const found = new Map<string, HeardRecord>();
  for (const record of records)
    if (of(record) !== "" && !found.has(of(record))) found.set(of(record), record);
  return [...found.values()];
}
