import { sql } from "drizzle-orm";
import { z } from "zod";
import type { UserRole } from "@/lib/auth/roles";
import { maySay } from "@/lib/commands/guard";
import { mayResendNotice } from "@/lib/commands/notice/guards";
import { NOTICE_CHOICES, NOTICE_KINDS, NOTICE_STATES } from "@/lib/metrics/notice-kinds";
import { type NoticeAbout, noticeWords } from "@/lib/text/notice-words";
import { defineQuery } from "../query";
import { mayShape, namedShape } from "../shapes";

/** Who may look at everybody's (§9 auditor, and RevOps who runs the house). */
const ALL: readonly UserRole[] = ["admin", "auditor"];

const noticeShape = z.object({
  id: z.string(),
  kind: z.enum(NOTICE_KINDS),
  title: z.string(),
  says: z.string(),
  path: z.string(),
  to: namedShape,
  state: z.enum(NOTICE_STATES),
  /** By which it went or is to go. */
  way: z.enum(NOTICE_CHOICES),
  attempts: z.int(),
  problem: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** Of one that waits: its next try. */
  dueAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  may: z.object({ resend: mayShape }),
});

type Row = Omit<z.output<typeof noticeShape>, "title" | "says" | "path" | "may" | "to"> & {
  toId: string;
  toName: string;
  about: NoticeAbout;
};

/** What was told or will be, the latest first. */
export const noticesList = defineQuery({
  name: "notices-list",
  summary:
    "What people were told or will be, by which way, and what kept it: one's own; of an admin or auditor, all.",
  fresh: true,
  input: z.strictObject({
    /** Only what did not arrive and what is tried again. */
    troubled: z.boolean().default(false),
    limit: z.int().min(1).max(500).default(100),
  }),
  output: z.object({
    notices: z.array(noticeShape),
    /** Whether there are older ones. */
    more: z.boolean(),
    /** Whether everybody's are among them. */
    all: z.boolean(),
  }),
  async run({ db, actor }, { troubled, limit }) {
    const all = ALL.includes(actor.role);
    const at = (column: ReturnType<typeof sql>) =>
      sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    const rows = await db.execute<Row & Record<string, unknown>>(sql`
      select n.id, n.kind, n.about, u.id as "toId", u.name as "toName", n.state, n.attempts, n.problem,
        coalesce(n.way, (select c.choice from notice_choices c where c.user_id = u.id and c.kind = n.kind), 'mail') as way,
        ${at(sql`n.created_at`)} as "createdAt", ${at(sql`n.due_at`)} as "dueAt", ${at(sql`n.sent_at`)} as "sentAt"
      from notices n join users u on u.id = n.to_id
      where ${all ? sql`true` : sql`n.to_id = ${actor.userId}`}
        and ${troubled ? sql`(n.state in ('failed', 'no_way') or n.state = 'waiting' and n.problem is not null)` : sql`true`}
      order by n.created_at desc, n.id limit ${limit + 1}`);
    return {
      notices: [...rows].slice(0, limit).map(({ about, toId, toName, ...row }) => ({
        ...row,
        ...noticeWords(about),
        to: { id: toId, name: toName },
        may: { resend: maySay(mayResendNotice, actor, { ...row, toId, toName }) },
      })),
      more: rows.length > limit,
      all,
    };
  },
});
