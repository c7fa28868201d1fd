import { eq } from "drizzle-orm";
import { z } from "zod";
import { forecastSignatures, forecastSnapshots } from "@/db/schema/forecasts";
import { Refusal, refuse } from "@/lib/errors";
import { inPersonInput, signedInPerson } from "../in-person";
import * as field from "../input";
import { defineVerb } from "../verb";
import { maySignForecast } from "./guards";

export const signForecast = defineVerb({
  name: "sign-forecast",
  summary: "Sign a week's commit for finance, by its digest",
  input: z.strictObject({
    /** Its Monday. */
    week: field.day,
    /** The digest that the signer read; the signature is over this and nothing else. */
    digest: z.string().regex(/^[0-9a-f]{64}$/, "must be the SHA-256 of the week's document"),
    ...inPersonInput,
  }),
  output: z.object({ week: z.string() }),
  guard: maySignForecast,
  prepare: signedInPerson("sign-forecast", "to sign"),
  async subject({ tx }, { week }) {
    const [taken] = await tx
      .select({ digest: forecastSnapshots.digest, demo: forecastSnapshots.demo })
      .from(forecastSnapshots)
      .where(eq(forecastSnapshots.week, week));
    if (!taken)
      throw new Refusal({
        ...{ code: "not_found", field: "week", value: week },
        rule: "no forecast was taken in the week of this Monday",
      });
    const [signed] = await tx
      .select({ name: forecastSignatures.name })
      .from(forecastSignatures)
      .where(eq(forecastSignatures.week, week));
    return { ...taken, signedBy: signed?.name ?? null };
  },
  async run({ tx, actor, audit }, { week, digest }, { digest: taken }, method) {
    if (digest !== taken) refuse("digest", digest, "is not the digest of this week");
    const userId = actor.userId ?? refuse("", null, "a person signs, in person");
    const signature = { week, userId, name: actor.name, digest };
    await tx.insert(forecastSignatures).values(signature);
    audit({
      ...{ subjectKind: "forecast", subjectId: week, dealId: null },
      ...{ before: { signedBy: null }, after: { ...signature, method } },
    });
    return { week };
  },
});
