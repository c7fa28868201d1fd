import { z } from "zod";
import { checkSignOn } from "@/lib/auth/sign-on-check";
import { ownAddress, signOnConfig } from "@/lib/auth/single-sign-on";
import { defineQuery } from "../query";

/** Whether the identity provider answers as it must, asked anew each time; nobody is signed in by it. */
export const signOnCheck = defineQuery({
  name: "sign-on-check",
  summary: "Test single sign-on: what of the identity provider is right, and what is wrong, in plain words.",
  only: ["admin"],
  inBody: true,
  input: z.strictObject({
    /** The app's address as this browser has it, for where the server was told none. */
    address: z.url("must be an address"),
  }),
  output: z.object({ looked: z.array(z.object({ right: z.boolean(), says: z.string() })) }),
  async run(_, { address }) {
    const config = signOnConfig();
    if (!config) {
      const says = "It is not set up: SSO_ISSUER, SSO_CLIENT_ID and SSO_CLIENT_SECRET are not all set.";
      return { looked: [{ right: false, says }] };
    }
    return { looked: await checkSignOn(config, ownAddress() ?? new URL(address).origin) };
  },
});
