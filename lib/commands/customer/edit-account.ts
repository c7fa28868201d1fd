import { z } from "zod";
import * as field from "../input";
import { defineVerb } from "../verb";
import { changeAccount, lockAccount } from "./change-account";
import { mayEditAccount } from "./guards";

export const editAccount = defineVerb({
  name: "edit-account",
  summary: "Correct an account's name or domains",
  input: z.strictObject({
    accountId: field.id,
    changes: z
      .strictObject({
        name: field.line(200),
        domains: z.array(field.domain).max(50, "must be at most 50 domains"),
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, "must change something"),
  }),
  output: z.object({ accountId: z.string() }),
  guard: mayEditAccount,
  subject: (context, { accountId, changes }) =>
    lockAccount(context, accountId, { renames: changes.name !== undefined }),
  stands: ({ before }) => before as unknown as Readonly<Record<string, unknown>>,
  async run(context, { accountId, changes }, locked) {
    await changeAccount(context, locked, changes);
    return { accountId };
  },
});
