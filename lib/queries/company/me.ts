import { z } from "zod";
import { PERMISSIONS, type Permission, type Scope, scopeOf } from "@/lib/auth/permissions";
import { USER_ROLES } from "@/lib/auth/roles";
import { quarterOf } from "@/lib/calendar";
import { policyState } from "../policy/policy-state";
import { defineQuery } from "../query";
import { dayShape, fiscalYearShape, policyStateShape, quarterShape } from "../shapes";
import { readCompany } from "./company";

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
    fiscalYear: fiscalYearShape,
    reportingCurrency: z.string(),
    /** IANA: `today` and every other day are days in it. */
    timeZone: z.string(),
    /** Null while it is what the server had, and admins are asked. */
    timeZoneSaidOn: dayShape.nullable(),
    /** How many days a partner waits for the answer to a registration, at most. */
    registrationAnswerDays: z.int(),
    /** How many days an approved registration protects, unless its approval says otherwise. */
    registrationProtectionDays: z.int(),
    /** From which close day on the CRM asks the stage gate; null while it asks for none. */
    gateFrom: dayShape.nullable(),
    /** How many days is kept what nobody needs for good. */
    kept: z.object({
      whenceDays: z.int(),
      sessionDays: z.int(),
      repeatDays: z.int(),
      noticeDays: z.int(),
      deliveryDays: z.int(),
      originalDays: z.int(),
    }),
    policy: policyStateShape,
    today: dayShape,
    /** The fiscal quarter that today lies in. */
    quarter: quarterShape,
  }),
  async run({ db, actor, today }) {
    const [company, policy] = await Promise.all([readCompany(db), policyState(db, today)]);
    const { userId, name, role, ownerName } = actor;
    const may = PERMISSION_NAMES.flatMap((permission) => {
      const scope = scopeOf(permission, role);
      return scope ? [[permission, scope] as const] : [];
    });
    return {
      user: { id: userId, name, role, ownerName },
      may: Object.fromEntries(may) as Partial<Record<Permission, Scope>>,
      ...company,
      policy,
      today,
      quarter: quarterOf(today, company.fiscalYear).label,
    };
  },
});
