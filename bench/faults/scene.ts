import { connect } from "@/db/connection/client";
import type { Actor } from "@/lib/auth/actor";
import { COMMAND_LINE } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { CALENDAR_YEAR, previousQuarter, quarterOf } from "@/lib/calendar";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { createUser } from "@/lib/commands/company/create-user";
import { perform } from "@/lib/commands/door";
import { importBatch } from "@/lib/commands/import/import-batch";
import { createPartner } from "@/lib/commands/partner/create-partner";
import { agreedForYears, holdReview } from "@/lib/commands/review/freeze.fixture";
import { companyDay } from "@/lib/company-day";

export const PASSWORD = "correct horse battery";

const PEOPLE = {
  ana: { role: "ae", name: "Ana Ruiz", ownerName: "Ana Ruiz" },
  pam: { role: "partner_manager", name: "Pam Lind", ownerName: null },
  hope: { role: "head_of_partnerships", name: "Hope Adler", ownerName: null },
  fay: { role: "finance", name: "Fay Chen", ownerName: null },
  carl: { role: "cro", name: "Carl Moss", ownerName: null },
} as const satisfies Record<string, { role: UserRole; name: string; ownerName: string | null }>;

/** A person of the scene, as the door knows them. */
export const actor = (id: keyof typeof PEOPLE): Actor => ({
  id: `user:${id}`,
  userId: id,
  ...PEOPLE[id],
  ownPassword: true,
});

export const today = () => companyDay(Date.now(), "UTC");
/** The quarter that is frozen while it happens. */
export const closing = () => previousQuarter(quarterOf(today()), CALENDAR_YEAR);

/** Whether that quarter is frozen, and whether another policy than the scene's came into force; as its row tells it. */
export const WHAT_IS_DONE = `select exists (select from sealed_quarters) as "isFrozen",
  exists (select from policies where period is not null and id <> 'M-years') as "isAgreed"`;

/** A row of a file of deals. */
export const dealRow = (id: string, changes: Record<string, string> = {}) => ({
  ...{ id, account: "Harrow Mills", owner: "Ana Ruiz", amount: "1000.00", currency: "USD", type: "new" },
  ...{ route: "direct", created_on: closing().from, closed_on: "", outcome: "open", ...changes },
});

/** Makes a company in a migrated database: five people under an agreement, and a quarter that waits to be frozen. */
export async function setScene(url: string): Promise<void> {
  const client = connect(url, { max: 4 });
  const call = { client, today: today() };
  const operator = { actor: COMMAND_LINE, ...call };
  for (const [id, person] of Object.entries(PEOPLE))
    await perform(createUser, { ...person, id, email: `${id}@company.example` }, operator);
  for (const id of Object.keys(PEOPLE)) await setFirstPassword(client, id, PASSWORD);
  await perform(createPartner, { id: "P-1", name: "Northgate", kind: "integrator" }, operator);
  await agreedForYears(url, { cro: "carl", finance: "fay", head_of_partnerships: "hope" });
  const { from, to, label } = closing();
  const rows = Array.from({ length: 40 }, (_, line) => ({
    line: line + 2,
    values: dealRow(`D-${line}`, { created_on: from, closed_on: to, outcome: line % 3 ? "won" : "lost" }),
  }));
  await perform(importBatch, { kind: "deals", rows }, operator);
  await holdReview(label, { finance: actor("fay"), head: actor("hope"), call });
  await client.close();
}
