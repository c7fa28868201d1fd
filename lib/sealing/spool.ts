import { randomUUID } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const WRITTEN_AT_ONCE = 1 << 20;
const READ_AT_ONCE = 1 << 20;
const LINE_FEED = 0x0a;

/**
 * Lines laid aside until they are read again, any number of them in the memory of a few: a file that this process alone
 * has open and that has no name, so that nothing of it is left whatever happens. A line holds no line feed.
 */
export class Spool {
  private waiting: string[] = [];
  private letters = 0;
  private end = 0;

  private constructor(private readonly file: FileHandle) {}

  static async open(): Promise<Spool> {
    const path = join(tmpdir(), `countersign-${randomUUID()}`);
    const file = await open(path, "wx+", 0o600);
    await unlink(path);
    return new Spool(file);
  }

  async add(line: string): Promise<void> {
    this.waiting.push(line);
    this.letters += line.length;
    if (this.letters >= WRITTEN_AT_ONCE) await this.write();
  }

  private async write(): Promise<void> {
    if (this.waiting.length === 0) return;
    const bytes = Buffer.from(`${this.waiting.join("\n")}\n`, "utf8");
    this.waiting = [];
    this.letters = 0;
    for (let from = 0; from < bytes.length; ) {
      const { bytesWritten } = await this.file.write(bytes, from, bytes.length - from, this.end);
      from += bytesWritten;
      this.end += bytesWritten;
    }
  }

  /** All lines in the order in which they were added, at most so many at a time; any number of times. */
  async *read(atOnce: number): AsyncGenerator<string[]> {
    await this.write();
    let batch: string[] = [];
    let rest = Buffer.alloc(0);
    for (let at = 0; at < this.end; ) {
      const { bytesRead, buffer } = await this.file.read(Buffer.alloc(READ_AT_ONCE), 0, READ_AT_ONCE, at);
      if (bytesRead === 0) throw new Error(`a file that was laid aside ended at ${at} of ${this.end} bytes`);
      at += bytesRead;
      const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      let from = 0;
      for (let to = bytes.indexOf(LINE_FEED); to >= 0; to = bytes.indexOf(LINE_FEED, from)) {
        batch.push(bytes.toString("utf8", from, to));
        from = to + 1;
        if (batch.length < atOnce) continue;
        yield batch;
        batch = [];
      }
      rest = bytes.subarray(from);
    }
    if (batch.length > 0) yield batch;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
