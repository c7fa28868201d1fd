import { and, eq, isNull } from "drizzle-orm";
import { type Db, database } from "@/db/connection/client";
import { DEMO_PEOPLE } from "@/db/demo/people";
import { users } from "@/db/schema/people";
import { USER_ROLES, type UserRole } from "@/lib/auth/roles";
import { readCompany } from "./company";

/** Somebody of the demo story, with the password that is public while the story is there. */
export interface SignInPerson {
  role: UserRole;
  name: string;
  email: string;
  password: string;
}

/**
 * Whom the sign-in page offers: one person a role while the demo story is in the database, else nobody.
 * Asked by strangers, so it tells nothing of real people.
 */
export async function signInPeople(db: Db = database().db): Promise<SignInPerson[]> {
  const { demo } = await readCompany(db);
  if (!demo) return [];
  const there = await db
    .select({ email: users.email, role: users.role })
    .from(users)
    .where(and(eq(users.demo, true), isNull(users.disabledAt)));
  const roles = new Map(there.map(({ email, role }) => [email, role]));
  return USER_ROLES.flatMap((role) => {
    const person = DEMO_PEOPLE.find(({ email }) => roles.get(email) === role);
    return person ? [{ role, name: person.name, email: person.email, password: person.password }] : [];
  });
}
