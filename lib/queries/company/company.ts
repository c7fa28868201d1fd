import type { Db } from "@/db/connection/client";
import { fiscalYear, settings } from "@/db/schema/settings";
import { CALENDAR_YEAR, type FiscalYear } from "@/lib/calendar";

/** The company's settings; their defaults before anybody changed one. */
export interface Company {
  company: string;
  fiscalYear: FiscalYear;
  reportingCurrency: string;
  /** IANA; the days of everything are days in it (§9). */
  timeZone: string;
  /** Null while it is what the server had at the first start, and nobody has said so. */
  timeZoneSaidOn: string | null;
  /** How many days a partner waits for the answer to a registration, at most. */
  registrationAnswerDays: number;
  /** How many days an approved registration protects, unless its approval says otherwise. */
  registrationProtectionDays: number;
  /** From which close day on the CRM asks the stage gate; null while it asks for none. */
  gateFrom: string | null;
  /** How many days is kept what nobody needs for good (docs/operations.md). */
  kept: Kept;
  /** Whether the demo story is in the database. */
  demo: boolean;
}

interface Kept {
  whenceDays: number;
  sessionDays: number;
  repeatDays: number;
  noticeDays: number;
  deliveryDays: number;
  originalDays: number;
}

const UNTOUCHED: Company = {
  company: "Your company",
  fiscalYear: CALENDAR_YEAR,
  reportingCurrency: "USD",
  timeZone: "UTC",
  timeZoneSaidOn: null,
  registrationAnswerDays: 5,
  registrationProtectionDays: 90,
  gateFrom: null,
  kept: {
    ...{ whenceDays: 365, sessionDays: 90, repeatDays: 7 },
    ...{ noticeDays: 180, deliveryDays: 30, originalDays: 730 },
  },
  demo: false,
};

export async function readCompany(db: Db): Promise<Company> {
  const [row] = await db
    .select({
      company: settings.company,
      fiscalYear,
      reportingCurrency: settings.reportingCurrency,
      timeZone: settings.timeZone,
      timeZoneSaidOn: settings.timeZoneSaidOn,
      registrationAnswerDays: settings.registrationAnswerDays,
      registrationProtectionDays: settings.registrationProtectionDays,
      gateFrom: settings.gateFrom,
      kept: {
        whenceDays: settings.keptWhenceDays,
        sessionDays: settings.keptSessionDays,
        repeatDays: settings.keptRepeatDays,
        noticeDays: settings.keptNoticeDays,
        deliveryDays: settings.keptDeliveryDays,
        originalDays: settings.keptOriginalDays,
      },
      demo: settings.demo,
    })
    .from(settings);
  return row ?? UNTOUCHED;
}
