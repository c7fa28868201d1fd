import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, char, check, text, timestamp } from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { seat, signMethod } from "./enums";
import { users } from "./people";

/**
 * What a document that three people sign has in its table, whatever it says: a policy (§8.8), a compensation plan
 * (§8.10). Its signatures stand in a table of their own, by `signatureColumns`; what the database refuses of either
 * is one guard (db/migrations, documents that three people sign).
 */
export const documentColumns = () => ({
  id: idText("id").primaryKey(),
  title: text("title").notNull(),
  /** RFC 8785 canonical JSON: the very bytes that are hashed and signed. Null in a draft whose text may still change. */
  canonical: text("canonical"),
  /** SHA-256 of `canonical`, hexadecimal. */
  hash: char("hash", { length: 64 }),
  draftedBy: idText("drafted_by").references(() => users.id),
  draftedAt: timestamp("drafted_at", { withTimezone: true }).notNull().default(now),
  withdrawnAt: timestamp("withdrawn_at", { withTimezone: true }),
  withdrawnBy: idText("withdrawn_by").references(() => users.id),
  withdrawnReason: text("withdrawn_reason"),
  demo: boolean("demo").notNull().default(false),
});

/** What holds of every such document, by its table's name. */
export const documentChecks = (
  name: string,
  table: Record<"hash" | "canonical" | "withdrawnAt" | "withdrawnReason", AnyPgColumn>,
) => [
  check(
    `${name}_hash_is_of_the_text`,
    sql`${table.hash} = encode(sha256(convert_to(${table.canonical}, 'UTF8')), 'hex')`,
  ),
  check(
    `${name}_withdrawn_with_reason`,
    sql`(${table.withdrawnAt} is null) = (${table.withdrawnReason} is null)`,
  ),
];

/** A signature over the hash, in one of the three seats, beside the document's id. Append-only. */
export const signatureColumns = () => ({
  seat: seat("seat").notNull(),
  userId: idText("user_id")
    .notNull()
    .references(() => users.id),
  /** The name as it was on the day. */
  name: text("name").notNull(),
  hash: char("hash", { length: 64 }).notNull(),
  /** By what the signer showed that it is they. */
  method: signMethod("method").notNull().default("password"),
  signedAt: timestamp("signed_at", { withTimezone: true }).notNull().default(now),
  /** The head of the audit log that stood when it was signed (lib/audit/head.ts); null before the first. */
  logHead: text("log_head"),
});
