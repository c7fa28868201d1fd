import type { Show } from "@/components/shared/use-write";
import type { InboxItem } from "./item-words";

/** The queue as it is once an item is answered; what then remains, the server says. */
export function withoutItem(show: Show, goes: (item: InboxItem) => boolean): void {
  let gone = 0;
  show("inbox", (now) => {
    const items = now.items.filter((item) => !goes(item));
    gone = now.items.length - items.length;
    const kinds = now.kinds.map((one) => ({
      ...one,
      count: one.count - now.items.filter((item) => item.kind === one.kind && goes(item)).length,
    }));
    return { ...now, items, kinds };
  });
  show("inboxCount", (now) => ({ ...now, count: Math.max(0, now.count - gone) }));
}
