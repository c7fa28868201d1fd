import { sql } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { guardedTransaction } from "@/db/connection/transaction";
import { canonicalJson } from "@/lib/attribution/canonical";
import type { Day } from "@/lib/attribution/facts";
import { syncPage } from "@/lib/commands/connection/sync-page";
import { deleteDeal } from "@/lib/commands/deal/delete-deal";
import { editDeal } from "@/lib/commands/deal/edit-deal";
import { perform } from "@/lib/commands/door";
import { newId } from "@/lib/commands/new-id";
import type { Cursor, GoneRecord, Page, Source } from "@/lib/connectors/source";
import { isRefusal } from "@/lib/errors";
import { oneId } from "@/lib/interchange/ids";
import { connectionActor, holdOn, type Taken, whoIs } from "./connection-taken";
import { writeBack } from "./write-back";

/** How long one turn reads before another connection may have its own. */
const TURN_MS = 15_000;
const HINTS_A_PAGE = 50;
/** The stream of what the other system said has changed: it has no cursor of its own. */
const HINTS = "hints";

/** How a turn ended: all was read, its time was over, or the other system still prepares. */
export type Ended = "done" | "cut" | "waits";

/** One turn of reading a connection. */
export class SyncTurn {
  readonly #until: number;
  #runId: string | undefined;

  constructor(
    readonly client: Client,
    readonly one: Taken,
    readonly source: Source,
    readonly today: Day,
    turnMs = TURN_MS,
  ) {
    this.#until = Date.now() + turnMs;
  }

  async run(): Promise<Ended> {
    try {
      const ended = await this.#readAll();
      if (ended === "done") await this.#write();
      if (ended === "done") await this.#end();
      return ended;
    } catch (error) {
      // Another process went on from here: it reads what this one would have.
      if (isRefusal(error) && error.code === "conflict") return "cut";
      throw error;
    }
  }

  async #readAll(): Promise<Ended> {
    const cursors = await this.#cursors();
    for (const stream of this.source.streams) {
      let cursor = cursors.get(stream) ?? null;
      for (;;) {
        const page = await this.source.page(stream, cursor);
        const isMoved = canonicalJson(page.next) !== canonicalJson(cursor);
        if (isMoved || page.gone.length > 0) await this.#land(stream, cursor, page);
        cursor = page.next;
        if (page.waits) return "waits";
        if (page.isDone) break;
        if (Date.now() > this.#until) return "cut";
      }
    }
    return this.#readHints();
  }

