import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { ForecastPage } from "@/components/forecast/forecast-page";
import { FORECAST_PARAMS, forecastInput } from "@/components/forecast/forecast-params";
import { ask } from "@/lib/api/ask";
import { currentActor } from "@/lib/auth/session";
import { isRefusal } from "@/lib/errors";
import { forecast } from "@/lib/queries/forecast/forecast";

export const metadata: Metadata = { title: "Forecast" };

const load = createLoader(FORECAST_PARAMS);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await load(searchParams);
  const actor = await currentActor();
  // What the address asks for and does not exist is the page's to say in words.
  const first = actor
    ? await ask(forecast, forecastInput(params), actor).catch((error: unknown) => {
        if (isRefusal(error)) return null;
        throw error;
      })
    : null;
  return <ForecastPage first={first} />;
}
