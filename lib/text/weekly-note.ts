import { dayInWords } from "./days";
import {
  escapeHtml,
  footOf,
  framed,
  type Message,
  type MessageTo,
  type NoticeInWords,
  oneLine,
} from "./message";

/** What moved a number, in words, and the deals behind it. */
interface WeeklyPart {
  cause: string;
  /** With its sign, in the number's unit. */
  by: string;
  deals: number;
  /** The first of them. */
  first: readonly { name: string; path: string }[];
}

/** One of the four numbers, as people read it. */
export interface WeeklyNumber {
  name: string;
  is: string;
  /** A week ago; null where one of the two does not exist. */
  was: string | null;
  /** They add up to the difference; none where nothing moved it. */
  parts: readonly WeeklyPart[];
  /** Where it opens to why it moved. */
  path: string;
}

/** The four numbers of the quarter under way on a Monday, beside the Monday before. */
export interface WeeklyNote {
  kind: "weekly_numbers";
  /** The Monday. */
  week: string;
  quarter: string;
  /** The day that they are held against. */
  since: string;
  numbers: readonly WeeklyNumber[];
}

const changed = ({ was, is, parts }: WeeklyNumber) => was !== null && (was !== is || parts.length > 0);

function lineOf({ name, is, was }: WeeklyNumber): string {
  if (was === null) return `${name}: ${is}`;
  return was === is ? `${name}: ${is}, as a week ago` : `${name}: ${is}, ${was} a week ago`;
}

const partOf = ({ cause, by, deals }: WeeklyPart) =>
  `${cause} ${by}${deals > 0 ? ` (${deals === 1 ? "1 deal" : `${deals} deals`})` : ""}`;

/** The note in a line and what moved in another, for a list of notices and for a chat. */
export function weeklyWords({ quarter, numbers, since }: WeeklyNote): NoticeInWords {
  const moved = numbers.filter(changed).map(({ name }) => name);
  return {
    title:
      moved.length > 0
        ? `${quarter}: what moved the numbers this week`
        : `${quarter}: no number moved this week`,
    says: numbers.map(lineOf).join(". ").concat("."),
    path: `/dashboard?quarter=${quarter}&since=${since}`,
  };
}

/** The note as a message, plainly and with a little form; whatever names hold, none of it is markup. */
export function weeklyMessage(note: WeeklyNote, to: MessageTo): Message {
  const { title } = weeklyWords(note);
  const lead = `The four numbers on Monday, ${dayInWords(note.week)}, beside ${dayInWords(note.since)}.`;
  const blocks = note.numbers.map((number) => {
    const link = (path: string) => (to.base ? `  ${to.base}${path}` : "");
    const lines = number.parts.flatMap((part) => [
      `* ${oneLine(partOf(part))}`,
      ...part.first.map(({ name, path }) => `  - ${oneLine(name)}${link(path)}`),
    ]);
    return [`${lineOf(number)}${link(number.path)}`, ...lines].join("\n");
  });
  const html = note.numbers.map((number) => {
    const linked = (text: string, path: string) =>
      to.base
        ? `<a href="${escapeHtml(to.base + path)}">${escapeHtml(text)}</a>`
        : `<b>${escapeHtml(text)}</b>`;
    const head = linked(lineOf(number), number.path);
    const firstOf = ({ first }: WeeklyPart) =>
      first.map(({ name, path }) => linked(oneLine(name), path)).join(", ");
    const parts = number.parts
      .map(
        (part) => `<li>${escapeHtml(partOf(part))}${part.first.length > 0 ? `: ${firstOf(part)}` : ""}</li>`,
      )
      .join("");
    return `<p style="margin:16px 0 0">${head}</p>${parts ? `<ul style="margin:4px 0;padding-left:20px">${parts}</ul>` : ""}`;
  });
  return {
    subject: title,
    text: [`${title}\n\n${lead}`, ...blocks].join("\n\n").concat(footOf(to)),
    html: framed(`<p><b>${escapeHtml(title)}</b></p><p>${escapeHtml(lead)}</p>${html.join("")}`, to),
  };
}