  /** What the other system said of by itself, whatever the cursors say. */
  async #readHints(): Promise<Ended> {
    for (;;) {
      const hints = await this.client.db.execute<{ key: string; gone: boolean; at: string }>(sql`
        select key, is_gone as gone, at::text as at from connection_hints where connection_id = ${this.one.id}
        order by at, key limit ${HINTS_A_PAGE}`);
      if (hints.length === 0) return "done";
      const heard = [...hints].map(({ key, at }) => ({ key, at }));
      const there = await this.source.deals([...hints].filter(({ gone }) => !gone).map(({ key }) => key));
      const gone = [...hints].flatMap(({ key, gone: isGone }) =>
        isGone ? [{ kind: "deals" as const, key, why: `deleted in ${this.one.name}` }] : [],
      );
      const [stands] = [...(await this.#cursors())].filter(([stream]) => stream === HINTS);
      const from = stands?.[1] ?? null;
      const page = { ...there, gone: [...there.gone, ...gone], next: { heard }, isDone: true };
      await this.#land(HINTS, from, page, heard);
      if (Date.now() > this.#until) return "cut";
    }
  }

  async #land(
    stream: string,
    from: Cursor | null,
    page: Page,
    hints: { key: string; at: string }[] = [],
  ): Promise<void> {
    const gone = await this.#removeDeals(page.gone);
    for (const dealId of page.byMarketplace ?? []) await this.#sellByMarketplace(dealId);
    await perform(
      syncPage,
      {
        ...{ connectionId: this.one.id, runId: await this.#run(), stream, from, to: page.next, hints },
        batches: page.batches.filter(
          ({ rows, refused, wholeOf }) => rows.length + refused.length + wholeOf.length > 0,
        ),
        gone,
        changes: page.changes ?? [],
        missed: page.missed ?? null,
      },
      { actor: connectionActor(this.one), client: this.client, today: this.today },
    );
    await holdOn(this.client, this.one);
  }

  /** Removes deals that are gone there, each by the verb that a person would; what stands in the way is shown. */
  async #removeDeals(gone: readonly GoneRecord[]) {
    const rest: { kind: "roles" | "deals"; key: string; stays?: string }[] = [];
    for (const one of gone) {
      if (one.kind === "roles") rest.push({ kind: one.kind, key: one.key });
      else {
        const stays = await this.#removeDeal(one.key, one.why);
        if (stays !== null) rest.push({ kind: "deals", key: one.key, stays });
      }
    }
    return rest;
  }

  async #removeDeal(dealId: string, reason: string): Promise<string | null> {
    const [deal] = await this.client.db.execute<{ version: number }>(
      sql`select version from deals where id = ${dealId}`,
    );
    if (!deal) return null;
    try {
      const call = { actor: connectionActor(this.one), client: this.client, today: this.today };
      await perform(deleteDeal, { dealId, version: Number(deal.version), reason }, call);
      return null;
    } catch (error) {
      if (isRefusal(error) && (error.code === "invalid" || error.code === "forbidden")) return error.rule;
      throw error;
    }
  }

  /** An open deal goes by the marketplace from now on; what its close has locked, or somebody holds otherwise, stays. */
  async #sellByMarketplace(key: string): Promise<void> {
    const dealId = oneId(key);
    const [deal] = await this.client.db.execute<{ version: number }>(
      sql`select version from deals where id = ${dealId} and outcome = 'open' and route <> 'marketplace'`,
    );
    if (!deal) return;
    try {
      const call = { actor: connectionActor(this.one), client: this.client, today: this.today };
      const changes = { route: "marketplace" };
      await perform(editDeal, { dealId, version: Number(deal.version), changes }, call);
    } catch (error) {
      if (!isRefusal(error) || error.code === "conflict") throw error;
    }
  }

  async #cursors(): Promise<Map<string, Cursor>> {
    const rows = await this.client.db.execute<{ stream: string; cursor: Cursor }>(
      sql`select stream, cursor from connection_cursors where connection_id = ${this.one.id}`,
    );
    return new Map([...rows].map(({ stream, cursor }) => [stream, cursor]));
  }

  /** The run that is under way, made with its first page: a turn that finds nothing new leaves none. */
  async #run(): Promise<string> {
    this.#runId ??= await guardedTransaction(this.client, whoIs(this.one.id), async (tx) => {
      const [open] = await tx.execute<{ id: string }>(sql`
        select id from connection_runs where connection_id = ${this.one.id} and ended_at is null
        order by started_at desc limit 1`);
      if (open) return open.id;
      const id = newId("CR");
      await tx.execute(sql`insert into connection_runs (id, connection_id) values (${id}, ${this.one.id})`);
      return id;
    });
    return this.#runId;
  }

  async #write(): Promise<void> {
    const written = await writeBack(this.client, this.one, this.source, this.today);
    if (written === 0) return;
    const runId = await this.#run();
    await guardedTransaction(this.client, whoIs(this.one.id), (tx) =>
      tx.execute(sql`update connection_runs set written = written + ${written} where id = ${runId}`),
    );
  }

  async #end(): Promise<void> {
    await guardedTransaction(this.client, whoIs(this.one.id), (tx) =>
      tx.execute(sql`
        update connection_runs set ended_at = now(), problem = null
        where connection_id = ${this.one.id} and ended_at is null`),
    );
  }
}
