import { sql } from "drizzle-orm";
import { forgets } from "./forgets";

/**
 * Forgets mails, calls and notes that evidence was read from (§8.2), when all of it was answered and their days are over;
 * what was accepted of them stays, with the file that is its proof.
 */
export const forgetOriginals = forgets({
  name: "forget-originals",
  everyMs: 24 * 60 * 60_000,
  batch: 500,
  from: ["evidence_files", "id"],
  over: sql`select f.id from evidence_files f
    where f.created_at < now() - make_interval(days => (select kept_original_days from settings))
      and not exists (select from evidence_proposals p where p.evidence_id = f.id and p.decision is null)
    order by f.created_at`,
});
