import type { NamedDeal } from "./named";
import { NAMED_GRAY } from "./named-gray";
import { NAMED_HANDS } from "./named-hands";
import { NAMED_INFLUENCED } from "./named-influenced";
import { NAMED_LENSES } from "./named-lenses";
import { NAMED_SOURCED } from "./named-sourced";

/** Every named deal: which one to open to see a rule or a gray area of domain.md §4 to §6. */
export const NAMED_DEALS: readonly NamedDeal[] = [
  ...NAMED_SOURCED,
  ...NAMED_INFLUENCED,
  ...NAMED_LENSES,
  ...NAMED_GRAY,
  ...NAMED_HANDS,
];
