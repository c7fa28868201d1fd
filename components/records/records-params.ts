import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const PARTNERS_PARAMS = {
  search: parseAsString.withDefault(""),
  standing: parseAsStringLiteral(["active", "silent", "attached", "new"] as const),
  sort: parseAsStringLiteral(["name", "lastActionOn", "deals"] as const).withDefault("name"),
};

export const ACCOUNTS_PARAMS = { search: parseAsString.withDefault("") };

export const REGISTRATIONS_PARAMS = {
  status: parseAsStringLiteral(["pending", "approved", "rejected"] as const).withDefault("pending"),
  search: parseAsString.withDefault(""),
  /** The one that is being decided. */
  open: parseAsString,
};
