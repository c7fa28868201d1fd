import { classNames } from "./class-names";

/** Two grounds a hue apart in each theme; who has which follows from the name alone. */
const GROUNDS = [
  "bg-[light-dark(#e3ecf7,#1d2b3d)] text-[light-dark(#22466f,#a9c9ee)]",
  "bg-[light-dark(#e7f2ec,#12281e)] text-[light-dark(#0a5a3e,#84dcb5)]",
  "bg-[light-dark(#f7ecdc,#33260f)] text-[light-dark(#6b4405,#ecc385)]",
  "bg-[light-dark(#f3e6f1,#33202f)] text-[light-dark(#6f2b61,#e3b0d6)]",
  "bg-[light-dark(#ecebe4,#2a2c28)] text-[light-dark(#4a4d48,#c3c8c2)]",
] as const;

/** First letters of the first and the last word: `MF` of Maren Falk. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return letters.join("").toUpperCase();
}

const groundOf = (name: string) =>
  GROUNDS[[...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % GROUNDS.length];

/** A person as two letters; the name is said to whoever cannot see it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      className={classNames(
        "inline-flex size-5.5 shrink-0 items-center justify-center rounded-full font-semibold text-[0.625rem] leading-none",
        groundOf(name),
        className,
      )}
    >
      <span aria-hidden="true">{initials(name)}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}
