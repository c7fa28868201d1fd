import type { Day } from "@/lib/attribution/facts";
import { refuse } from "@/lib/errors";
import { callSource } from "./call";
import { invitationSources } from "./invitation";
import type { Clock } from "./known";
import { mailSources } from "./mail";
import { noteSource } from "./note";
import type { Source } from "./source";
import { isTranscript, transcriptSource } from "./transcript";

/** Most bytes of a file that is read. */
export const LARGEST_EVIDENCE = 2_000_000;
/** What is read, by what a name ends in. */
export const EVIDENCE_ENDINGS = ["eml", "ics", "vtt", "txt", "md", "json"] as const;

export const endingOf = (name: string) => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";

/**
 * What a file says, by its ending: a mail, an invitation, a conversation or a note.
 *
 * @param said the day on which it was handed in, for a note that tells none of its own
 * @throws Refusal when it is none of them, or cannot be read
 */
export async function readFile(
  { name, bytes }: { name: string; bytes: Uint8Array },
  clock: Clock,
  said: Day | null = null,
): Promise<Source[]> {
  const ending = endingOf(name);
  if (!(EVIDENCE_ENDINGS as readonly string[]).includes(ending))
    refuse("file", name, `is none of the files that are read: ${EVIDENCE_ENDINGS.join(", ")}`);
  if (bytes.length === 0) refuse("file", name, "is empty");
  if (bytes.length > LARGEST_EVIDENCE)
    refuse("file", name, `is larger than ${LARGEST_EVIDENCE / 1_000_000} MB`);
  if (ending === "eml") return readMail(name, bytes, clock);
  const text = textOf(name, bytes);
  if (ending === "ics") return invitationSources(text, clock);
  if (ending === "json") return [callSource(text, name, clock.zone)];
  if (ending === "vtt" && !/^\uFEFF?WEBVTT/.test(text))
    refuse("file", name, "is no WebVTT: its first line says so");
  if (ending === "vtt" || isTranscript(text)) return [transcriptSource(text, name, clock.zone)];
  return [noteSource(text, name, clock.zone, said)];
}

async function readMail(name: string, bytes: Uint8Array, clock: Clock): Promise<Source[]> {
  // A mail begins with its headings, or with the line that mailboxes put before one.
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2_000));
  if (!/^(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\r?\n)/.test(start.replace(/^ï»¿/, "")))
    refuse("file", name, "is no mail: it has no headings (RFC 5322)");
  return mailSources(bytes, clock);
}

/** UTF-8, or what its byte order mark says; else the letters of Windows. */
function textOf(name: string, bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) refuse("file", name, "is no text: it holds a NUL");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
