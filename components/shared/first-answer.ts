import { useState } from "react";

/**
 * The server's own first answer as a query's `initialData`: it counts while what is asked is still what the address
 * asked when the server gave it. Without one, or for another question, nothing, and the query asks.
 */
export function useFirstAnswer<T>(asked: unknown, first: T | null): { initialData?: T } {
  const question = JSON.stringify(asked);
  const [given, setGiven] = useState({ question, first });
  // The server draws the page anew when somebody follows a link to it: then its answer is to the question of now.
  if (given.first !== first) setGiven({ question, first });
  return first !== null && given.first === first && given.question === question ? { initialData: first } : {};
}
