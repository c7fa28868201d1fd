import { type Client, connect } from "@/db/connection/client";
import { filledDatabase } from "@/db/test-database";
import { type Actor, COMMAND_LINE } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { setFirstPassword } from "./account/first-password";
import { createUser } from "./company/create-user";
import { createDeal } from "./deal/create-deal";
import { type Call, perform } from "./door";
import { createPartner } from "./partner/create-partner";
import type { AnyVerb } from "./verbs";

export const TODAY = "2026-05-20";
export const PASSWORD = "correct horse battery";

const PEOPLE = {
  ana: { role: "ae", name: "Ana Ruiz", ownerName: "Ana Ruiz" },
  ben: { role: "ae", name: "Ben Okafor", ownerName: "Ben Okafor" },
  pam: { role: "partner_manager", name: "Pam Lind", ownerName: null },
  paul: { role: "partner_manager", name: "Paul Meyer", ownerName: null },
  hope: { role: "head_of_partnerships", name: "Hope Adler", ownerName: null },
  fay: { role: "finance", name: "Fay Chen", ownerName: null },
  carl: { role: "cro", name: "Carl Moss", ownerName: null },
  rita: { role: "admin", name: "Rita Vale", ownerName: null },
  aude: { role: "auditor", name: "Aude Blanc", ownerName: null },
} as const satisfies Record<string, { role: UserRole; name: string; ownerName: string | null }>;
export type Person = keyof typeof PEOPLE;

/** A company in a database of its own: nine people, two partners, and ways to act as each of them. */
export interface Company {
  /** Of the role that owns the database, for scenes that no verb can set. */
  url: string;
  client: Client;
  actor: (person: Person) => Actor;
  /** Performs a verb as a person and returns its answer. */
  as: <V extends AnyVerb>(
    person: Person,
    verb: V,
    input: unknown,
    call?: Partial<Call>,
  ) => Promise<{ request: string } & Awaited<ReturnType<typeof perform<V["input"], V["output"]>>>["answer"]>;
  /** A fresh open deal of Ana's at stage 2, and its id. */
  deal: (overrides?: Record<string, unknown>) => Promise<string>;
  close: () => Promise<void>;
}

export async function openCompany(): Promise<Company> {
  const { url } = await filledDatabase("a company", enterCompany);
  const client = connect(url, { max: 4 });
  const actor = (person: Person): Actor => ({
    id: `user:${person}`,
    userId: person,
    ...PEOPLE[person],
    ownPassword: true,
    sessionId: `a session of ${person}`,
  });
  const as: Company["as"] = async (person, verb, input, call) => {
    const { request, answer } = await perform(verb, input, {
      actor: actor(person),
      client,
      today: TODAY,
      ...call,
    });
    return { request, ...(answer as object) } as never;
  };
  return {
    url,
    client,
    actor,
    as,
    async deal(overrides = {}) {
      const input = {
        account: "Larkfield Foods",
        amount: 1_000_000,
        currency: "USD",
        stage: 2,
        createdOn: "2026-05-01",
      };
      const { dealId } = await as("ana", createDeal, { ...input, ...overrides });
      return dealId as string;
    },
    close: () => client.close(),
  };
}

async function enterCompany(url: string): Promise<void> {
  const client = connect(url, { max: 4 });
  const operator = { actor: COMMAND_LINE, client, today: TODAY };
  for (const [id, person] of Object.entries(PEOPLE)) {
    const email = `${id}@company.example`;
    await perform(createUser, { ...person, id, email }, operator);
  }
  await Promise.all(Object.keys(PEOPLE).map((id) => setFirstPassword(client, id, PASSWORD)));
  await perform(createPartner, { id: "P-1", name: "Northgate", kind: "integrator" }, operator);
  await perform(createPartner, { id: "P-2", name: "Halden", kind: "reseller" }, operator);
  await client.close();
}
