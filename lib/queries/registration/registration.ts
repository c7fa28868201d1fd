import { sql } from "drizzle-orm";
import { z } from "zod";
import { Refusal } from "@/lib/errors";
import { dealLineShape, dealLines } from "../deals/deals-page";
import { defineQuery } from "../query";
import { idShape } from "../shapes";
import { collisionsOf } from "./collisions";
import { registrationLineShape, registrationLines } from "./registration-lines";

/** As many as one compares before a decision. */
const SHOWN = 50;

/** One registration beside what it collides with, before somebody decides. */
export const registration = defineQuery({
  name: "registration",
  summary: "One registration, and the open deals and registrations of the same account or domain.",
  input: z.strictObject({ registrationId: idShape }),
  output: z.object({
    registration: registrationLineShape,
    deals: z.array(dealLineShape),
    registrations: z.array(registrationLineShape),
  }),
  async run({ db, actor, today }, { registrationId }) {
    const who = { actor, today };
    const order = sql`g.submitted_on, g.id`;
    const among = (ids: readonly string[]) => ({
      where: sql`g.id = any(${sql.param([...ids])}::text[])`,
      order,
      limit: SHOWN,
    });
    const [line] = await registrationLines(db, who, among([registrationId]));
    if (!line)
      throw new Refusal({
        code: "not_found",
        field: "registrationId",
        value: registrationId,
        rule: "there is no registration with this id",
      });
    const collisions = await collisionsOf(db, [registrationId]);
    const ids = (kind: "deal" | "registration") =>
      collisions
        .filter((one) => one.kind === kind)
        .map(({ id }) => id)
        .slice(0, SHOWN);
    const [deals, registrations] = await Promise.all([
      dealLines(db, ids("deal")),
      registrationLines(db, who, among(ids("registration"))),
    ]);
    return { registration: line, deals, registrations };
  },
});
