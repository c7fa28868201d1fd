import type { UserRole } from "@/lib/auth/roles";

/** Where each role begins its day (pages.md). */
export function landingOf(role: UserRole): string {
  switch (role) {
    case "ae":
      return "/deals?scope=mine&state=open";
    case "partner_manager":
      return "/inbox";
    case "finance":
      return "/dashboard";
    default:
      return "/deals";
  }
}
