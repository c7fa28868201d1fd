import { z } from "zod";
import { jointSteps } from "@/db/schema/joint-steps";
import { sellingPlayClients, sellingPlays } from "@/db/schema/selling-plays";
import { refuse } from "@/lib/errors";
import { MOST_CLIENTS, PLAY_STEPS, weekEnds } from "@/lib/metrics/selling-play";
import { mustHaveAccount } from "../customer/load";
import { lockScenes, mustBeItself, mustHavePartner, mustHaveUser } from "../deal/load";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb, type WriteContext } from "../verb";
import { mayStartPlay } from "./guards";
import { isRunning } from "./load";

const client = z.union([z.strictObject({ dealId: field.id }), z.strictObject({ accountId: field.id })]);

export const startPlay = defineVerb({
  name: "start-play",
  summary: "Start a partner's selling play: four weeks with up to five clients, as next joint steps",
  input: z.strictObject({
    partnerId: field.id,
    /** One buyer profile, one business problem, one short script, one outcome smaller than a closed deal. */
    buyer: field.line(300),
    problem: field.line(300),
    script: field.line(1000),
    outcome: field.line(300),
    /** The one to start with first. */
    clients: z
      .array(client)
      .min(1, "names at least one client")
      .max(MOST_CLIENTS, `names at most ${MOST_CLIENTS} clients`),
    /** Who sees to it; whoever starts it when left out. */
    ownerId: field.id.optional(),
  }),
  output: z.object({ playId: z.string() }),
  guard: mayStartPlay,
  async subject(context, { partnerId }) {
    const partner = mustBeItself(await mustHavePartner(context, partnerId, "update"));
    return { partner, running: await isRunning(context, partner.id) };
  },
  async run(context, { partnerId, clients, ownerId, ...told }) {
    const { tx, actor, today, audit } = context;
    const by = actor.userId!;
    if (ownerId !== undefined && ownerId !== by) await mustHaveUser(context, "ownerId", ownerId);
    await mustFit(context, clients);
    const play = {
      ...{ id: newId("SP"), partnerId, ...told, ownerId: ownerId ?? by },
      ...{ startedOn: today, startedBy: by },
    };
    const [after] = await tx.insert(sellingPlays).values(play).returning();
    const rows = clients.map((one, at) => ({ playId: play.id, place: at + 1, ...one }));
    await tx.insert(sellingPlayClients).values(rows);
    audit({
      subjectKind: "selling_play",
      subjectId: play.id,
      dealId: null,
      before: null,
      after: { ...after, clients },
    });
    for (const step of stepsOf(play, clients)) {
      const planned = { ...step, recordedOn: today, recordedBy: by };
      context.add(jointSteps, planned);
      audit({
        subjectKind: "joint_step",
        subjectId: step.id,
        dealId: step.dealId,
        before: null,
        after: planned,
      });
    }
    return { playId: play.id };
  },
});

type Client = z.output<typeof client>;

/** Each once, deals that are open, and a deal first: a step is one of a deal. */
async function mustFit(context: WriteContext, clients: readonly Client[]): Promise<void> {
  const keys = clients.map((one) => ("dealId" in one ? one.dealId : one.accountId));
  if (new Set(keys).size < keys.length) refuse("clients", keys, "names a client once");
  if (!("dealId" in clients[0]!))
    refuse("clients", keys[0]!, "starts with a deal: a next joint step is one of a deal; enter it first");
  const dealIds = clients.flatMap((one) => ("dealId" in one ? [one.dealId] : []));
  const { scenes } = await lockScenes(context, [...dealIds].sort());
  for (const { deal } of scenes)
    if (deal.outcome !== "open") refuse("clients", deal.id, "must be open deals: this one has closed");
  for (const one of clients) if ("accountId" in one) await mustHaveAccount(context, one.accountId);
}

/** The steps of the first three weeks; the fourth is the decision, which the inbox asks for. */
function stepsOf(
  {
    id: playId,
    partnerId,
    ownerId,
    startedOn,
  }: { id: string; partnerId: string; ownerId: string; startedOn: string },
  clients: readonly Client[],
) {
  const [first, second] = clients.flatMap((one) => ("dealId" in one ? [one.dealId] : []));
  return ([1, 2, 3] as const).flatMap((week) => {
    const of = { partnerId, ownerId, playId, playWeek: week, dueOn: weekEnds(startedOn, week) };
    const { first: what, second: beside } = PLAY_STEPS[week];
    return [
      { id: newId("J"), dealId: first!, what, ...of },
      ...(beside && second ? [{ id: newId("J"), dealId: second, what: beside, ...of }] : []),
    ];
  });
}
