import { availableParallelism, cpus, loadavg, release, type as system, totalmem } from "node:os";

/** The particulars without which a time says nothing. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${model}, ${availableParallelism()} cores, ${memory} GiB, ${system()} ${release()}, Node ${process.version}`;
}

/** How many wanted a core during the last minute, beside how many there are; who else works makes times longer. */
export function describeLoad(): string {
  const [lastMinute = 0] = loadavg();
  const loaded =
    lastMinute > availableParallelism() ? ", LOADED: times are longer than the product's own" : "";
  return `load ${lastMinute.toFixed(1)} on ${availableParallelism()} cores${loaded}`;
}
