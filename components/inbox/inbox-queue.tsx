"use client";

import { useState } from "react";
import { Explained } from "@/components/ui/explained";
import { onDemand } from "@/components/ui/on-demand";
import { INBOX_KINDS, INBOX_WORDS } from "@/lib/metrics/inbox-kinds";
import { InboxRow } from "./inbox-row";
import { type InboxItem, keyOf } from "./item-words";
import { type Opened, useItemActs } from "./use-item-acts";
import { useQueue } from "./use-queue";

const AnswerDialog = onDemand(() => import("./answer-dialogs").then((m) => m.AnswerDialog));

/** The queue, a heading a kind: what the kind is and what clears it is said once over its items. */
export function InboxQueue({
  items,
  isOthers,
}: {
  items: readonly InboxItem[];
  /** Other people's are among them. */
  isOthers: boolean;
}) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const actsOf = useItemActs(setOpened);
  const { list, currentKey, enter } = useQueue(items, actsOf);
  const groups = INBOX_KINDS.map((kind) => ({ kind, its: items.filter((item) => item.kind === kind) }));
  return (
    <div ref={list} className="flex flex-col gap-6">
      {groups.map(
        ({ kind, its }) =>
          its.length > 0 && (
            <section key={kind} aria-labelledby={`inbox-${kind}`}>
              <header className="flex flex-wrap items-baseline gap-x-3 border-line border-b px-2 pb-1.5">
                <h2 id={`inbox-${kind}`} className="font-semibold text-base">
                  <Explained text={INBOX_WORDS[kind].definition}>{INBOX_WORDS[kind].label}</Explained>
                </h2>
                <p className="text-ink-3 text-xs">{INBOX_WORDS[kind].clears}</p>
              </header>
              <ul aria-labelledby={`inbox-${kind}`} className="divide-y divide-line">
                {its.map((item) => (
                  <InboxRow
                    key={keyOf(item)}
                    item={item}
                    acts={actsOf(item)}
                    isCurrent={keyOf(item) === currentKey}
                    isOthers={isOthers}
                    onEnter={() => enter(item)}
                  />
                ))}
              </ul>
            </section>
          ),
      )}
      {opened && <AnswerDialog opened={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
