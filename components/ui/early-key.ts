/** What the script below keeps on the window: the last key pressed, until somebody who listens has answered it. */
declare global {
  interface Window {
    earlyKey?: KeyboardEvent | null;
    /** What was typed after `/`, for the field that it goes to. */
    earlyText?: string;
  }
}

/** Runs before the first paint: the server's page shows its keys' hints before its script has come to listen. */
export const EARLY_KEY_SCRIPT = `addEventListener("keydown",function(e){
var k=window.earlyKey;
if(k&&k.key==="/"&&e.key.length===1)window.earlyText+=e.key;
else{window.earlyKey=e;window.earlyText=""}
})`;

/** The key that was pressed within these last seconds and that nobody answered; asked once by whoever now listens. */
const STILL_MEANT_MS = 5_000;
export function takeEarlyKey(answers: (event: KeyboardEvent) => boolean): void {
  const { earlyKey: event, earlyText: text } = window;
  if (!event || performance.now() - event.timeStamp > STILL_MEANT_MS) return;
  if (!answers(event)) return;
  window.earlyKey = null;
  if (text && document.activeElement instanceof HTMLInputElement) type(document.activeElement, text);
}

/** As if it were typed now: past React's own setter, so that it hears of it. */
function type(field: HTMLInputElement, text: string): void {
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!;
  set!.call(field, field.value + text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
