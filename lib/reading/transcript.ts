import type { Day } from "@/lib/attribution/facts";
import { writtenDay } from "./day-words";
import type { Person } from "./known";
import type { Passage, Source } from "./source";

/** What one person said in one go. */
interface Said {
  by: string;
  text: string;
}

const CUE = /^\s*(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}/;
const VOICE = /<v(?:\.[^\s>]*)?\s+([^>]+)>/;
/** "Sunniva Hale: …", "Sunniva Hale (Northgate): …", as Zoom and Gong write whoever speaks. */
const SPEAKER =
  /^([\p{Lu}][\p{L}\p{M}.'’-]*(?:[ ,|/@]+[\p{L}\p{M}&.'’()|/@-]+){0,6}|[\p{Lu}][\p{L}\p{M}'’-]+)\s?:\s+(?=\S)/u;
/** "[14:03:12] Sunniva Hale", "Sunniva Hale  0:12", "0:12 | Sunniva Hale", each above what they say. */
const TURN = [
  /^\[?(?:\d{1,2}:)?\d{1,2}:\d{2}\]?\s*[|–-]?\s*([\p{Lu}][^\d\n:]{1,60}?)\s*:?$/u,
  /^\[?([\p{Lu}][^\d\n:[\]]{1,60}?)\]?\s+[|–-]?\s*[[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\s?[AP]M)?[\])]?$/u,
];
const TIMED = /^\[?(?:\d{1,2}:)?\d{1,2}:\d{2}\]?\s*[|–-]?\s*/;

/** Whether a text file is a conversation with its speakers, and no note. */
export function isTranscript(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const turns = lines.filter((line) => TURN.some((turn) => turn.test(line.trim()))).length;
  const timed = lines.filter((line) => TIMED.test(line) && SPEAKER.test(line.replace(TIMED, ""))).length;
  const spoken = lines.filter((line) => SPEAKER.test(line) && !HEAD.test(line)).length;
  return turns + timed >= 2 || (lines.length > 3 && spoken / lines.length > 0.6);
}

/** What stands above a conversation: its title, day and who was there. */
const HEAD =
  /^[#*\s]*(Call title|Title|Subject|Meeting|Topic|Call|Date|Recorded(?: on)?|Start(?:ed)?(?: time)?|Time|Participants|Attendees|Speakers|Account|Opportunity|Duration|Host|NOTE)\*{0,2}\s*[:|]\s*\*{0,2}\s*(.*)$/i;
const DATED = /^(?:date|recorded|recorded on|start|started|start time|started time|time)$/i;
const PEOPLE = /^(?:participants|attendees|speakers|host)$/i;

/**
 * A conversation, as WebVTT or as text with its speakers.
 *
 * @param name of the file: where the recording's program writes title and day
 */
export function transcriptSource(text: string, name: string, zone: string): Source {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .split("\n");
  const said = lines.some((line) => CUE.test(line)) ? cues(lines) : turns(lines);
  const head = headOf(lines, zone);
  const day = head.day ?? dayInName(name, zone);
  const speakers = [...new Set(said.map(({ by }) => by))].filter((by) => by !== "").map(personCalled);
  return {
    title: [head.title, titleIn(name)].join("\n"),
    people: [...speakers, ...head.people],
    passages: said.map(
      ({ by, text: words }): Passage => ({
        kind: "spoken",
        text: words,
        day,
        by: by ? personCalled(by) : null,
      }),
    ),
  };
}

const personCalled = (name: string): Person => ({ name, email: null });

/** The title and the day that a file's name tells: `GMT20260310-140312_Recording.transcript.vtt`. */
export const titleIn = (name: string) =>
  name
    .replace(/^.*[/\\]/, "")
    .replace(/\.[a-z0-9]+$/i, "")
    .replace(/[_+.-]+/g, " ");

export function dayInName(name: string, zone: string): Day | null {
  const file = name.replace(/^.*[/\\]/, "");
  const [, year, month, day, hour, minute] =
    /(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?:[-_T ](\d{2})(\d{2})\d{2})?(?!\d)/.exec(
      file,
    ) ?? [];
  if (!year) return null;
  // Zoom's are of Greenwich, and say so.
  const zoned = /GMT20/i.test(file) && hour ? ` ${hour}:${minute} GMT` : "";
  return writtenDay(`${year}-${month}-${day}${zoned}`, zone);
}

function headOf(lines: readonly string[], zone: string) {
  const titles: string[] = [];
  const people: Person[] = [];
  let day: Day | null = null;
  const first = lines.findIndex((line) => CUE.test(line) || TURN.some((turn) => turn.test(line.trim())));
  for (const line of lines.slice(0, Math.min(first < 0 ? 15 : first, 25))) {
    const bare = line.replace(/^(?:WEBVTT|NOTE|#+)\s*[-–:]?\s*/, "").trim();
    const [, name = "", value = ""] = HEAD.exec(bare) ?? [];
    if (DATED.test(name)) day ??= writtenDay(value, zone);
    else if (PEOPLE.test(name)) people.push(...value.split(/[,;]/).map((one) => personCalled(one.trim())));
    else if (name) titles.push(value);
    else if (SPEAKER.test(bare)) continue;
    else if (bare && !/^\d+$|^Kind:|^Language:/i.test(bare)) {
      titles.push(bare);
      if (/\d{4}/.test(bare)) day ??= writtenDay(bare, zone);
    }
  }
  return { title: titles.join("\n"), people, day };
}

/** The cues of a WebVTT file; who goes on speaking goes on in the next. */
function cues(lines: readonly string[]): Said[] {
  const said: Said[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (!CUE.test(lines[at]!)) continue;
    let by = "";
    const words: string[] = [];
    for (at++; at < lines.length && lines[at]!.trim() !== ""; at++) {
      const line = lines[at]!;
      by = VOICE.exec(line)?.[1]?.trim() ?? by;
      words.push(line.replace(/<[^>]*>/g, "").trim());
    }
    let text = words.join(" ");
    const [label, name] = by ? [] : (SPEAKER.exec(text) ?? []);
    if (label && name) {
      by = name;
      text = text.slice(label.length);
    }
    add(said, { by, text });
  }
  return said;
}

function turns(lines: readonly string[]): Said[] {
  const said: Said[] = [];
  let by = "";
  for (const line of lines) {
    const bare = line.trim();
    const turn = TURN.flatMap((one) => one.exec(bare)?.[1] ?? [])[0];
    if (turn) {
      by = turn.trim();
      said.push({ by, text: "" });
      continue;
    }
    if (HEAD.test(bare)) continue;
    const untimed = bare.replace(TIMED, "");
    const [label, name] = SPEAKER.exec(untimed) ?? [];
    if (label && name) by = name;
    if (label && name) add(said, { by, text: untimed.slice(label.length) });
    else if (by && bare) add(said, { by, text: bare });
  }
  return said.filter(({ text }) => text !== "");
}

function add(said: Said[], { by, text }: Said): void {
  const last = said.at(-1);
  if (last && last.by === by) last.text = last.text === "" ? text : `${last.text} ${text}`;
  else said.push({ by, text });
}
