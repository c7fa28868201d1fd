import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirectory } from "@/db/server/data-directory";

/** The newest backup that this data folder knows of. */
export interface LastBackup {
  /** ISO 8601. */
  at: string;
  folder: string;
}

const file = () => join(dataDirectory(), "last-backup.json");

export function noteBackup(last: LastBackup): void {
  writeFileSync(file(), JSON.stringify(last), { mode: 0o600 });
}

export function lastBackup(): LastBackup | null {
  try {
    return JSON.parse(readFileSync(file(), "utf8")) as LastBackup;
  } catch {
    return null;
  }
}
