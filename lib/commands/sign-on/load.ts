import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { identities } from "@/db/schema/identities";
import { USER_ROLES } from "@/lib/auth/roles";
import { Refusal } from "@/lib/errors";
import * as field from "../input";
import type { WriteContext } from "../verb";

/** Who somebody is at the identity provider; their address there finds nobody here. */
export const identityInput = {
  issuer: field.link,
  subject: z.string().min(1, "must not be empty").max(255, "must be at most 255 characters"),
};
/** What the provider told of them. */
export const toldInput = { email: z.email("must be an e-mail address"), name: field.line(200) };

export const groupsShape = z
  .array(z.strictObject({ group: field.line(200), role: z.enum(USER_ROLES) }))
  .max(200, "are 200 at most")
  .refine(
    (groups) => new Set(groups.map(({ group }) => group)).size === groups.length,
    "must name each group once",
  );

export const isIdentity = ({ issuer, subject }: { issuer: string; subject: string }) =>
  and(eq(identities.issuer, issuer), eq(identities.subject, subject));

/** Locks and loads an identity that has come here before. */
export async function lockIdentity({ tx }: WriteContext, named: { issuer: string; subject: string }) {
  const [row] = await tx.select().from(identities).where(isIdentity(named)).for("update");
  if (row) return row;
  const rule = "nobody has come by single sign-on as this";
  throw new Refusal({ code: "not_found", field: "subject", value: named.subject, rule });
}
