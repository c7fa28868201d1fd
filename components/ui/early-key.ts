/** What the script below keeps on the window: the last key pressed, until somebody who listens has answered it. */
declare global {
  interface Window {
    earlyKey?: KeyboardEvent | null;
  }
}

/** Runs before the first paint: the server's page shows its keys' hints before its script has come to listen. */
export const EARLY_KEY_SCRIPT = `addEventListener("keydown",function(e){window.earlyKey=e})`;

/** The key that was pressed within these last seconds and that nobody answered; asked once by whoever now listens. */
const STILL_MEANT_MS = 5_000;
export function takeEarlyKey(answers: (event: KeyboardEvent) => boolean): void {
  const event = window.earlyKey;
  if (!event || performance.now() - event.timeStamp > STILL_MEANT_MS) return;
  if (answers(event)) window.earlyKey = null;
}
