import type { IconName } from "@/components/ui/icon";
import type { Permission } from "@/lib/auth/permissions";

export interface Place {
  href: string;
  label: string;
  icon: IconName;
  /** The letter after G. */
  key: string;
  /** Whose place it is; absent where it is everybody's. */
  may?: Permission;
}

/** Where one can go. A page that does not exist yet is not here. */
export const PLACES: readonly Place[] = [
  { href: "/inbox", label: "Inbox", icon: "inbox", key: "i" },
  { href: "/deals", label: "Deals", icon: "deals", key: "d" },
  { href: "/evidence", label: "Evidence", icon: "note", key: "w", may: "evidence.keep" },
  { href: "/partners", label: "Partners", icon: "people", key: "t" },
  { href: "/accounts", label: "Accounts", icon: "account", key: "a" },
  { href: "/registrations", label: "Registrations", icon: "registration", key: "q" },
  { href: "/dashboard", label: "Dashboard", icon: "dashboard", key: "n" },
  { href: "/forecast", label: "Forecast", icon: "forecast", key: "f" },
  { href: "/attached", label: "Attached vs direct", icon: "compare", key: "v" },
  { href: "/exceptions", label: "Exceptions", icon: "alert", key: "e" },
  { href: "/reconciliation", label: "Reconciliation", icon: "month", key: "o" },
  { href: "/review", label: "Review", icon: "check", key: "r" },
  { href: "/policy", label: "Policy", icon: "stamp", key: "p" },
  { href: "/lenses", label: "Lenses", icon: "columns", key: "l" },
  { href: "/import", label: "Import", icon: "import", key: "m" },
  { href: "/settings", label: "Settings", icon: "settings", key: "s" },
];
