import type { UserRole } from "@/lib/auth/roles";

/** How credit is paid everybody reads; what somebody got is no table for everybody: those who sign and pay it, who checks, and a partner manager for their own (§8.10). */
export const SEES_COMPENSATION: readonly UserRole[] = [
  "finance",
  "cro",
  "head_of_partnerships",
  "partner_manager",
  "auditor",
];
