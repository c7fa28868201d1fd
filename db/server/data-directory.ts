import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the project keeps what it must not lose: DATA_DIR, else `.data` in the project. Absolute. */
export function dataDirectory(): string {
  return resolve(process.env.DATA_DIR || fileURLToPath(new URL("../../.data", import.meta.url)));
}
