import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** The disk of a data directory, which can be filled to the last byte and freed again. */
export interface Disk {
  fill(): void;
  free(): void;
  unmount(): void;
}

/** Several times what the server, the databases of a seed and its log of writes come to: it is filled by us alone. */
const SIZE = "1g";

/** Puts the data directory on a disk of its own, in memory; null where nobody may mount one: that fault is then not run. */
export function ownDisk(dataDir: string): Disk | null {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE},mode=0711`, "tmpfs", dataDir], {
      stdio: "ignore",
    });
  } catch {
    return null;
  }
  const ballast = join(dataDir, "ballast");
  return {
    fill() {
      const file = openSync(ballast, "a");
      const block = Buffer.alloc(1 << 20);
      try {
        for (let size = block.length; size > 0; )
          try {
            writeSync(file, block, 0, size);
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
            size >>= 1;
          }
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    unmount: () => void execFileSync("umount", ["-l", dataDir], { stdio: "ignore" }),
  };
}
