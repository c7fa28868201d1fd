import { and, count, eq } from "drizzle-orm";
import { z } from "zod";
import { activities } from "@/db/schema/facts";
import { refuse } from "@/lib/errors";
import { whenceShape } from "../account/whence";
import { activityInput, activityRow } from "../activity/log-activity";
import { lockScene } from "../deal/load";
import { defineVerb } from "../verb";
import { mayOpenStatement } from "./guards";
import { answeredLine } from "./link";

/** As many as one tells of a day by one link. */
const A_DAY = 20;

/** What the partner itself did, in its own word: stated until somebody of ours, other than who shared the link, vouches. */
export const logByLink = defineVerb({
  name: "log-by-link",
  summary: "Log what a partner did on an open deal of its statement, by its link, with proof",
  input: activityInput.pick({ type: true, occurredOn: true }).extend({
    token: z.string().max(100),
    whence: whenceShape,
    line: z.string().max(64),
    /** A link: notes are kept for the house's own. */
    proof: activityInput.shape.proof,
  }),
  output: z.object({ logged: z.literal(true) }),
  guard: mayOpenStatement,
  tellsOnce: true,
  async run(context, { type, occurredOn, proof, ...asked }) {
    const { row, partner, dealId, line, by } = await answeredLine(context, asked);
    if (line.state !== "open") refuse("line", null, "the deal is closed: what it rests on is locked");
    if (!proof || !/^https?:/i.test(proof)) refuse("proof", null, "is a link: paste one that shows it");
    const scene = await lockScene(context, dealId);
    const { tx, today, audit, add, touch } = context;
    const told = and(eq(activities.statementId, row.id), eq(activities.recordedOn, today));
    const [today_] = await tx.select({ n: count() }).from(activities).where(told);
    if (today_!.n >= A_DAY) refuse("line", null, `${A_DAY} a day are taken by one link`);
    const said = activityInput.parse({ type, occurredOn, proof });
    const activity = {
      ...(await activityRow(context, scene, partner.id, said)),
      ...{ recordedBy: row.sharedBy, ownerId: row.sharedBy, statementId: row.id },
    };
    add(activities, activity);
    const { browser, origin } = asked.whence;
    const after = { ...activity, toldBy: by, partner: partner.name, browser, origin };
    audit({ subjectKind: "activity", subjectId: activity.id, dealId, before: null, after });
    touch(dealId);
    return { logged: true as const };
  },
});
