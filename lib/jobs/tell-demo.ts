import { and, eq } from "drizzle-orm";
import type { Client } from "@/db/connection/client";
import { tellDemoStory } from "@/db/demo/tell";
import { settings } from "@/db/schema/settings";
import type { Day } from "@/lib/attribution/facts";
import { BEING_TOLD } from "@/lib/commands/company/guards";
import type { Job } from "./job";

/** Tells the story that an admin asked for (`begin-demo`), and one whose telling a stopped server cut off. */
export const tellDemo: Job = { name: "tell-demo", everyMs: 1_000, work: tellWhereAsked };

/** @returns whether this turn told it; of several processes one does, the others wait for it */
export async function tellWhereAsked(client: Client, today: Day): Promise<boolean> {
  const asked = and(eq(settings.demo, true), eq(settings.company, BEING_TOLD));
  const [found] = await client.db.select({ id: settings.id }).from(settings).where(asked);
  return found !== undefined && (await tellDemoStory({ client, today }));
}
