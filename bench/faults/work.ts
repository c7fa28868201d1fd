import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { type Client, connect, surviveDriverFaults } from "@/db/connection/client";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { logActivity } from "@/lib/commands/activity/log-activity";
import { createDeal } from "@/lib/commands/deal/create-deal";
import { perform } from "@/lib/commands/door";
import { importBatch } from "@/lib/commands/import/import-batch";
import { proposePolicy } from "@/lib/commands/policy/propose-policy";
import { signPolicy } from "@/lib/commands/policy/sign-policy";
import { startDraft } from "@/lib/commands/policy/start-draft";
import { freezeQuarter } from "@/lib/commands/review/freeze-quarter";
import { prepareFreeze } from "@/lib/commands/review/prepare-freeze";
import { tagPartner } from "@/lib/commands/role/tag-partner";
import type { AnyVerb } from "@/lib/commands/verbs";
import { JOBS } from "@/lib/jobs/keep-house";
import { keepRelay } from "@/lib/jobs/relay";
import { dealsList } from "@/lib/queries/deals/deals-list";
import { answer } from "@/lib/queries/query";
import { type Answered, IMPORTED, TIMEOUT_MS } from "./answered";
import { actor, closing, dealRow, PASSWORD, today, WHAT_IS_DONE } from "./scene";

type Who = Parameters<typeof actor>[0];

/** How a piece of work is asked for, and its answer told. */
export type Attempt = (
  kind: Answered["kind"],
  id: string,
  work: () => Promise<unknown>,
  dealId?: string,
) => Promise<boolean>;

/** What goes on until it is over, and what is to be let go of then. */
export interface Work {
  all: Promise<unknown>[];
  /** Settles when a new policy is in force and the quarter frozen. */
  signed?: Promise<unknown>;
  end(): Promise<unknown>;
}

interface Desk {
  client: Client;
  name: string;
  isOver: () => boolean;
  attempt: Attempt;
  write(
    kind: Answered["kind"],
    who: Who | null,
    verb: AnyVerb,
    input: object,
    dealId?: string,
  ): Promise<boolean>;
}

/** The app's own work, by the door: sellers, a file, readers, the jobs; and who signs, if they are here. */
export function guardedWork(
  url: string,
  name: string,
  signs: boolean,
  isOver: () => boolean,
  attempt: Attempt,
): Work {
  surviveDriverFaults();
  const client = connect(url, { max: 6 });
  const stopJobs = keepRelay(JOBS, { client, report: () => {}, lookMs: 200 });
  let count = 0;
  const desk: Desk = {
    ...{ client, name, isOver, attempt },
    write(kind, who, verb, input, dealId) {
      const request = `${name}-${count++}`;
      const call = { client, today: today(), request, timeoutMs: TIMEOUT_MS };
      const by = who ? actor(who) : COMMAND_LINE;
      return attempt(kind, request, () => perform(verb, input, { actor: by, ...call }), dealId);
    },
  };
  const all = [sell(desk, 0), sell(desk, 1), sell(desk, 2), bringFiles(desk), read(desk, 0), read(desk, 1)];
  const signed = signs ? Promise.all([agree(desk), close(desk)]) : undefined;
  if (signed) all.push(signed as Promise<never>);
  return { all, signed, end: () => stopJobs().then(() => client.close()) };
}

async function sell({ name, isOver, write }: Desk, nth: number): Promise<void> {
  const proof = "https://proof.example/1";
  for (let turn = 0; !isOver(); turn++) {
    const dealId = `${name}-D${nth}-${turn}`;
    const about = { dealId, partnerId: "P-1" };
    const deal = { account: "Larkfield Foods", amount: 1_000, currency: "USD", stage: 2, createdOn: today() };
    if (!(await write("deal", "ana", createDeal, { id: dealId, ...deal }, dealId))) continue;
    await write("tag", "pam", tagPartner, { ...about, role: "influencer", touchedOn: today() }, dealId);
    await write("activity", "pam", logActivity, { ...about, type: "joint_pitch", proof }, dealId);
  }
}

async function bringFiles({ name, isOver, write }: Desk): Promise<void> {
  for (let turn = 0; !isOver(); turn++) {
    const dealId = `${name}-I-${turn}`;
    const row = (_: unknown, at: number) => ({ line: at + 2, values: dealRow(`${dealId}-${at}`) });
    await write(
      "import",
      null,
      importBatch,
      { kind: "deals", rows: Array.from({ length: IMPORTED }, row) },
      dealId,
    );
  }
}

async function read({ client, name, isOver, attempt }: Desk, nth: number): Promise<void> {
  for (let turn = 0; !isOver(); turn++) {
    const context = { db: client.db, actor: actor("hope"), today: today() };
    const asked = dealsList.input.parse({});
    await attempt("read", `${name}-R${nth}-${turn}`, () => answer(dealsList, asked, context));
    await pause(20);
  }
}

/** A person who tries again until it is done, or until they were told often enough that it may not be: by then it is. */
async function persist({ isOver, write }: Desk, who: Who, verb: AnyVerb, input: object): Promise<void> {
  for (let tries = 0; !isOver() && tries < 20; tries++) {
    if (await write("other", who, verb, input)) return;
    await pause(200);
  }
}

/** What came of it before, perhaps by a process that died; as if nothing had where nobody can tell. */
async function done({ client }: Desk): Promise<{ isFrozen: boolean; isAgreed: boolean }> {
  type Done = { isFrozen: boolean; isAgreed: boolean };
  const [found] = await client.db.execute<Done>(sql.raw(WHAT_IS_DONE)).catch(() => [undefined]);
  return found ?? { isFrozen: false, isAgreed: false };
}

/** A new policy comes into force; goes on where a process that was killed left it. */
async function agree(desk: Desk): Promise<void> {
  while (!desk.isOver() && !(await done(desk)).isAgreed) {
    const [found] = await desk.client.db
      .execute<{ id: string; hash: string | null; version: number }>(
        sql`select id, hash, version from policies where period is null and withdrawn_at is null order by id limit 1`,
      )
      .catch(() => pause(200, [undefined]));
    if (found?.hash) {
      const signed = { policyId: found.id, hash: found.hash, password: PASSWORD };
      for (const who of ["carl", "fay", "hope"] as const) await desk.write("other", who, signPolicy, signed);
      await pause(100);
    } else if (found) {
      const proposed = { policyId: found.id, version: found.version, activeFrom: today() };
      await persist(desk, "hope", proposePolicy, proposed);
    } else await persist(desk, "hope", startDraft, { title: "Another", preset: "two_bucket" });
  }
}

/** A quarter is prepared by the one and frozen by the other; anew when it is no more what was prepared. */
async function close(desk: Desk): Promise<void> {
  const quarter = closing().label;
  while (!desk.isOver() && !(await done(desk)).isFrozen) {
    await persist(desk, "hope", prepareFreeze, { quarter });
    await desk.write("other", "fay", freezeQuarter, { quarter, password: PASSWORD });
    await pause(100);
  }
}
