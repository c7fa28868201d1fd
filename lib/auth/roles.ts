/** The seven roles a person can have. Source: domain.md §9. */
export const USER_ROLES = [
  "ae",
  "partner_manager",
  "finance",
  "cro",
  "head_of_partnerships",
  "admin",
  "auditor",
] as const;
export type UserRole = (typeof USER_ROLES)[number];

export const USER_ROLE_NAMES: Readonly<Record<UserRole, string>> = {
  ae: "Account executive",
  partner_manager: "Partner manager",
  finance: "Finance (CFO)",
  cro: "CRO",
  head_of_partnerships: "Head of partnerships",
  admin: "Admin (RevOps)",
  auditor: "Auditor",
};

/** The three seats that sign a policy (§3), each filled by a person of that role. */
export const SEATS = ["cro", "finance", "head_of_partnerships"] as const satisfies readonly UserRole[];
export type Seat = (typeof SEATS)[number];

/** How somebody shows who they are at the door (§9). */
export const SIGN_IN_WAYS = ["password", "single_sign_on"] as const;

/** By what a signer showed that it is they (§9). */
export const SIGN_METHODS = ["password", "passkey"] as const;
export type SignMethod = (typeof SIGN_METHODS)[number];
