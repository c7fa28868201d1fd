import { dayInWords } from "./days";
import { count } from "./words";

/** What a file that leaves the house stands on, as far as it has it. */
export interface Evidence {
  company: string;
  /** What was asked: of what, and how narrowed. */
  asked: readonly string[];
  rows: number;
  /** As people read it; null where there is nothing to add up, or nothing to add it up by. */
  sum: string | null;
  asOf: string;
  policy: { hash: string; signed: { title: string } | null };
  /** The seal's digest, where a frozen quarter's seal is what was read. */
  seal: string | null;
  madeBy: string;
  madeOn: string;
}

/**
 * The line above the header of a table that somebody takes away: what it holds and what it stands on. It begins with
 * `#`, which readers of CSV know as a comment, and is one line whatever a name holds.
 */
export function evidenceLine({ policy, seal, ...of }: Evidence): string {
  const parts = [
    [of.company, ...of.asked].join(", "),
    count(of.rows, "row"),
    ...(of.sum === null ? [] : [`sum ${of.sum}`]),
    `as of ${dayInWords(of.asOf)}`,
    `${policy.signed ? policy.signed.title : "unsigned policy"} ${policy.hash}`,
    seal ? `seal ${seal}` : "not sealed",
    `made by ${of.madeBy} on ${dayInWords(of.madeOn)}`,
  ];
  return `# ${parts.join("; ").replace(/\s+/g, " ")}\n`;
}
