import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  char,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { idText, now } from "./columns";
import { signInWay, userRole } from "./enums";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** People who sign in, each with a password that they set themselves (§9). */
export const users = pgTable(
  "users",
  {
    id: idText("id").primaryKey(),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    role: userRole("role").notNull(),
    /** What the CRM calls this person as a deal's owner; makes a deal "their own". */
    ownerName: text("owner_name").unique(),
    /** The team that numbers are narrowed to (§7); null where a company has none. */
    team: text("team"),
    /** Null until the person has set one: nobody signs in by it. */
    passwordHash: text("password_hash"),
    passwordSetAt: instant("password_set_at"),
    /** Set in a browser in which no admin had signed in: nobody else could know it, so it may sign. */
    passwordOwn: boolean("password_own").notNull().default(false),
    /** Whether they hold a passkey that they may sign with; passkeys says which. */
    passkeyOwn: boolean("passkey_own").notNull().default(false),
    disabledAt: instant("disabled_at"),
    /** When what was kept of them was erased: they are nobody any more, and do not come back. */
    erasedAt: instant("erased_at"),
    demo: boolean("demo").notNull().default(false),
    createdAt: instant("created_at").notNull().default(now),
  },
  (table) => [
    check("users_email_lowercase", sql`${table.email} = lower(${table.email})`),
    check("users_name_given", sql`length(trim(${table.name})) > 0`),
    check("users_erased_off", sql`${table.erasedAt} is null or ${table.disabledAt} is not null`),
    check("users_own_password", sql`${table.passwordHash} is not null or not ${table.passwordOwn}`),
  ],
);

const ofUser = () =>
  idText("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** A sign-in and what became of it. The browser's token names it; it ends here, whatever the browser keeps. */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    userId: ofUser(),
    /** Which browser, by a random name that it keeps; null when it keeps none. */
    browserId: text("browser_id"),
    /** What it calls itself, in words, and the address it came from. */
    browser: text("browser").notNull(),
    origin: text("origin").notNull(),
    /** How its person showed who they are. */
    way: signInWay("way").notNull().default("password"),
    createdAt: instant("created_at").notNull().default(now),
    /** When it was last used, within a few minutes. */
    seenAt: instant("seen_at").notNull().default(now),
    endedAt: instant("ended_at"),
  },
  (table) => [
    index("sessions_of_user").on(table.userId),
    index("sessions_of_browser").on(table.browserId, table.userId),
  ],
);

/** Links by which people set their password: each works once, for a day, and only the latest of a person. */
export const passwordLinks = pgTable(
  "password_links",
  {
    id: idText("id").primaryKey(),
    userId: ofUser(),
    /** SHA-256 of the link's token, which is kept nowhere. */
    tokenHash: char("token_hash", { length: 64 }).notNull().unique(),
    /** As the audit log names who made it. */
    issuedBy: text("issued_by").notNull(),
    issuedAt: instant("issued_at").notNull().default(now),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    revokedAt: instant("revoked_at"),
  },
  (table) => [
    index("password_links_of_user").on(table.userId, table.issuedAt),
    uniqueIndex("password_links_one_open")
      .on(table.userId)
      .where(sql`${table.usedAt} is null and ${table.revokedAt} is null`),
  ],
);

/** Passkeys by which people sign (WebAuthn): the public half alone is kept. */
export const passkeys = pgTable(
  "passkeys",
  {
    /** The credential's id, base64url. */
    id: text("id").primaryKey(),
    userId: ofUser(),
    /** What its owner calls what holds it. */
    name: text("name").notNull(),
    /** COSE, base64url. */
    publicKey: text("public_key").notNull(),
    /** How often it says that it was used; it goes up, or stays at none. */
    counter: bigint("counter", { mode: "number" }).notNull(),
    transports: text("transports").array().notNull(),
    /** Registered in a browser in which no admin had signed in: it may sign. */
    own: boolean("own").notNull(),
    createdAt: instant("created_at").notNull().default(now),
    usedAt: instant("used_at"),
  },
  (table) => [
    index("passkeys_of_user").on(table.userId),
    check("passkeys_name_given", sql`length(trim(${table.name})) > 0`),
    check("passkeys_counter", sql`${table.counter} >= 0`),
  ],
);

/** Tries with a password, by address, browser and origin, since a moment; the names are hashes. */
export const passwordTries = pgTable("password_tries", {
  key: text("key").primaryKey(),
  tries: integer("tries").notNull(),
  since: instant("since").notNull().default(now),
});

/** Of whom something can be erased or held. */
export const PERSON_KINDS = ["user", "partner_contact"] as const;
const personKind = () => text("kind", { enum: PERSON_KINDS }).notNull();

/** Who was erased, by whom and why (§9); the reason names nobody. Written by the database alone. */
export const erasures = pgTable(
  "erasures",
  {
    /** What they are called since: `Erased person 3`. */
    number: bigserial("number", { mode: "number" }).primaryKey(),
    kind: personKind(),
    personId: idText("person_id").notNull(),
    reason: text("reason").notNull(),
    erasedBy: idText("erased_by")
      .notNull()
      .references(() => users.id),
    at: instant("at").notNull().default(now),
  },
  (table) => [
    check("erasures_kind", sql`${table.kind} in ('user', 'partner_contact')`),
    check("erasures_reason_given", sql`length(trim(${table.reason})) > 0`),
    index("erasures_by").on(table.erasedBy),
  ],
);

/** What must be kept of somebody until it is lifted, a lawsuit's or an audit's: while one stands nothing of theirs is erased. */
export const holds = pgTable(
  "holds",
  {
    id: idText("id").primaryKey(),
    kind: personKind(),
    personId: idText("person_id").notNull(),
    reason: text("reason").notNull(),
    heldBy: idText("held_by")
      .notNull()
      .references(() => users.id),
    at: instant("at").notNull().default(now),
    liftedAt: instant("lifted_at"),
    liftedBy: idText("lifted_by").references(() => users.id),
  },
  (table) => [
    check("holds_kind", sql`${table.kind} in ('user', 'partner_contact')`),
    check("holds_reason_given", sql`length(trim(${table.reason})) > 0`),
    check("holds_lifted_whole", sql`(${table.liftedAt} is null) = (${table.liftedBy} is null)`),
    index("holds_by").on(table.heldBy),
    index("holds_lifted_by").on(table.liftedBy),
    uniqueIndex("holds_one_open").on(table.kind, table.personId).where(sql`${table.liftedAt} is null`),
  ],
);
