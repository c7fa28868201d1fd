import type { Day } from "@/lib/attribution/facts";
import type { Person } from "./known";

/** Words of one person, or of an invitation, with the day they are from. */
export interface Passage {
  /**
   * `words` tell of what was done; `spoken` is said while it is done; an `event` was done on its day, however its
   * text puts it.
   */
  kind: "words" | "spoken" | "event";
  text: string;
  /** The day on which it was said, in the company's zone; null where the file does not say. */
  day: Day | null;
  /** Who says "we" in it. */
  by: Person | null;
}

/** A mail, an invitation, a conversation or a note: what is read as one. */
export interface Source {
  /** Subject, title or heading: it tells what the words are about, and is no act itself. */
  title: string;
  /** Who wrote it, got it, was invited or spoke. */
  people: readonly Person[];
  passages: readonly Passage[];
}
