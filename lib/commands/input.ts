import { z } from "zod";
import {
  parseAmount,
  parseCurrency,
  parseDay,
  parseDomain,
  parseOneOf,
  parseProof,
  parseStage,
} from "@/lib/attribution/field-rules";
import {
  DEAL_TYPES,
  FORECAST_CATEGORIES,
  INVOLVEMENTS,
  PARTNER_KINDS,
  ROLES,
  ROUTES,
} from "@/lib/attribution/vocabulary";
import { parseZone } from "@/lib/company-day";
import { ruled } from "./parse";

/**
 * The fields that several verbs take. Each rule is the heart's own (lib/attribution/field-rules.ts);
 * the base type in front is what the API document shows.
 */

export const id = z
  .string({ error: "must be an id" })
  .min(1, "must not be empty")
  .max(200, "must be at most 200 characters");

const text = () => z.string({ error: "must be text" });
const number = () => z.number({ error: "must be a number" });

export const day = text().meta({ format: "date" }).transform(ruled(parseDay));
export const domain = text().transform(ruled(parseDomain));
export const stage = number().transform(ruled(parseStage));
export const amount = number().transform(ruled(parseAmount));
export const currency = text().transform(ruled(parseCurrency));

/** A proof as pasted; blanks around it are the clipboard's. */
export const proof = text()
  .transform((pasted) => pasted.trim())
  .transform(ruled((field, value) => parseProof(field, value) as string));

const oneOf = <const T extends readonly string[]>(words: T) =>
  z.enum(words, { error: (issue) => ruleOf(() => parseOneOf("", issue.input, words)) });

function ruleOf(check: () => unknown): string {
  try {
    check();
    return "";
  } catch (error) {
    return (error as { rule: string }).rule;
  }
}

export const dealType = oneOf(DEAL_TYPES);
export const route = oneOf(ROUTES);
export const forecastCategory = oneOf(FORECAST_CATEGORIES);
export const role = oneOf(ROLES);
export const partnerKind = oneOf(PARTNER_KINDS);
export const involvement = oneOf(INVOLVEMENTS);

export const activityType = text().regex(/^[a-z][a-z0-9_]{0,63}$/, "must be a type of the activity menu");

/** A short text, trimmed, not blank. */
export const line = (most: number) =>
  text().trim().min(1, "must not be empty").max(most, `must be at most ${most} characters`);

/** A link to a page, as pasted. */
export const link = text()
  .trim()
  .regex(/^https?:\/\/[^\s\p{Cc}/?#][^\s\p{Cc}]*$/iu, "must be a link, https://…")
  .max(2000, "must be at most 2000 characters");

/** Where the app is reached: `https://sign.example.com`, without a path. */
export const origin = text()
  .trim()
  .transform((address) => address.replace(/\/+$/, ""))
  .pipe(
    text()
      .regex(/^https?:\/\/[^\s\p{Cc}/?#]+$/iu, "must be an address without a path, https://sign.example.com")
      .max(300, "must be at most 300 characters"),
  );

export const email = z.email("must be an e-mail address").transform((address) => address.toLowerCase());

/** Percent, as people say a probability. */
export const percent = z
  .int("must be a whole number of percent")
  .min(0, "must be from 0 to 100 percent")
  .max(100, "must be from 0 to 100 percent");

/** The version of the deal that the editor saw; an older one is a conflict. */
export const version = z.int().min(1);

/** IANA, as it is listed: `america/los_angeles` is `America/Los_Angeles`. */
export const timeZone = text().transform(ruled(parseZone));

export const quarter = text().regex(/^\d{4}-Q[1-4]$/, "must be a fiscal quarter, 2026-Q1");
