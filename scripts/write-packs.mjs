import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

// A thread beside the server that writes review packs, one after the other (lib/api/pack-thread.ts). A thread does
// not inherit its process's loader on every Node that is supported, so it brings its own.
register();
const { writePack } = await import("../lib/exports/review/formats.ts");

let before = Promise.resolve();
parentPort?.on("message", (asked) => {
  before = before.then(async () => {
    const answered = await writePack(asked, (step) => parentPort?.postMessage(step));
    // The memory of a file is handed over, not copied.
    parentPort?.postMessage(answered, "bytes" in answered ? [answered.bytes.buffer] : []);
  });
});
