import type { Actor } from "@/lib/auth/actor";
import type { MaySay } from "./guard";

/**
 * Everybody can read the passwords of the demo's people: their hands move what is the demo's own, and nothing real.
 *
 * @param deed what they would do to it: `sign`, `decide`, `freeze`
 */
export function ofOwnStory({ demo }: Actor, subject: { demo: boolean }, deed: string): MaySay {
  return !demo || subject.demo || `People of the demo ${deed} what is the demo's own, and nothing real`;
}

/** What an admin could have signed in as counts for no signature: it takes a password that nobody else could know, or a passkey (§9). */
export function withOwnPassword({ demo, ownPassword, ownPasskey, userId }: Actor, deed: string): MaySay {
  return (
    demo === true ||
    userId === null ||
    ownPassword === true ||
    ownPasskey === true ||
    `To ${deed} you need a password that you set in a browser of your own, or a passkey: see your account`
  );
}
