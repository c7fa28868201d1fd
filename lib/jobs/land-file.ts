import type { EvidenceSource } from "@/lib/attribution/vocabulary";
import { type Call, perform } from "@/lib/commands/door";
import { importBatch } from "@/lib/commands/import/import-batch";
import { batchesOf } from "@/lib/connectors/csv/batches";
import type { Note } from "@/lib/connectors/csv/no-row";
import { type Pieces, readCsv } from "@/lib/connectors/csv/reader";
import type { InterchangeRow, Kind, RefusedRow } from "@/lib/interchange/kinds";
import type { Mapping } from "@/lib/interchange/mapping";
import { addUnmapped, type Unmapped, unmappedIn } from "@/lib/interchange/unmapped";

/** A file, and how it lands. */
export interface FileIn {
  kind: Kind;
  /** Opens it from its beginning; called twice where its formats must be found first. */
  open(): Pieces;
  /** Null: it is of the interchange format. */
  mapping: Mapping | null;
  /** In which instants become days, where the mapping says none. */
  zone: string;
  replaces: boolean;
  bringBack: boolean;
  /** What the audit log keeps of the file itself, and a second person accepts it by. */
  entry: { name: string; sha256?: string; bytes?: number; source?: EvidenceSource };
}

/** What became of a piece of a file. */
export interface Landed {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  /** How many rows the mapping leaves out. */
  leftOut: number;
  refused: RefusedRow[];
  /** Entries of stage history that went, because the file replaces them. */
  removed: { dealId: string; stage: number; enteredOn: string }[];
  notes: Note[];
}

/**
 * Lands a file batch by batch through the door, in constant memory but for the keys; says what became of each. Refuses
 * the file whole for its header, its encoding or its days, and then what came before stands. Source: imports.md.
 */
export async function* landFile(file: FileIn, call: Call): AsyncGenerator<Landed> {
  const { kind, replaces: replace, bringBack, entry } = file;
  let importId: string | undefined;
  // What the reader refuses before a batch is sent, the file's entry is told with it.
  let unsent = 0;
  let untold: Unmapped[] = [];
  const send = async (rows: readonly InterchangeRow[], isLast: boolean) => {
    const said = { ...entry, importId, refused: unsent, unmapped: untold, isLast };
    [unsent, untold] = [0, []];
    const { answer } = await perform(importBatch, { kind, rows, replace, bringBack, file: said }, call);
    importId = answer.importId ?? undefined;
    return answer;
  };
  // The last batch says that it is the last, so one is always held back.
  let held: readonly InterchangeRow[] = [];
  const readings = readCsv(file.open, kind, file.mapping, file.zone);
  for await (const { rows, refused, leftOut, notes } of batchesOf(readings, kind, replace)) {
    const landed = held.length > 0 ? await send(held, false) : NOTHING;
    held = rows;
    unsent += refused.length;
    untold = addUnmapped(untold, unmappedIn(refused));
    yield {
      ...landed,
      read: landed.read + refused.length + leftOut,
      refused: [...landed.refused, ...refused],
      leftOut,
      notes,
    };
  }
  yield { ...(await send(held, true)), leftOut: 0, notes: [] };
}

const NOTHING: Omit<Landed, "leftOut" | "notes"> = {
  ...{ read: 0, created: 0, updated: 0, unchanged: 0 },
  ...{ refused: [], removed: [] },
};
