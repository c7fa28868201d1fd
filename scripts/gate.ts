import { gateSecrets, renewGate, renewSecretKey } from "@/db/server/secrets";

/**
 * `npm run -s gate -- token | new-token | new-key | new-secret-key`: what a CRM shows to ask the stage gate, the keys that
 * receipts are signed with, and those under which secrets of other systems are sealed. Exit status 2 when it was called wrongly.
 */
const USAGE = "npm run -s gate -- token | new-token | new-key | new-secret-key";
const FROM_THEN_ON = "It holds from the next start on.";

const [asked, ...more] = process.argv.slice(2);
if (more.length > 0 || !["token", "new-token", "new-key", "new-secret-key"].includes(asked ?? "")) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (asked === "token") {
  console.log(gateSecrets().token);
} else if (asked === "new-token") {
  console.log((await renewGate("token")).token);
  console.error(`${FROM_THEN_ON} The former one opens nothing then.`);
} else if (asked === "new-secret-key") {
  console.log(`${renewSecretKey().length} keys`);
  console.error(`${FROM_THEN_ON} Former keys still open what they sealed; it is sealed anew as it is used.`);
} else {
  console.log((await renewGate("keys")).keys[0]?.kid);
  console.error(`${FROM_THEN_ON} What former keys signed still verifies.`);
}
