import * as field from "../input";

/** What a deal says of itself besides its facts: no claims, so no close locks them (§8.3). */
export const described = {
  name: field.line(200).nullable(),
  /** Where the CRM shows it. */
  crmUrl: field.link.nullable(),
  expectedCloseOn: field.day.nullable(),
  /** Percent. */
  probability: field.percent.nullable(),
  forecastCategory: field.forecastCategory.nullable(),
  nextStep: field.line(500).nullable(),
};
