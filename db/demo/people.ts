import type { Actor } from "@/lib/auth/actor";
import type { UserRole } from "@/lib/auth/roles";

/** Somebody of the demo company, with the password that the sign-in page shows while the demo is there. */
export interface DemoPerson {
  id: string;
  role: UserRole;
  name: string;
  email: string;
  password: string;
  /** What the CRM calls this person as a deal's owner; AEs only. */
  ownerName?: string;
}

/** The company the demo tells of: it sells planning software to people who move goods. */
export const DEMO_COMPANY = "Tarnwick Planning";

const ae = (id: string, name: string, password: string): DemoPerson => ({
  id: `U-${id}`,
  role: "ae",
  name,
  email: `${id}@tarnwick.example`,
  password,
  ownerName: name,
});
const person = (id: string, role: UserRole, name: string, password: string): DemoPerson => ({
  id: `U-${id}`,
  role,
  name,
  email: `${id}@tarnwick.example`,
  password,
});

/** The first of each role is the one that the sign-in page offers (domain.md §9 has seven roles). */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  ae("maren", "Maren Okafor", "countersign-demo-ae"),
  person("dana", "partner_manager", "Dana Whitlock", "countersign-demo-partners"),
  person("ruth", "finance", "Ruth Adeyemi", "countersign-demo-cfo"),
  person("viktor", "cro", "Viktor Sandoval", "countersign-demo-cro"),
  person("camille", "head_of_partnerships", "Camille Arnaud", "countersign-demo-head"),
  person("leo", "admin", "Leo Tanabe", "countersign-demo-admin"),
  person("hanne", "auditor", "Hanne Moritz", "countersign-demo-auditor"),
  ae("jonas", "Jonas Lindqvist", "countersign-demo-ae-jonas"),
  ae("priya", "Priya Raman", "countersign-demo-ae-priya"),
  ae("theo", "Theo Castellane", "countersign-demo-ae-theo"),
  ae("ines", "Ines Duarte", "countersign-demo-ae-ines"),
  person("kofi", "partner_manager", "Kofi Brandt", "countersign-demo-partners-kofi"),
];

/** The AEs, by the name that the CRM gives them. */
export const DEMO_AES: readonly string[] = DEMO_PEOPLE.flatMap(({ ownerName }) => ownerName ?? []);

/** What somebody of the demo signs in with, and signs with. */
export function passwordOf(id: string): string {
  return personOf(id).password;
}

/** The person as who acts at the door. */
export function actorOf(id: string): Actor {
  const found = personOf(id);
  return {
    id: `user:${found.id}`,
    userId: found.id,
    name: found.name,
    role: found.role,
    ownerName: found.ownerName ?? null,
    demo: true,
  };
}

function personOf(id: string): DemoPerson {
  const found = DEMO_PEOPLE.find((one) => one.id === id);
  if (!found) throw new RangeError(`nobody in the demo has the id ${id}`);
  return found;
}

/** The AE that the CRM calls `owner`. */
export function aeOf(owner: string): string {
  const found = DEMO_PEOPLE.find((one) => one.ownerName === owner);
  if (!found) throw new RangeError(`nobody in the demo owns the deals of ${owner}`);
  return found.id;
}
