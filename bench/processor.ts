import { readdirSync, readFileSync } from "node:fs";
import type postgres from "postgres";

/** Milliseconds that this process and the database's processes together were on a processor so far. */
export type Processor = () => number;

const TICK_MS = 10;

/** Null where the system does not say it (anything but Linux), or the database is on another machine. */
export async function processorOf(sql: postgres.Sql): Promise<Processor | null> {
  const [row] = await sql<{ pid: string }[]>`
    select split_part(pg_read_file('postmaster.pid'), E'\n', 1) as pid`;
  const server = row!.pid.trim();
  try {
    endedOf(server);
    return () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000 + endedOf(server) + runningOf(server);
    };
  } catch {
    return null;
  }
}

const fieldsOf = (pid: string) => {
  const line = readFileSync(`/proc/${pid}/stat`, "utf8");
  return line.slice(line.lastIndexOf(")") + 2).split(" ");
};

/** What its processes took that have ended. */
function endedOf(server: string): number {
  const fields = fieldsOf(server);
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}

function runningOf(server: string): number {
  let nanoseconds = 0;
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      if (fieldsOf(pid)[1] === server)
        nanoseconds += Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]);
    } catch {
      // It ended meanwhile, and is counted with those that have.
    }
  }
  return nanoseconds / 1e6;
}
