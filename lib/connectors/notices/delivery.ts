import type { Message } from "@/lib/text/message";

/** A message on its way to a person. */
export interface Letter extends Message {
  /** The same at each try, by which whoever takes it may know it again. */
  id: string;
  to: { name: string; email: string };
  /** The page that it leads to; null without an address of ours. */
  link: string | null;
}

/** What became of a try. */
export type Delivery =
  | { taken: true }
  | {
      taken: false;
      /** Whether another try would end alike. */
      isFinal: boolean;
      /** In plain words, for whoever looks why it did not arrive. */
      problem: string;
      /** What the other side asks to wait, in milliseconds. */
      afterMs?: number;
    };

/** Hands a letter over; never throws, and ends within half a minute. */
export type Send = (letter: Letter) => Promise<Delivery>;
