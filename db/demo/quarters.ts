import { and, asc, eq, isNull } from "drizzle-orm";
import { exceptions } from "@/db/schema/exceptions";
import { judgedDeals } from "@/db/schema/outcomes";
import { addDays, type Quarter } from "@/lib/calendar";
import { acceptCorrection } from "@/lib/commands/correction/accept-correction";
import { proposeCorrection } from "@/lib/commands/correction/propose-correction";
import { perform } from "@/lib/commands/door";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { decideExceptions } from "@/lib/commands/exception/decide-exceptions";
import { deferExceptions } from "@/lib/commands/exception/defer-exceptions";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { acceptRestatement } from "@/lib/commands/review/accept-restatement";
import { freezeQuarter } from "@/lib/commands/review/freeze-quarter";
import { prepareFreeze } from "@/lib/commands/review/prepare-freeze";
import { proposeRestatement } from "@/lib/commands/review/propose-restatement";
import { startReview } from "@/lib/commands/review/start-review";
import { writeReview } from "@/lib/commands/review/write-review";
import type { Client } from "../connection/client";
import { demoCall } from "./act";
import { partnerOf } from "./partners";
import { actorOf, aeOf, passwordOf } from "./people";
import type { Plot } from "./plot";

/** The two hands of Tarnwick's reviews: finance, and partnerships. */
const FINANCE = "U-ruth";
const PARTNERSHIPS = "U-camille";

const calls = (client: Client, { today }: Plot) => ({
  finance: demoCall(client, actorOf(FINANCE), today),
  head: demoCall(client, actorOf(PARTNERSHIPS), today),
});

/** What both sides decided of the named deals' cases: each gives its vote, with its own reason. */
export async function decideNamed(client: Client, plot: Plot): Promise<void> {
  const { finance, head } = calls(client, plot);
  for (const { id, ruling } of plot.deals) {
    if (!ruling) continue;
    const { kind, partnerId, outcome } = ruling;
    const found = and(eq(exceptions.dealId, id), eq(exceptions.kind, kind));
    const [one] = await client.db.select({ exceptionId: exceptions.id }).from(exceptions).where(found);
    const as = { ...one, decision: "ruling", partnerId, outcome };
    const heard = "The calendar entry of that day shows both teams in the room";
    const { answer } = await perform(decideException, { ...as, version: 1, reason: heard }, finance);
    const agreed = "The pitch was theirs; from now on it is logged within the week";
    await perform(decideException, { ...as, version: answer.version, reason: agreed }, head);
  }
}

/** Holds the review of each quarter, decides what its log holds, prepares its freeze by one and freezes it by another. */
export async function freezeQuarters(client: Client, plot: Plot): Promise<void> {
  const { finance, head } = calls(client, plot);
  for (const [at, quarter] of plot.frozen.entries()) {
    const { label } = quarter;
    await raiseClaims(client, plot, quarter, at + 1);
    await holdReview(client, plot, quarter);
    await decideLog(client, plot, quarter);
    await perform(prepareFreeze, { quarter: label }, head);
    await perform(freezeQuarter, { quarter: label, password: passwordOf(FINANCE) }, finance);
  }
}

/** What the partners' own managers claim of deals that gave their partner nothing. */
async function raiseClaims(client: Client, plot: Plot, quarter: Quarter, claims: number): Promise<void> {
  const without = await client.db
    .select({ id: judgedDeals.dealId })
    .from(judgedDeals)
    .where(eq(judgedDeals.outcome, "none"));
  const unheard = closedIn(plot, quarter).filter(
    ({ id, roles }) => roles.length > 0 && without.some((one) => one.id === id),
  );
  for (const { id: dealId, roles } of unheard.slice(0, claims)) {
    const { partnerId } = roles[0]!;
    const manager = demoCall(client, actorOf(partnerOf(partnerId).ownerId), plot.today);
    const claim = "Their people sat in on the workshop; nobody wrote it down as an activity.";
    await perform(raiseException, { dealId, kind: "other", partnerId, claim }, manager);
  }
}

const closedIn = ({ deals }: Plot, { from, to }: Quarter) =>
  deals.filter(({ close }) => close !== null && close.on >= from && close.on <= to);

async function holdReview(client: Client, plot: Plot, { label: quarter }: Quarter): Promise<void> {
  const { head } = calls(client, plot);
  const { answer } = await perform(startReview, { quarter }, head);
  const written = {
    ask: "Keep the programme's budget; put one half-day a month of presales aside for joint discovery.",
    minutes:
      "Present: Camille Arnaud, Ruth Adeyemi, Viktor Sandoval.\nThe numbers were read out and opened to their deals. Every case of the log was heard.",
  };
  await perform(writeReview, { quarter, version: answer.version, ...written }, head);
}

/** Both sides uphold the rule, kind by kind; the last case, where there are several, is put off past the freeze. */
async function decideLog(client: Client, plot: Plot, { label }: Quarter): Promise<void> {
  const { finance, head } = calls(client, plot);
  const open = () =>
    client.db
      .select({ exceptionId: exceptions.id, version: exceptions.version, kind: exceptions.kind })
      .from(exceptions)
      .where(and(eq(exceptions.quarter, label), isNull(exceptions.settledOn), isNull(exceptions.deferredTo)))
      .orderBy(asc(exceptions.id));
  const cases = await open();
  const last = cases.length > 1 ? cases.at(-1) : undefined;
  if (last) {
    const deferred = { exceptionIds: [last.exceptionId], to: PARTNERSHIPS, until: addDays(plot.today, 45) };
    await perform(deferExceptions, deferred, finance);
  }
  for (const kind of new Set((await open()).map((one) => one.kind))) {
    for (const [call, decision, reason] of [
      [finance, "rule_upheld", "The memo is clear about these"],
      [head, "agree", "So we agreed when we signed it"],
    ] as const) {
      const same = (await open()).filter((one) => one.kind === kind).map(({ kind: _, ...one }) => one);
      await perform(decideExceptions, { cases: same, decision, reason }, call);
    }
  }
}

/** A credit note reaches a frozen quarter: the deal is corrected, and the correction accepted as a restatement. */
export async function restate(client: Client, plot: Plot): Promise<void> {
  const { finance, head } = calls(client, plot);
  const quarter = plot.frozen.at(-1) as Quarter;
  const sold = closedIn(plot, quarter).filter(({ close }) => close?.outcome === "won");
  const sourced = await client.db
    .select({ id: judgedDeals.dealId })
    .from(judgedDeals)
    .where(and(eq(judgedDeals.outcome, "sourced"), eq(judgedDeals.currency, "USD")));
  const deal = sold.find(({ id }) => sourced.some((one) => one.id === id)) ?? sold[0];
  if (!deal) return;
  const ae = demoCall(client, actorOf(aeOf(deal.owner)), plot.today);
  const corrected = {
    dealId: deal.id,
    changes: { amount: Math.round(deal.amount * 0.0088) * 100 },
    reason: "A credit note for the licences of the site that they closed",
  };
  const { answer } = await perform(proposeCorrection, corrected, ae);
  await perform(acceptCorrection, answer, finance);
  const restated = { quarter: quarter.label, dealId: deal.id, reason: corrected.reason };
  const { answer: proposed } = await perform(proposeRestatement, restated, head);
  await perform(acceptRestatement, proposed, finance);
}
