import { z } from "zod";
import { PERMISSIONS, type Permission } from "@/lib/auth/permissions";
import { USER_ROLES } from "@/lib/auth/roles";
import { defineQuery } from "./query";
import { dayShape, policyStateShape, quarterShape } from "./shapes";

const PERMISSION_NAMES = Object.keys(PERMISSIONS) as [Permission, ...Permission[]];

/** Who asks, what they may, and what every page needs to know about the house. */
export const me = defineQuery({
  name: "me",
  summary: "Who I am, what I may do, and the company's settings.",
  input: z.strictObject({}),
  output: z.object({
    user: z.object({
      id: z.string().nullable(),
      name: z.string(),
      role: z.enum(USER_ROLES),
      ownerName: z.string().nullable(),
    }),
    /** The permissions held, and whether for any subject or only one's own. */
    may: z.partialRecord(z.enum(PERMISSION_NAMES), z.enum(["any", "own"])),
    company: z.string(),
    demo: z.boolean(),
    fiscalFirstMonth: z.int(),
    reportingCurrency: z.string(),
    policy: policyStateShape,
    today: dayShape,
    /** The fiscal quarter that today lies in. */
    quarter: quarterShape,
  }),
  async run() {
    throw new Error("not written yet");
  },
});
