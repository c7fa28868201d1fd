import type { Outputs } from "@/lib/api/client";
import type { InboxKind } from "@/lib/metrics/inbox-kinds";

export type Week = Outputs["inboxTrend"]["weeks"][number];

/** What was left of a kind, or of all; null where nobody counted. */
export function leftOf({ left, kinds }: Week, kind: InboxKind | null): number | null {
  if (left === null || kind === null) return left;
  return kinds.find((one) => one.kind === kind)?.left ?? 0;
}
