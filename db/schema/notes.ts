import { sql } from "drizzle-orm";
import { boolean, char, check, customType, index, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { day, idText, now } from "./columns";
import { users } from "./people";

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** Notes and files kept as proof (§1), never changed. Named in a proof as `note:ID`, a file by its hash. */
export const notes = pgTable(
  "notes",
  {
    id: idText("id").primaryKey(),
    text: text("text").notNull(),
    fileName: text("file_name"),
    fileType: text("file_type"),
    fileSha256: char("file_sha256", { length: 64 }),
    file: bytes("file"),
    recordedOn: day("recorded_on").notNull(),
    recordedBy: idText("recorded_by").references(() => users.id),
    demo: boolean("demo").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().default(now),
  },
  (table) => [
    check("notes_text_given", sql`length(trim(${table.text})) > 0`),
    check(
      "notes_file_whole",
      sql`num_nulls(${table.fileName}, ${table.fileType}, ${table.fileSha256}, ${table.file}) in (0, 4)`,
    ),
    check("notes_file_is_itself", sql`${table.fileSha256} = encode(sha256(${table.file}), 'hex')`),
    check(
      "notes_file_by_its_hash",
      sql`${table.file} is null or ${table.id} = 'sha256-' || ${table.fileSha256}`,
    ),
    check("notes_file_small", sql`length(${table.file}) <= 5000000`),
    index("notes_by").on(table.recordedBy),
  ],
);
