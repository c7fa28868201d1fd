import type { UserRole } from "@/lib/auth/roles";

/** Pay is no table for everybody: those who sign and pay it, who checks, and a partner manager for their own (§8.9). */
export const SEES_COMPENSATION: readonly UserRole[] = [
  "finance",
  "cro",
  "head_of_partnerships",
  "partner_manager",
  "auditor",
];
