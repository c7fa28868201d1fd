import { type inferParserType, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs, Outputs } from "@/lib/api/client";
import { FORECAST_TREATMENTS } from "@/lib/metrics/forecast";

export type Forecast = Outputs["forecast"];

/** What the address of the forecast may say: which deals are listed, and which week is looked at. */
export const FORECAST_PARAMS = {
  view: parseAsStringLiteral(["now", "weeks", "targets"]).withDefault("now"),
  treatment: parseAsStringLiteral(FORECAST_TREATMENTS).withDefault("commit"),
  /** `YYYY-Qn`, or `undated`. */
  close: parseAsString,
  stage: parseAsInteger,
  /** A Monday whose forecast was taken. */
  week: parseAsString,
};
export type ForecastParams = inferParserType<typeof FORECAST_PARAMS>;

/** As many as a list prints. */
const SHOWN = 1000;

export const forecastInput = ({ treatment, close, stage }: ForecastParams): Inputs["forecast"] => ({
  treatment,
  ...(close && { close }),
  ...(stage !== null && { stage }),
  limit: SHOWN,
});
