import type { Actor } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";
import { FIRST_NAMES, LAST_NAMES } from "./words";

/** The people of the scene who ask and write. */

const person = (userId: string, role: UserRole, name: string, ownerName: string | null = null): Actor => ({
  id: `user:${userId}`,
  userId,
  name,
  role,
  ownerName,
  ownPassword: true,
});

const SELLER = `${FIRST_NAMES[3]} ${LAST_NAMES[0]}`;

/** Owns one deal in 200. */
export const AE = person("AE-3", "ae", SELLER, SELLER);
/** Owns the relationship with one partner in ten. */
export const PARTNER_MANAGER = person("PM-0", "partner_manager", "Manager 0");
export const FINANCE = person("finance", "finance", "Finance");
export const HEAD = person("head_of_partnerships", "head_of_partnerships", "Head of partnerships");
