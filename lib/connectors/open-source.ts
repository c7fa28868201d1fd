import type { ConnectionSystem } from "@/lib/interchange/connection";
import type { Opening, Source } from "./source";

/** Opens a system; its client is loaded only where it is used. */
export async function openSource(system: ConnectionSystem, opening: Opening): Promise<Source> {
  if (system === "salesforce") return (await import("./salesforce/source")).openSalesforce(opening);
  if (system === "prm") return (await import("./portal/source")).openPortal(opening);
  if (system === "aws") return (await import("./aws/source")).openAws(opening);
  return (await import("./hubspot/source")).openHubspot(opening);
}
