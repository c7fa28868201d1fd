/** Keys as printed on them: `<Kbd keys="⌘ Enter" />`, one cap a key. */
export function Kbd({ keys, className = "" }: { keys: string; className?: string }) {
  return (
    <span className={`inline-flex gap-0.5 ${className}`}>
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className="min-w-4.5 rounded-sm border border-line-strong bg-sunken px-1 text-center font-sans text-2xs text-ink-2"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
