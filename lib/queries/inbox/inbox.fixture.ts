import { sql } from "drizzle-orm";
import { type Company, openCompany, type Person, TODAY } from "@/lib/commands/commands.fixture";
import { decideException } from "@/lib/commands/exception/decide-exception";
import { raiseException } from "@/lib/commands/exception/raise-exception";
import { editPartner } from "@/lib/commands/partner/edit-partner";
import { type InboxItem, inbox } from "./inbox";
import type { Scope } from "./whose";

export const SOURCER = { partnerId: "P-1", role: "sourcer", touchStage: 0, touchedOn: "2026-05-01" };
export const MOTION = { partnerId: "P-1", type: "joint_discovery", stage: 2, occurredOn: "2026-05-10" };
export const PROOF = "https://notes.example/1";

/** A company in which Pam looks after Northgate, nobody after Halden, and ways to look into queues. */
export async function openInbox() {
  const company: Company = await openCompany();
  await company.as("hope", editPartner, { partnerId: "P-1", changes: { ownerId: "pam" } });
  const context = (person: Person, today = TODAY) => ({
    db: company.client.db,
    actor: company.actor(person),
    today,
  });
  const ask = (person: Person, scope: Scope = "mine", today = TODAY, snoozed = false) =>
    inbox.run(context(person, today), { scope, snoozed, limit: 500 });
  /** What stands in somebody's queue about one deal. */
  const about = async (
    dealId: string,
    person: Person,
    scope: Scope = "mine",
    today = TODAY,
  ): Promise<InboxItem[]> =>
    (await ask(person, scope, today)).items.filter(({ deal }) => deal?.id === dealId);
  return {
    ...company,
    ...{ context, ask, about },
    kindsOf: async (dealId: string, person: Person, scope: Scope = "mine", today = TODAY) =>
      (await about(dealId, person, scope, today)).map(({ kind }) => kind),
    /** A case that Ana raises, and its decision by one of a side. */
    async raised(dealId: string) {
      const claim = { dealId, kind: "other", partnerId: "P-1", claim: "they brought the buyer" };
      return (await company.as("ana", raiseException, claim)).exceptionId as string;
    },
    async decided(exceptionId: string, by: Person) {
      const found = sql`select version from exceptions where id = ${exceptionId}`;
      const [row] = await company.client.db.execute<{ version: number }>(found);
      const upheld = {
        exceptionId,
        version: row!.version,
        decision: "rule_upheld",
        reason: "as the memo says",
      };
      await company.as(by, decideException, upheld);
    },
  };
}
export type Inbox = Awaited<ReturnType<typeof openInbox>>;
