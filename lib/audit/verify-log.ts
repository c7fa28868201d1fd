import { sql } from "drizzle-orm";
import type { Db } from "@/db/connection/client";
import { markOf, marksIn, WHENCE } from "./apart";
import { eachPlaced, entryLine, type PlacedRow } from "./entry";
import { type Head, headReader, newestHead, readHead } from "./head";
import { isKept, subtreeHashes } from "./nodes";
import { standingHeads } from "./standing";
import { Growing, leafHash, type Subtree } from "./tree";

/** What verifying found. */
export type LogVerdict =
  | {
      ok: true;
      /** How many entries the tree holds. */
      entries: number;
      /** Entries too young to be in it yet. */
      waiting: number;
      /** Entries of which a part was erased or forgotten. */
      erased: number;
      /** How many heads were held against it, those on seals and signatures among them. */
      heads: number;
      /** The newest head and the key that signed it; null in a log that has none yet. */
      head: (Head & { kid: string }) | null;
    }
  | {
      ok: false;
      /** Id of the first entry that does not hold; null where a head does not. */
      id: number | null;
      /**
       * The entry was changed; is gone, or one before it is; was never taken in though younger ones were; or is in the
       * tree otherwise than it says. What it says of somebody is not what was hashed, or is gone and no erasure says so. Or the head that was signed over so many entries, or stands elsewhere, does not hold.
       */
      fault: "changed" | "gone" | "left_out" | "tree" | "people" | "unsaid" | "head";
      /** Of a head: `12,040 entries`, `seal 2026-Q1`. */
      head: string | null;
    };

type Fault = Extract<LogVerdict, { ok: false }>;
const ofEntry = (id: string, fault: Exclude<Fault["fault"], "head">): Fault => ({
  ok: false,
  id: Number(id),
  fault,
  head: null,
});
const ofHead = (head: string): Fault => ({ ok: false, id: null, fault: "head", head });

/** Builds the whole tree anew from the entries, in constant memory, and names the first thing that does not hold. */
export async function verifyLog(db: Db): Promise<LogVerdict> {
  const [end] = await db.execute<{ id: string; leaves: number }>(sql`
    select coalesce(max(audit_id), 0)::text as id, count(*)::integer as leaves from audit_tree where level = 0`);
  const heads = await HeadsInTurn.of(db);
  const tree = new Growing();
  const people = new PeopleInTurn(db);
  for await (const rows of eachPlaced(db, end!.id)) {
    const fault = (await addAll(db, tree, rows, heads)) ?? (await people.fault(rows));
    if (fault) return fault;
  }
  if (tree.size < end!.leaves) return ofEntry(end!.id, "gone");
  const missed = heads.next();
  if (missed) return ofHead(missed.on);
  const [waiting] = await db.execute<{ count: number }>(
    sql`select count(*)::integer as count from audit_log where id > ${end!.id}::bigint`,
  );
  const unsaid = waiting?.count === 0 && people.unsaid();
  if (unsaid) return unsaid;
  const newest = await newestHead(db);
  return {
    ok: true,
    entries: tree.size,
    waiting: waiting?.count ?? 0,
    erased: people.erased,
    heads: heads.held,
    head: newest === null ? null : await readHead(heads.read, newest),
  };
}

/** Entries in order of id; the first that is not where and what the tree has it, or head that does not hold there. */
async function addAll(
  db: Db,
  tree: Growing,
  rows: readonly PlacedRow[],
  heads: HeadsInTurn,
): Promise<Fault | null> {
  const kept: { subtree: Subtree; hash: string; id: string }[] = [];
  for (const row of rows) {
    if (row.place === null) return ofEntry(row.id, "left_out");
    if (Number(row.place) !== tree.size) return ofEntry(row.id, "gone");
    const leaf = leafHash(entryLine(row));
    if (row.hash !== leaf) return ofEntry(row.id, "changed");
    tree.add(leaf, (subtree, hash) => {
      if (subtree.level > 0 && isKept(subtree.level)) kept.push({ subtree, hash, id: row.id });
    });
    for (let head = heads.next(); head?.size === tree.size; head = heads.next())
      if (!(await heads.holds(head, tree.root()))) return ofHead(head.on);
  }
  const stored = await subtreeHashes(
    db,
    kept.map(({ subtree }) => subtree),
  );
  const off = kept.find(({ hash }, at) => stored[at] !== hash);
  return off ? ofEntry(off.id, "tree") : null;
}

/** What entries say of people, which is kept beside them: each value is what was hashed, or was erased since. */
class PeopleInTurn {
  erased = 0;
  #gone = "0";
  #erasure = "0";

  constructor(private readonly db: Db) {}

  async fault(rows: readonly PlacedRow[]): Promise<Fault | null> {
    const marked = rows.map(({ id, before, after }) => ({
      id,
      marks: [...marksIn(before), ...marksIn(after)],
    }));
    const asked = marked.flatMap(({ marks }) => marks.map(({ mark }) => mark));
    const found = await this.db.execute<{ mark: string; salt: string; value: unknown }>(
      sql`select mark, salt, value from audit_personal where mark = any(${sql.param(asked)}::text[])`,
    );
    const kept = new Map([...found].map(({ mark, salt, value }) => [mark, markOf(salt, value) === mark]));
    for (const { id, marks } of marked) {
      if (marks.some(({ mark }) => kept.get(mark) === false)) return ofEntry(id, "people");
      const gone = marks.filter(({ mark }) => !kept.has(mark));
      if (gone.length > 0) this.erased++;
      if (gone.some(({ field }) => !WHENCE.includes(field))) this.#gone = id;
    }
    this.#erasure = rows.findLast(({ action }) => action === "erase-person")?.id ?? this.#erasure;
    return null;
  }

  /** The last entry of which a part is gone though no erasure after it says so; null when there is none. */
  unsaid(): Fault | null {
    return BigInt(this.#gone) > BigInt(this.#erasure) ? ofEntry(this.#gone, "unsaid") : null;
  }
}

interface Kept {
  on: string;
  size: number;
  text: string;
}

/** Every head, smallest first. */
class HeadsInTurn {
  held = 0;

  private constructor(
    private readonly heads: readonly Kept[],
    readonly read: Awaited<ReturnType<typeof headReader>>,
  ) {}

  static async of(db: Db): Promise<HeadsInTurn> {
    const read = await headReader(db);
    const rows = await db.execute<{ size: string; head: string }>(
      sql`select size::text as size, head from audit_heads`,
    );
    const own = [...rows].map(({ size, head }) => ({
      on: `${size} entries`,
      size: Number(size),
      text: head,
    }));
    const standing = await Promise.all(
      (await standingHeads(db)).map(async ({ on, head }) => {
        // One that nobody signed holds nowhere: it is asked for at once.
        return { on, size: (await readHead(read, head))?.size ?? 1, text: head };
      }),
    );
    return new HeadsInTurn(
      [...own, ...standing].sort((one, other) => one.size - other.size),
      read,
    );
  }

  /** The next one that was not held against the tree yet. */
  next(): Kept | undefined {
    return this.heads[this.held];
  }

  async holds({ size, text }: Kept, root: string): Promise<boolean> {
    this.held++;
    const said = await readHead(this.read, text);
    return said?.size === size && said.root === root;
  }
}
