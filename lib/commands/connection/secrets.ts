import { z } from "zod";
import { refuse } from "@/lib/errors";
import { type ConnectionSystem, SECRETS_OF } from "@/lib/interchange/connection";

export const secretsShape = z.record(z.string(), z.string().max(10_000));

/** The secrets that this system asks for, each given; refuses others. */
export function checkedSecrets(
  system: ConnectionSystem,
  given: Record<string, string>,
): Record<string, string> {
  const names = SECRETS_OF[system].map(({ name }) => name);
  for (const name of Object.keys(given))
    if (!names.includes(name)) refuse(`secrets.${name}`, null, "is no secret that this system asks for");
  return Object.fromEntries(
    SECRETS_OF[system].map(({ name, isNeeded }) => {
      const value = given[name]?.trim() ?? "";
      if (value === "" && isNeeded) refuse(`secrets.${name}`, null, "must be given");
      if (name === "signingSecret" && !isSigningSecret(value))
        refuse(`secrets.${name}`, null, "must be whsec_ and at least 24 bytes in base64");
      return [name, value];
    }),
  );
}

/** As Standard Webhooks has it: 24 to 64 bytes. */
const isSigningSecret = (text: string) =>
  /^whsec_(?:[A-Za-z0-9+/]{4}){8,22}[A-Za-z0-9+/]{0,3}={0,2}$/.test(text);
