import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { deals } from "@/db/schema/deals";
import { fiscalYear, settings } from "@/db/schema/settings";
import type { Day } from "@/lib/attribution/facts";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { addDays, mondayOf } from "@/lib/calendar";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { beginDemo } from "@/lib/commands/company/begin-demo";
import { createUser } from "@/lib/commands/company/create-user";
import { editSettings } from "@/lib/commands/company/edit-settings";
import { BEING_TOLD } from "@/lib/commands/company/guards";
import { removeDemo } from "@/lib/commands/company/remove-demo";
import { perform } from "@/lib/commands/door";
import { recordCost } from "@/lib/commands/finance/record-cost";
import { recordRate } from "@/lib/commands/finance/record-rate";
import { createContact } from "@/lib/commands/partner/create-contact";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { grantProgram } from "@/lib/commands/partner/grant-program";
import { companyToday } from "@/lib/commands/today";
import { countWeek } from "@/lib/jobs/count-inbox";
import { judgeNewPolicy } from "@/lib/judging/judge-policy";
import { type Client, database } from "../connection/client";
import { guardedTransaction } from "../connection/transaction";
import { actOut, demoCall } from "./act";
import { signAgreement } from "./agreement";
import { DemoForecasts, payCredit, setTargets } from "./commitments";
import { importHistory } from "./history";
import { DEMO_PARTNERS } from "./partners";
import { actorOf, DEMO_COMPANY, DEMO_PEOPLE } from "./people";
import { runPlay } from "./play";
import { type Plot, plotDemo } from "./plot";
import { decideNamed, freezeQuarters, restate } from "./quarters";

export interface TellOptions {
  /** With room for several connections; the process's own when absent. */
  client?: Client;
  /** The day of telling, which is the company's: what is signed is signed today. */
  today?: Day;
  seed?: number;
  onProgress?: (progress: { told: number; total: number }) => void;
}

/** Long enough for a slow machine; a start that waits for another's telling waits that long. */
const TELLING_MS = 10 * 60_000;

/**
 * Tells the demo story, every deed of it through the door, and judges it as of `today`. Told once: does
 * nothing where a story or anybody's deals are. One that was cut off is removed and told from the
 * beginning. Of several who tell at once one does, the others wait for it.
 *
 * @returns whether this call told it
 */
export async function tellDemoStory(options: TellOptions = {}): Promise<boolean> {
  const client = options.client ?? database();
  // The lock is held by a transaction that writes nothing: it ends with this process, however that ends.
  const context = { actor: "system:demo", request: randomUUID(), timeoutMs: TELLING_MS };
  return guardedTransaction(client, context, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('demo.tell'))`);
    if (!(await mayTell(client))) return false;
    await tell(client, options);
    return true;
  });
}

/** Whether the database waits for the story; makes it so where a telling was cut off. */
async function mayTell(client: Client): Promise<boolean> {
  const [found] = await client.db.select().from(settings);
  if (found?.demo && found.company === BEING_TOLD) {
    await perform(removeDemo, {}, { client, actor: COMMAND_LINE });
  } else if (found?.demo) return false;
  const some = await client.db.select({ id: deals.id }).from(deals).limit(1);
  return some.length === 0;
}

async function tell(client: Client, { today: on, seed, onProgress }: TellOptions): Promise<void> {
  const today = on ?? (await companyToday(client));
  const [company] = await client.db.select({ fiscalYear }).from(settings);
  const plot = plotDemo({ seed, today, fiscalYear: company?.fiscalYear });
  await perform(beginDemo, {}, demoCall(client, COMMAND_LINE, today));
  await setScene(client, plot);
  await importHistory(client, plot.history, plot.goLive);
  const forecasts = new DemoForecasts(client, today);
  const count = countingWeeks(client, today);
  await actOut(client, plot.events, {
    async before(day) {
      await count(day);
      await forecasts.takeBefore(day);
    },
    after: (told) => onProgress?.({ told, total: plot.events.length }),
  });
  await signAgreement(client, plot);
  await judgeNewPolicy(client, today);
  await runPlay(client, plot);
  await decideNamed(client, plot);
  await freezeQuarters(client, plot);
  await forecasts.signNewest();
  await setTargets(client, plot);
  await payCredit(client, plot);
  await restate(client, plot);
  await perform(editSettings, { company: DEMO_COMPANY }, demoCall(client, COMMAND_LINE, today));
}

/** How many weeks back the inbox was counted (lib/jobs/count-inbox.ts), as a house does that has been at it for a quarter. */
const WEEKS_COUNTED = 12;

/** Counts what was left of each week once its last day has been told. */
function countingWeeks(client: Client, today: Day): (day: Day) => Promise<void> {
  const sundays = Array.from({ length: WEEKS_COUNTED }, (_, at) =>
    addDays(mondayOf(today), -1 - 7 * (WEEKS_COUNTED - 1 - at)),
  );
  return async (day) => {
    while (sundays[0] !== undefined && sundays[0] < day) await countWeek(client, sundays.shift()!);
  };
}

/** The people, the partners, what a quarter cost and what a euro was worth. */
async function setScene(client: Client, { today, history, deals, costs, rates }: Plot): Promise<void> {
  const byLine = demoCall(client, COMMAND_LINE, today);
  for (const { password: _, ...person } of DEMO_PEOPLE) await perform(createUser, person, byLine);
  await Promise.all(
    DEMO_PEOPLE.map(({ id, password }) => setFirstPassword(client, id, password, { demo: true })),
  );
  const byHead = demoCall(client, actorOf("U-camille"), today);
  // Older than every deal of the story, as an agreement with a fund is.
  const oldest = [...history, ...deals].reduce(
    (day, { createdOn }) => (createdOn < day ? createdOn : day),
    today,
  );
  const before = demoCall(client, actorOf("U-camille"), addDays(oldest, -365));
  for (const { contacts, programs, ...partner } of DEMO_PARTNERS) {
    await perform(createPartner, partner, byHead);
    for (const contact of contacts) {
      const [name = contact, title = null] = contact.split(", ");
      await perform(createContact, { partnerId: partner.id, name, title }, byHead);
    }
    for (const name of programs) await perform(grantProgram, { partnerId: partner.id, name }, before);
  }
  const byFinance = demoCall(client, actorOf("U-ruth"), today);
  for (const cost of costs) await perform(recordCost, cost, byFinance);
  for (const rate of rates) await perform(recordRate, rate, byFinance);
}
