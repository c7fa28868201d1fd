import { join } from "node:path";
import type { Readable } from "node:stream";
import { createStream } from "rotating-file-stream";

/**
 * Keeps what a server says in a file, of bounded size: the file itself and `turns` older ones beside it,
 * `server-3000.1.log` the youngest. A disk that takes no more costs the log, never the server.
 *
 * @param size of each file, as `10M`
 * @returns the file's path
 */
export function keepLog(
  said: Readable,
  { folder, name, size = "10M", turns = 5 }: { folder: string; name: string; size?: string; turns?: number },
): string {
  const nameOf = (turn: unknown) => `${name}${turn ? `.${turn}` : ""}.log`;
  const file = createStream(nameOf, { path: folder, size, rotate: turns, mode: 0o600 });
  file.on("error", (error) => {
    console.error("The log is not written any more:", error);
    // Whoever speaks into a pipe that nobody empties is held up in the end.
    said.resume();
  });
  said.pipe(file);
  return join(folder, nameOf(null));
}
