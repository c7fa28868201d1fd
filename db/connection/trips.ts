import { Connection } from "./pool";

/** Messages to the database and back while `work` runs; nothing else may use one meanwhile. */
export async function tripsOf(work: () => Promise<unknown>): Promise<number> {
  const { run } = Connection.prototype;
  let trips = 0;
  Connection.prototype.run = function (this: Connection, ...message: Parameters<typeof run>) {
    trips += 1;
    return run.apply(this, message);
  } as typeof run;
  try {
    await work();
  } finally {
    Connection.prototype.run = run;
  }
  return trips;
}
