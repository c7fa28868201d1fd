import { classNames } from "./class-names";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover active:bg-accent-hover",
  plain: "border border-line-strong bg-surface text-ink hover:bg-hover active:bg-hover",
  quiet: "text-ink-2 hover:bg-hover hover:text-ink active:bg-hover",
  /** Rests: may not be pressed, and says why. */
  rest: "cursor-not-allowed border border-line bg-transparent text-ink-3",
  danger: "bg-danger-solid text-on-danger hover:opacity-90",
} as const;

const SIZES = {
  // A thumb needs more room than a pointer does.
  small: "h-6.5 gap-1 rounded-md px-2 text-xs pointer-coarse:h-10 pointer-coarse:px-3",
  medium: "h-8 gap-1.5 rounded-md px-3 text-sm pointer-coarse:h-10",
} as const;

export type ButtonLook = keyof typeof LOOKS;
export type ButtonSize = keyof typeof SIZES;

/** The look of a button, for links that must stay links. Nobody presses paper: it is not printed. */
export function buttonLook(look: ButtonLook = "plain", size: ButtonSize = "medium"): string {
  return classNames(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap font-medium transition-colors",
    "disabled:opacity-50 print:hidden",
    SIZES[size],
    LOOKS[look],
  );
}
