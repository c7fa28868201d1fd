import type { Actor } from "@/lib/auth/actor";
import { actorOfKey, shownKey } from "@/lib/auth/api-key";
import { gateActor } from "@/lib/auth/gate-token";

/**
 * Who makes a request: the CRM at the gate, the owner of the key that it shows, or who is signed in. Who shows a key is
 * nobody else: one that opens nothing is not made up for by a session.
 */
export async function whoAsks(
  request: Request,
  ofSession: () => Promise<Actor | null>,
): Promise<Actor | null> {
  const key = shownKey(request);
  return gateActor(request) ?? (key === null ? ofSession() : actorOfKey(key));
}
