import { rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { REFUSED_HEADER, refusedLines } from "@/lib/connectors/csv/refused-file";
import type { RefusedRow } from "@/lib/interchange/kinds";

/** Of so many refused rows the file is in order of line; more are written in pieces, each in order. */
const HELD = 100_000;

/** `FILE.refused.csv`: begun with the first refused row, in order of line; what an earlier run left there is removed. */
export class RefusedFile {
  path: string | null = null;
  private held: RefusedRow[] = [];

  private constructor(private readonly wanted: readonly string[]) {}

  static async beside(file: string): Promise<RefusedFile> {
    const name = `${basename(file)}.refused.csv`;
    const places = [...new Set([join(dirname(file), name), resolve(name)])];
    for (const place of places) await rm(place, { force: true }).catch(() => {});
    return new RefusedFile(places);
  }

  /** The reader and the door refuse at different times: rows wait for each other. */
  async add(rows: readonly RefusedRow[]): Promise<void> {
    for (const row of rows) this.held.push(row);
    if (this.held.length >= HELD) await this.end();
  }

  /** Writes what is held. */
  async end(): Promise<void> {
    if (this.held.length === 0) return;
    this.path ??= await this.begin();
    const rows = this.held.sort((a, b) => a.line - b.line);
    this.held = [];
    await writeFile(this.path, refusedLines(rows), { flag: "a" });
  }

  /** Beside the file where that can be written, else in the working directory. */
  private async begin(): Promise<string> {
    for (const [at, place] of this.wanted.entries()) {
      try {
        await writeFile(place, REFUSED_HEADER);
        return place;
      } catch (error) {
        if (at === this.wanted.length - 1) throw error;
      }
    }
    throw new Error("no place for refused rows");
  }
}
