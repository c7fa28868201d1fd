/** `npm run check`: the everyday part of `npm test`, in under a minute. No database, no build, no browser. */
import { installWhatIsMissing, project } from "./install.mjs";
import { bin, run, STATIC } from "./steps.mjs";

process.chdir(project);
installWhatIsMissing();
const STEPS = [...STATIC, ["unit tests", [bin("vitest/vitest.mjs"), "run", "--project", "unit"]]];
const failed = STEPS.find((step) => !run(step));
if (failed) console.error(`\nFailed: ${failed[0]}`);
process.exitCode = failed ? 1 : 0;
