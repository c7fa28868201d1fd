import type { UserRole } from "./roles";

/** Who asks: a signed-in person, or the operator of a command line with the database's address. */
export interface Actor {
  /** As the audit log names it: `user:U-1`, `command-line`. */
  id: string;
  /** users.id; null for the command line. */
  userId: string | null;
  name: string;
  role: UserRole;
  /** What the CRM calls this person as a deal's owner; null when they own none. */
  ownerName: string | null;
}

/** The operator at a command line: may what RevOps may (§9 admin). */
export const COMMAND_LINE: Actor = {
  id: "command-line",
  userId: null,
  name: "Command line",
  role: "admin",
  ownerName: null,
};
