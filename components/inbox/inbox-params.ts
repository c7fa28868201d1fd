import { parseAsBoolean, parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import { INBOX_KINDS } from "@/lib/metrics/inbox-kinds";

export const SCOPES = ["mine", "team", "all"] as const;

export const INBOX_PARAMS = {
  scope: parseAsStringLiteral(SCOPES).withDefault("mine"),
  kind: parseAsStringLiteral(INBOX_KINDS),
  /** What is put off, instead of the rest. */
  off: parseAsBoolean.withDefault(false),
  /** How many are shown. */
  limit: parseAsInteger.withDefault(100),
};

/** What is asked of the server for an address. */
export function inboxInput({ scope, kind, off, limit }: InboxParams) {
  return {
    scope,
    ...(kind && { kind }),
    ...(off && { snoozed: true }),
    limit: Math.min(500, Math.max(1, limit)),
  };
}

export interface InboxParams {
  scope: (typeof SCOPES)[number];
  kind: (typeof INBOX_KINDS)[number] | null;
  off: boolean;
  limit: number;
}
