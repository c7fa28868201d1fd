import type { Day, StageEntry } from "./facts";
import type { Stage } from "./vocabulary";

/**
 * The deal's stage on a day: the last one entered on or before it, 0 before the first (§4). Of two
 * entered on one day the later in the list counts.
 */
export function stageOn(stages: readonly StageEntry[], day: Day): Stage {
  let last: StageEntry | null = null;
  for (const entry of stages) {
    if (entry.enteredOn <= day && (last === null || entry.enteredOn >= last.enteredOn)) last = entry;
  }
  return last === null ? 0 : last.stage;
}
