/**
 * One value a process, made when first asked for. A production build holds a module once in each of its
 * bundles and a development server loads it anew: what a process has once cannot be a module's variable.
 */
export function perProcess<T>(name: string, make: () => T): T {
  const held = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`countersign.${name}`);
  held[key] ??= make();
  return held[key];
}
