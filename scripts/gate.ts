import { gateSecrets, renewGate } from "@/db/server/secrets";

/**
 * `npm run -s gate -- token | new-token | new-key`: what a CRM shows to ask the stage gate, and the keys that receipts
 * are signed with. Exit status 2 when it was called wrongly.
 */
const USAGE = "npm run -s gate -- token | new-token | new-key";
const FROM_THEN_ON = "It holds from the next start on.";

const [asked, ...more] = process.argv.slice(2);
if (more.length > 0 || !["token", "new-token", "new-key"].includes(asked ?? "")) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (asked === "token") {
  console.log(gateSecrets().token);
} else if (asked === "new-token") {
  console.log((await renewGate("token")).token);
  console.error(`${FROM_THEN_ON} The former one opens nothing then.`);
} else {
  console.log((await renewGate("keys")).keys[0]?.kid);
  console.error(`${FROM_THEN_ON} What former keys signed still verifies.`);
}
