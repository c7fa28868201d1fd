/** How serious: all is well; something to mind, with which the app works; something that keeps it from working, or from being trusted. */
export type State = "well" | "mind" | "wrong";

export interface Finding {
  what: string;
  state: State;
  says: string;
  /** What puts it right. */
  todo?: string;
}

export const well = (what: string, says: string): Finding => ({ what, state: "well", says });
export const mind = (what: string, says: string, todo: string): Finding => ({
  what,
  state: "mind",
  says,
  todo,
});
export const wrong = (what: string, says: string, todo: string): Finding => ({
  what,
  state: "wrong",
  says,
  todo,
});
