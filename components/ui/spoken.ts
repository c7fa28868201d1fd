/** How long a word stays that asks for nothing. */
export const SAID_MS = 4000;

export interface Spoken {
  message: string;
  detail?: string;
  undo?: () => void;
  failed?: boolean;
  ms: number;
}

/** Said and not shown yet: the first word comes before what shows it is loaded. */
let spoken: Spoken[] = [];
let wake: (() => void) | null = null;

/** Has something shown in a toast. */
export function speak(one: Spoken): void {
  spoken.push(one);
  wake?.();
}

/** Hands over what is still to be shown. */
export function takeSpoken(): readonly Spoken[] {
  const taken = spoken;
  spoken = [];
  return taken;
}

/** Calls at every word, and at once when something was said already; answers how to stop. */
export function whenSpoken(heard: () => void): () => void {
  wake = heard;
  if (spoken.length > 0) heard();
  return () => {
    wake = null;
  };
}
