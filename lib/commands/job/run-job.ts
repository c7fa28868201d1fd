import { sql } from "drizzle-orm";
import { z } from "zod";
import { QUEUE_NAMES } from "@/db/queues";
import { refuse } from "@/lib/errors";
import { defineVerb } from "../verb";
import { mayRunJob } from "./guards";

export const runJob = defineVerb({
  name: "run-job",
  summary: "Have a job's next turn begin now, beside the one that waits for its time",
  input: z.strictObject({ name: z.enum(QUEUE_NAMES as [string, ...string[]]) }),
  output: z.object({ name: z.string() }),
  guard: mayRunJob,
  async run({ tx, audit }, { name }) {
    // As the queue itself would write it; one that was asked for waits once (docs/decisions/0011).
    const [asked] = await tx.execute(sql`
      insert into pgboss.job (name, data, singleton_key, policy, retry_limit, retry_delay, retry_backoff, expire_in)
      select name, '{}', 'asked for', policy, coalesce(retry_limit, 0), coalesce(retry_delay, 0),
        coalesce(retry_backoff, false), expire_seconds * interval '1 second'
      from pgboss.queue where name = ${name}
      on conflict do nothing returning id`);
    if (!asked) refuse("name", name, "is asked for already, and begins within seconds");
    audit({ subjectKind: "job", subjectId: name, dealId: null, before: null, after: { askedFor: true } });
    return { name };
  },
});
