import { isIP } from "node:net";

/** What `DEMO_ON_PURPOSE` must say, so that nobody serves the demo to others without having meant it. */
export const ON_PURPOSE = "strangers may sign in as the demo people";

/**
 * The address to listen on: `HOST`, loopback when it is not set.
 *
 * @throws Error when it is no address of a network: a name may mean more than one, or another tomorrow
 */
export function hostOf({ HOST }: NodeJS.ProcessEnv): string {
  if (!HOST || HOST === "localhost") return "127.0.0.1";
  if (isIP(HOST)) return HOST;
  throw new Error(`HOST is an IP address, as 127.0.0.1 or 0.0.0.0, and not ${HOST}.`);
}

const isLoopback = (host: string) => host.startsWith("127.") || host === "::1";

/** Whether the demo's people, whose passwords everybody can read, may be where others than this machine get in. */
export function mayShowDemo(env: NodeJS.ProcessEnv): boolean {
  return isLoopback(hostOf(env)) || env.DEMO_ON_PURPOSE === ON_PURPOSE;
}

/** @throws Error when people of the demo could be signed in as from elsewhere, and nobody has said that they may */
export function refuseOpenDemo(env: NodeJS.ProcessEnv, demoPeople: number): void {
  if (demoPeople === 0 || mayShowDemo(env)) return;
  throw new Error(
    `HOST ${hostOf(env)} is open to others, and the demo's ${demoPeople} people have passwords that everybody can read. ` +
      `Remove the demo first (start without HOST, sign in, "Remove the demo"), or say DEMO_ON_PURPOSE="${ON_PURPOSE}".`,
  );
}
