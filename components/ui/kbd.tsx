"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** The cap of a key as this machine's keyboard has it: ⌘ is Ctrl where there is no ⌘. */
function capOf(key: string, apple: boolean): string {
  if (apple) return key === "Alt" ? "⌥" : key;
  return key === "⌘" ? "Ctrl" : key === "⇧" ? "Shift" : key;
}

/** Keys as printed on them: `<Kbd keys="⌘ Enter" />`, one cap a key. Nothing where there are no keys, only a thumb. */
export function Kbd({ keys, className = "" }: { keys: string; className?: string }) {
  // The server does not know whose keyboard it is; a page that it sent is put right once it is there.
  const apple = useSyncExternalStore(never, isApple, () => true);
  return (
    <span className={`inline-flex gap-0.5 pointer-coarse:hidden ${className}`}>
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className="min-w-4.5 rounded-sm border border-line-strong bg-sunken px-1 text-center font-sans text-2xs text-ink-2"
        >
          {capOf(key, apple)}
        </kbd>
      ))}
    </span>
  );
}
