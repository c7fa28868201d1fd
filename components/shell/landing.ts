import type { UserRole } from "@/lib/auth/roles";

/** Where each role begins its day (pages.md). A partner manager's inbox comes; until then, what needs a decision. */
export function landingOf(role: UserRole): string {
  switch (role) {
    case "ae":
      return "/deals?scope=mine&state=open";
    case "partner_manager":
      return "/deals?decision=true";
    case "finance":
      return "/dashboard";
    default:
      return "/deals";
  }
}
