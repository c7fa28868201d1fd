import { Button } from "@/components/ui/button";
import { count } from "@/lib/text/words";
import type { LeftOut } from "./use-triage-writes";

/** What did not take what the others took: each case by name, and why. */
export function LeftOutList({ list, onSeen }: { list: readonly LeftOut[]; onSeen(): void }) {
  return (
    <div role="alert" className="border-line border-t bg-warn-soft px-4 py-2.5 text-warn sm:px-6">
      <div className="flex items-start justify-between gap-3">
        <p className="font-medium">{count(list.length, "case was", "cases were")} left out</p>
        <Button size="small" onPress={onSeen}>
          I have seen it
        </Button>
      </div>
      <ul className="mt-1 max-h-32 overflow-y-auto text-xs">
        {list.map(({ exceptionId, name, rule }) => (
          <li key={exceptionId}>
            <span className="font-medium">{name}</span>: {rule}
          </li>
        ))}
      </ul>
    </div>
  );
}
