import type { Day } from "@/lib/attribution/facts";
import { writtenDay } from "./day-words";
import type { Source } from "./source";
import { dayInName, titleIn } from "./transcript";

/** Above the words: front matter, a heading, or a line with a date. */
const DATED = /^[#*\s]*(?:date|day|when|datum)\*{0,2}\s*:\s*\*{0,2}\s*(.+)$/im;
const FIRST_LINES = 3;
const A_HEADING = 80;

/**
 * Somebody's own words in a text file.
 *
 * @param said the day on which it was handed in, for a note that tells none
 */
export function noteSource(text: string, name: string, zone: string, said: Day | null): Source {
  const tidy = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const [, matter = ""] = /^---\n([\s\S]*?)\n---\n/.exec(tidy) ?? [];
  const words = matter ? tidy.slice(tidy.indexOf("\n---\n", 3) + 5) : tidy;
  const dated = DATED.exec(tidy)?.[1];
  const first = words
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, FIRST_LINES);
  const headings = first.filter((line) => line.length <= A_HEADING && !/[.!?]$/.test(line.trim()));
  const days = [dated, ...headings].flatMap((line) => (line ? (writtenDay(line, zone, said) ?? []) : []));
  const day = days[0] ?? dayInName(name, zone) ?? said;
  return {
    title: [titleIn(name), matter, ...headings.slice(0, 1)].join("\n"),
    people: [],
    passages: [{ kind: "words", text: words, day, by: null }],
  };
}
