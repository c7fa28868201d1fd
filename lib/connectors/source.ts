import type { ConnectionSettings, Looked, RefusedRecord } from "@/lib/interchange/connection";
import type { DealChange } from "@/lib/interchange/deal-change";
import type { Kind } from "@/lib/interchange/kinds";

/** How far a stream has been read, as the source itself understands it. */
export type Cursor = { readonly [name: string]: Json };
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A column that stays as it was first brought: the source does not say when. */
export type Staying = "touched_on" | "recorded_on" | "touch_stage" | "decided_on";

/** Rows of one kind that a page of a source became. */
export interface PageBatch {
  kind: Exclude<Kind, "costs" | "rates">;
  rows: {
    line: number;
    values: Record<string, string>;
    stays?: Staying[];
  }[];
  refused: RefusedRecord[];
  /** Of these deals the rows are all that the source has. */
  wholeOf: string[];
}

/** What is gone at the source. A deal's `why` is what the log says of its removal. */
export type GoneRecord = { kind: "roles"; key: string } | { kind: "deals"; key: string; why: string };

/** One step through a stream. */
export interface Page {
  /** In the order in which they land. */
  batches: PageBatch[];
  gone: GoneRecord[];
  /** Deals that are known to be sold by a marketplace; absent where the source says nothing of it. */
  byMarketplace?: string[];
  /** What its own history tells of deals, which is kept here for good. */
  changes?: DealChange[];
  /** What it could not tell any more, in words that stand alone. */
  missed?: string;
  /** From where the next page is read; the same as before when nothing was there. */
  next: Cursor;
  /** Nothing more is there for now. */
  isDone: boolean;
  /** The source still prepares it: nothing after it is read before. */
  waits?: true;
}

/** What is written to a deal there, by the name of the field. */
export interface Writing {
  dealId: string;
  fields: Record<string, string>;
}

/** A system that is read page by page and written back to. It keeps nothing: whoever holds its cursor goes on. */
export interface Source {
  /** In the order in which they are read. */
  readonly streams: readonly string[];
  /** Reaches it, and tells what its words are. */
  look(): Promise<Looked>;
  /** The next page of a stream, from its beginning when the cursor is null. */
  page(stream: string, cursor: Cursor | null): Promise<Page>;
  /** The ids of the deals that changed last. */
  latest(most: number): Promise<string[]>;
  /** All that it has on these deals. */
  deals(ids: readonly string[]): Promise<Omit<Page, "next" | "isDone">>;
  /** One deal as it stands there, by its own fields. */
  raw(id: string): Promise<Record<string, string>>;
  /** Writes, and answers why some could not be written, by deal. */
  write(writings: readonly Writing[]): Promise<Map<string, string>>;
}

/** By what a source is opened. */
export interface Opening {
  address: string;
  secrets: Readonly<Record<string, string>>;
  settings: ConnectionSettings;
  /** In which instants become days. */
  zone: string;
  /** The company's. */
  today: string;
  /**
   * What the system told by itself and was kept, in order: so many at the most of those after a place, or, of no place,
   * the last ones.
   */
  heard(after: number | null, most: number): Promise<HeardMessage[]>;
}

/** A message as it was kept. */
export interface HeardMessage {
  /** Its place in the order in which they came. */
  seq: number;
  /** By which the sender knows it. */
  id: string;
  body: unknown;
  /** ISO 8601. */
  at: string;
}

/** A production build holds the class once in each of its bundles (lib/errors.ts): it is known by a brand. */
const BRAND = Symbol.for("countersign.source-problem");

export const isSourceProblem = (error: unknown): error is SourceProblem =>
  typeof error === "object" && error !== null && BRAND in error;

/** Why a source did not answer, in words that stand alone. */
export class SourceProblem extends Error {
  constructor(
    words: string,
    /** How long it asks to be left alone. */
    readonly afterMs: number | null = null,
  ) {
    super(words);
    this.name = "SourceProblem";
    Object.defineProperty(this, BRAND, { value: true });
  }
}
