import postgres from "postgres";
import { type Client, connect } from "@/db/connection/client";
import type { Policy } from "@/lib/attribution/policy";
import { COMMAND_LINE } from "@/lib/auth/actor";
import { setFirstPassword } from "@/lib/commands/account/first-password";
import { PASSWORD } from "@/lib/commands/commands.fixture";
import { createUser } from "@/lib/commands/company/create-user";
import { perform } from "@/lib/commands/door";
import { agreedForYears, SIGNERS } from "@/lib/commands/review/freeze.fixture";
import { companyDay } from "@/lib/company-day";
import { judgeAll } from "@/lib/judging/judge-all";
import { importedCompany } from "./imported-company.fixture";

const ROLES = { carl: "cro", fay: "finance", hope: "head_of_partnerships" } as const;

/** A company's files in a database of its own, and what judges them. */
export interface JudgedCompany {
  url: string;
  client: Client;
  today: string;
  /** Judges everything under this policy, as if it had been signed for years. */
  agree(policy: Policy): Promise<void>;
}

/** Imports a company's files as the command line does, and names the three who sign. */
export async function judgedCompany(folder: string): Promise<JudgedCompany> {
  const today = companyDay(Date.now(), "UTC");
  const { url } = await importedCompany(folder);
  const client = connect(url, { max: 4 });
  for (const [id, role] of Object.entries(ROLES)) {
    const person = { id, role, name: id, ownerName: null, email: `${id}@company.example` };
    await perform(createUser, person, { actor: COMMAND_LINE, client, today });
    await setFirstPassword(client, id, PASSWORD);
  }
  return { url, client, today, agree: (policy) => agree({ url, client, today }, policy) };
}

/** The agreement under which everything is judged; the guards let nobody sign for the past twice. */
async function agree({ url, client, today }: Omit<JudgedCompany, "agree">, policy: Policy): Promise<void> {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  await owner.begin(async (own) => {
    await own`set local session_replication_role = replica`;
    await own`update policies set demo = true`;
    await own`delete from signatures`;
    await own`delete from policies`;
  });
  await owner.end();
  await agreedForYears(url, SIGNERS, policy);
  await judgeAll(client, today);
}
