import type { UserRole } from "@/lib/auth/roles";

/** What each role is for, in a line. Source: domain.md §9. */
export const ROLE_DUTIES: Readonly<Record<UserRole, string>> = {
  ae: "Tags, confirms and closes their own deals",
  partner_manager: "Proposes role rows, logs activities with their proof",
  finance: "Keeps costs and rates, decides for finance, signs, freezes",
  cro: "Sees all, signs the policy",
  head_of_partnerships: "Acts for every partner, drafts and signs the policy",
  admin: "People, imports, settings; never signs, never decides",
  auditor:
    "Reads everything, the audit log included; draws samples of frozen quarters and says what they show; writes nothing else",
};
