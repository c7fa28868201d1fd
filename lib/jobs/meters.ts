import { setTimeout as pause } from "node:timers/promises";
import { SpanStatusCode, trace } from "@opentelemetry/api";
import { sql } from "drizzle-orm";
import { Gauge, Histogram, type Registry, register } from "prom-client";
import { database } from "@/db/connection/client";
import { perProcess } from "@/db/connection/per-process";
import type { Job } from "./job";

/** How long the database may take to be counted as up. */
const PATIENCE_MS = 2_000;

const turns = () =>
  perProcess(
    "job-turns",
    () =>
      new Histogram({
        name: "countersign_job_turn_seconds",
        help: "How long a turn of a job took.",
        labelNames: ["job", "outcome"],
        buckets: [0.01, 0.1, 1, 10, 60, 600],
      }),
  );

/** The job, with its turns measured. */
export function measured(job: Job): Job {
  return {
    ...job,
    work: (...given) =>
      trace.getTracer("countersign").startActiveSpan(`job ${job.name}`, async (span) => {
        const end = turns().startTimer({ job: job.name });
        try {
          const done = await job.work(...given);
          end({ outcome: "done" });
          return done;
        } catch (error) {
          end({ outcome: "failed" });
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}

/** The process's metrics, with what its database tells now; whatever the database does, they come. */
export async function houseMetrics(): Promise<Registry> {
  const { connections, up, entries, notices } = perProcess("gauges", gauges);
  const client = database();
  for (const [pool, { load }] of [["read", client.readers] as const, ["write", client.writers] as const])
    for (const [state, count] of Object.entries(load)) connections.set({ pool, state }, count);
  const asked = client.db
    .execute<{ entries: number; notices: number }>(sql`
      select (select count(*)::int from audit_log where id > coalesce((select max(audit_id) from audit_tree), 0)) as entries,
        (select count(*)::int from notices where state = 'waiting' and due_at <= now()) as notices`)
    .then(([row]) => row ?? null)
    .catch(() => null);
  const told = await Promise.race([asked, pause(PATIENCE_MS, null, { ref: false })]);
  up.set(told === null ? 0 : 1);
  entries.set(told?.entries ?? Number.NaN);
  notices.set(told?.notices ?? Number.NaN);
  return register;
}

function gauges() {
  const gauge = (name: string, help: string) => new Gauge({ name: `countersign_${name}`, help });
  return {
    connections: new Gauge({
      name: "countersign_connections",
      help: "The database's connections of this process, and who waits for one.",
      labelNames: ["pool", "state"],
    }),
    up: gauge("database_up", "Whether the database answered within two seconds."),
    entries: gauge("audit_entries_waiting", "Entries of the audit log that are not in its tree yet."),
    notices: gauge("notices_waiting", "Notices that are due and not sent."),
  };
}
