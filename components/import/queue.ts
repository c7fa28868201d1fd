import type { Outputs } from "@/lib/api/client";
import type { EvidenceSource } from "@/lib/attribution/vocabulary";
import type { Kind, RefusedRow } from "@/lib/interchange/kinds";
import { KINDS } from "@/lib/interchange/kinds";
import type { Mapping } from "@/lib/interchange/mapping";
import { capital, codeWords } from "@/lib/text/words";
import type { Survey } from "./survey";

export interface Counts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  /** Rows that the mapping leaves out. */
  leftOut: number;
}

export type Change = Outputs["importPreview"]["changes"][number];

/** The name under which new rows are counted among the fields. */
export const NEW = "new row";

/** What a file would change, field by field. */
export interface Changes {
  /** How many rows, of which the first are kept. */
  all: number;
  rows: readonly Change[];
  /** In how many rows each field would change; new ones apart. */
  fields: ReadonlyMap<string, number>;
}

/** What landing a file would do, or did. */
export interface Outcome extends Counts {
  changes: Changes;
  rows: readonly RefusedRow[];
  /** Rows that only wait for a file that lands before this one; refused if that file does not bring them. */
  waiting: number;
  /** How its columns were found to be written, and what was no row. */
  notes: readonly string[];
  /** The file's entry in the list of imports, once its first rows have landed. */
  importId: string | null;
}

export type FileState =
  | { at: "reading" }
  /** Foreign, and nobody said yet how it is read. */
  | { at: "unmapped" }
  | { at: "ready" }
  | { at: "checking"; done: number }
  | { at: "checked"; preview: Outcome }
  | { at: "landing"; done: number }
  | { at: "landed"; report: Outcome }
  /** Not read or landed to its end; what landed stays, and again changes nothing of it. */
  | { at: "refused"; reason: string; report: Outcome | null };

/** A row that was refused, as somebody wrote it anew: the cells of its line. */
export interface Fix {
  line: number;
  cells: readonly string[];
}

/** One chosen file on its way from the disk to the database. */
export interface QueuedFile {
  key: string;
  file: File;
  survey: Survey | null;
  kind: Kind | null;
  /** Null for a file that is in the format itself. */
  mapping: Mapping | null;
  /** It stands for what is stored on its deals: their history, role rows under a new id. */
  replaces: boolean;
  /** Deals of it that were removed here are entered again. */
  bringsBack: boolean;
  /** Rows of it written anew, which stand for those of their lines. */
  fixes: readonly Fix[];
  /** Of rows written anew: the file that they are of, and its lines by their own. */
  fixed?: { of: File; lines: ReadonlyMap<number, number> };
  /** Name of the saved mapping that reads it. */
  mappingName: string | null;
  /** The system that it came from, or none, as somebody says; absent: as its mapping says. */
  source?: EvidenceSource | null;
  state: FileState;
}

/** The system that a file came from. */
export const sourceOf = ({ source, mapping }: QueuedFile): EvidenceSource | null =>
  source === undefined ? (mapping?.source ?? null) : source;

/** In the order in which kinds land (imports.md); of one kind, in the order they were chosen. */
export function inOrder(files: readonly QueuedFile[]): QueuedFile[] {
  const place = ({ kind }: QueuedFile) => (kind ? KINDS.indexOf(kind) : KINDS.length);
  return [...files].sort((a, b) => place(a) - place(b));
}

export const KIND_LABELS: Readonly<Record<Kind, string>> = {
  accounts: "Accounts",
  partners: "Partners",
  deals: "Deals",
  stage_history: "Stage history",
  registrations: "Registrations",
  roles: "Role table",
  activities: "Activities",
  costs: "Costs",
  rates: "Rates",
};

/** `created_on` as `Created on`. */
export function fieldLabel(name: string): string {
  return capital(codeWords(name));
}
