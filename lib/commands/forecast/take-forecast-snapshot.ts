import { z } from "zod";
import { forecastSnapshots } from "@/db/schema/forecasts";
import { settings } from "@/db/schema/settings";
import { digestOf, draftWeek } from "@/lib/sealing/forecast-week";
import { defineVerb } from "../verb";
import { mayTakeForecast } from "./guards";

/** A week is taken once: whoever comes later is told that it was. */
export const takeForecastSnapshot = defineVerb({
  name: "take-forecast-snapshot",
  summary: "Keep this week's forecast as it stands; once a week, whoever asks again changes nothing",
  input: z.strictObject({}),
  output: z.object({ week: z.string(), taken: z.boolean() }),
  guard: mayTakeForecast,
  timeoutMs: 60_000,
  async run({ tx, today, audit }) {
    const document = await draftWeek(tx, today);
    const { text, digest, commit } = digestOf(document);
    const { week, takenOn, reporting: currency } = document;
    const [house] = await tx.select({ demo: settings.demo }).from(settings);
    const row = { week, takenOn, digest, ...commit, currency };
    const taken = await tx
      .insert(forecastSnapshots)
      .values({ ...row, document: text, demo: house?.demo ?? false })
      .onConflictDoNothing()
      .returning({ week: forecastSnapshots.week });
    if (taken.length > 0)
      audit({ subjectKind: "forecast", subjectId: week, dealId: null, before: null, after: row });
    return { week, taken: taken.length > 0 };
  },
});
