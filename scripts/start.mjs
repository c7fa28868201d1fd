/** `npm start`: from a fresh clone to a served page. Plain JavaScript, as nothing is installed yet. */
import { installWhatIsMissing, project } from "./install.mjs";

process.chdir(project);
installWhatIsMissing();
const { register } = await import("tsx/esm/api");
register();
const { serve } = await import("./serve.ts");
await serve();
