/** A code from a name, once: `Joint demo day` is `joint_demo_day`; empty when no letter can begin it. */
export function codeOf(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 64);
}

/** A code for a name without a letter to make one from: `activity_1`, or the next that is free. */
export function freeCode(taken: readonly string[]): string {
  let nth = 1;
  while (taken.includes(`activity_${nth}`)) nth += 1;
  return `activity_${nth}`;
}
