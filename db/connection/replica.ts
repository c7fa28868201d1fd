import { isRefusal } from "@/lib/errors";
import { type Client, type Db, database, drizzleOver, replicaDatabase } from "./client";
import { perProcess } from "./per-process";
import { EVERYBODY, notePosition, OWN_POSITION, type Position, positionOf } from "./positions";

/** No reader is shown what is older than this, whoever wrote it. */
export const MOST_BEHIND_MS = 10_000;
/** How often the primary is asked where it is, and how long a replica's answer holds. */
const SAMPLE_MS = 5_000;
/** How long a replica that did not answer is left alone. */
const AWAY_MS = 5_000;

interface Sample {
  at: number;
  position: Position;
}

/** In SQL, how far a replica is; one that is none any more stands where it was promoted. */
const REPLAYED = `pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
  else pg_current_wal_insert_lsn() end, '0/0')::text`;

/**
 * A replica beside its primary. It answers whoever it has everything for: what they wrote, what was judged
 * for the day, and what anybody wrote more than ten seconds ago. Else the primary answers.
 */
export class Replica {
  readonly #primary: Client;
  readonly #replica: Client;
  readonly #db: Db;
  /** Where the primary was: lately, and the time before. */
  #samples: Sample[] = [];
  #sampling: Promise<Sample> | null = null;
  #replayed: Sample = { at: 0, position: 0n };
  #asking: Promise<Sample> | null = null;
  #awayUntil = 0;

  constructor(primary: Client, replica: Client) {
    this.#primary = primary;
    this.#replica = replica;
    this.#db = drizzleOver(async (...statement) => {
      try {
        return await replica.read(...statement);
      } catch (error) {
        // It is gone, or what it had to replay cancelled the statement.
        if (!isRefusal(error) && (error as { code?: unknown }).code !== "40001") throw error;
        this.#awayUntil = Date.now() + AWAY_MS;
        return primary.read(...statement);
      }
    });
  }

  /** What `who` reads from, by an actor's id: the replica when it has all that they must see. */
  async readerFor(who: string): Promise<Db> {
    if (Date.now() < this.#awayUntil) return this.#primary.db;
    const common = await this.#neededByAll();
    const needed = [positionOf(who), positionOf(EVERYBODY)].reduce<Position>(
      (most, position) => (position !== null && position > most ? position : most),
      common,
    );
    return (await this.#has(needed)) ? this.#db : this.#primary.db;
  }

  /** Where the primary was up to ten seconds ago; asks it when nobody has lately. */
  async #neededByAll(): Promise<Position> {
    const now = Date.now();
    const [newest] = this.#samples;
    const sampling = newest && now - newest.at < SAMPLE_MS ? null : this.#sample();
    const eldest = this.#samples.findLast(({ at }) => now - at <= MOST_BEHIND_MS);
    if (!eldest) return (await (sampling ?? this.#sample())).position;
    // Nobody waits for the one under way; the next read that needs it hears of its failure.
    sampling?.catch(() => {});
    return eldest.position;
  }

  #sample(): Promise<Sample> {
    this.#sampling ??= positionIn(this.#primary, OWN_POSITION)
      .then((sample) => {
        this.#samples = [sample, ...this.#samples.slice(0, 1)];
        return sample;
      })
      .finally(() => {
        this.#sampling = null;
      });
    return this.#sampling;
  }

  async #has(needed: Position): Promise<boolean> {
    const known = this.#replayed;
    if (known.position >= needed && Date.now() - known.at < SAMPLE_MS) return true;
    this.#asking ??= positionIn(this.#replica, REPLAYED).finally(() => {
      this.#asking = null;
    });
    try {
      this.#replayed = await this.#asking;
      return this.#replayed.position >= needed;
    } catch {
      this.#awayUntil = Date.now() + AWAY_MS;
      return false;
    }
  }
}

async function positionIn(client: Client, expression: string): Promise<Sample> {
  const at = Date.now();
  const rows = (await client.read(`select ${expression} as position`, [], undefined, false)) as {
    position: string | null;
  }[];
  return { at, position: BigInt(rows[0]?.position ?? 0) };
}

/** The replica beside each client, as long as both are in use. */
const replicas = () => perProcess("replicas", () => new WeakMap<Client, Replica>());

/**
 * What queries of `who` (an actor's id) read from: the primary, or `DATABASE_READ_URL` where it has all that
 * they must see. Ask once for each question, so that its statements agree.
 */
export async function readDatabase(who: string): Promise<Db> {
  const replica = replicaDatabase();
  if (!replica) return database().db;
  const known = replicas().get(replica) ?? new Replica(database(), replica);
  replicas().set(replica, known);
  return known.readerFor(who);
}

/** Has everybody see what the primary holds by now, from the next read on. */
export async function showEverybody(client: Client): Promise<void> {
  if (client.committed) notePosition(EVERYBODY, (await positionIn(client, OWN_POSITION)).position);
}
