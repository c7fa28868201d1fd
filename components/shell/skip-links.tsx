"use client";

const LOOK =
  "sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2";

/** The first stops of every page, in its banner: past the places, and where there is a list past its views and filters, too. */
export function SkipLinks() {
  return (
    <>
      <a href="#main" className={LOOK}>
        Skip to content
      </a>
      <span className="hidden group-has-[[role=grid]]/shell:contents">
        <button type="button" className={LOOK} onClick={toList}>
          Skip to the list
        </button>
      </span>
    </>
  );
}

/** To the row of the first list that Tab would stop at. */
function toList(): void {
  document.querySelector<HTMLElement>('[role=grid] [data-row][tabindex="0"]')?.focus();
}
