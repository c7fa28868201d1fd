import { type Client, database } from "@/db/connection/client";
import { perProcess } from "@/db/connection/per-process";
import { settings } from "@/db/schema/settings";
import type { Day } from "@/lib/attribution/facts";
import { companyDay } from "@/lib/company-day";

/** How long a process goes by the zone it read. Its own changes it knows at once; another's after that. */
const KNOWN_MS = 5_000;

interface Known {
  zone: Promise<string>;
  at: number;
}

const zones = perProcess("company-zones", () => new WeakMap<Client, Known>());

/** The company's time zone (§9 "Whose day it is"), from the primary. */
export function companyZone(client: Client = database()): Promise<string> {
  const known = zones.get(client);
  if (known && Date.now() - known.at < KNOWN_MS) return known.zone;
  const zone = client.db
    .select({ zone: settings.timeZone })
    .from(settings)
    .then(([row]) => row?.zone ?? "UTC");
  zones.set(client, { zone, at: Date.now() });
  // The next one asks again; whoever waits for this one hears of its failure.
  zone.catch(() => zones.delete(client));
  return zone;
}

/** After a change of the zone: the next day asked for is in the new one. */
export function forgetZone(client: Client): void {
  zones.delete(client);
}

/**
 * What day it is, for everything: the server's clock, seen in the company's zone. The one place that asks a
 * clock for a day.
 */
export async function companyToday(client: Client = database()): Promise<Day> {
  // The zone first: the clock is looked at when the answer is there.
  const zone = await companyZone(client);
  return companyDay(Date.now(), zone);
}

/** The zone of this server, which a company's first start begins with. */
export function serverZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
}
