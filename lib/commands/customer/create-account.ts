import { eq } from "drizzle-orm";
import { z } from "zod";
import { accounts } from "@/db/schema/accounts";
import { refuse } from "@/lib/errors";
import * as field from "../input";
import { newId } from "../new-id";
import { defineVerb } from "../verb";
import { mayEditAccount } from "./guards";
import { keepDomains } from "./load";

export const createAccount = defineVerb({
  name: "create-account",
  summary: "Enter an account: a customer, and the domains it is known by",
  input: z.strictObject({
    id: field.id.optional(),
    name: field.line(200),
    domains: z.array(field.domain).max(50, "must be at most 50 domains").default([]),
  }),
  output: z.object({ accountId: z.string() }),
  guard: mayEditAccount,
  async run(context, { id: given, name, domains }) {
    const { tx, audit, demo } = context;
    const id = given ?? newId("AC");
    if (given) {
      const taken = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, id));
      if (taken.length > 0) refuse("id", id, "an account with this id exists already");
    }
    await tx.insert(accounts).values({ id, name, demo });
    await keepDomains(context, id, domains, "domains");
    audit({
      subjectKind: "account",
      subjectId: id,
      dealId: null,
      before: null,
      after: { id, name, domains },
    });
    return { accountId: id };
  },
});
