import PostalMime, { type Address, type Email } from "postal-mime";
import type { Day } from "@/lib/attribution/facts";
import { writtenDay } from "./day-words";
import { htmlText } from "./html-text";
import { invitationSources } from "./invitation";
import type { Clock, Person } from "./known";
import { ownWords } from "./own-words";
import type { Source } from "./source";

const AUTOMATIC =
  /^\s*(?:automatic reply|auto(?:matic)?[- ]?reply|autoreply|out of (?:the )?office|abwesen|réponse automatique|undeliverable|delivery status notification|returned mail)/i;
const CALLED_OFF = /^\s*(?:cancel+ed(?: event)?|declined|tentative|accepted|abgesagt|annulé)\s*:/i;

/** How deep mails lie in mails, before nobody looks further. */
const DEEPEST = 4;

/** What a mail says, by whom and of which day: its own words, and those of the mails it hands on. */
export async function mailSources(bytes: Uint8Array, { zone, today }: Clock, depth = 0): Promise<Source[]> {
  const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true });
  const day = sentOn(mail, zone);
  const subject = mail.subject ?? "";
  if (isAutomatic(mail, subject) || CALLED_OFF.test(subject)) return [];
  const calendar = mail.attachments.filter(({ mimeType }) => mimeType === "text/calendar");
  if (calendar.length > 0) {
    // The text beside an invitation is the invitation once more.
    const method = calendar.find((part) => part.method)?.method;
    return calendar
      .slice(0, 1)
      .flatMap(({ content }) => invitationSources(textOf(content), { zone, today }, method));
  }
  const text = mail.text?.trim() ? mail.text : htmlText(mail.html ?? "");
  const people = [...peopleOf([mail.from]), ...peopleOf(mail.to), ...peopleOf(mail.cc)];
  const heading = { subject, people, day, by: peopleOf([mail.from])[0] ?? null };
  const attached = mail.attachments.filter(({ mimeType }) => mimeType === "message/rfc822");
  const inner =
    depth < DEEPEST
      ? await Promise.all(
          attached.map(({ content }) => mailSources(bytesOf(content), { zone, today }, depth + 1)),
        )
      : [];
  return [...written(text, heading, zone, 0), ...inner.flat()];
}

interface Heading {
  subject: string;
  people: Person[];
  day: Day | null;
  by: Person | null;
}

/** The words of a mail, and behind them those of what it hands on, each with its own day and people. */
function written(text: string, { subject, people, day, by }: Heading, zone: string, depth: number): Source[] {
  const { own, forwarded } = ownWords(text, subject);
  const mine: Source = { title: subject, people, passages: [{ kind: "words", text: own, day, by }] };
  if (forwarded === null || depth >= DEEPEST) return [mine];
  const { heading, rest } = innerHeading(forwarded, zone, day);
  return [mine, ...written(rest, { ...heading, subject: heading.subject || subject }, zone, depth + 1)];
}

const FIELD =
  /^[ \t*]*(From|Von|De|Date|Sent|Datum|Gesendet|Envoyé|Enviado|Subject|Betreff|Objet|Asunto|To|An|À|Para|Cc|Reply-To|Importance)\*?[ \t]*:\*?[ \t]*(.*)$/i;

/** The lines `From: …`, `Sent: …` above a mail that was handed on. */
function innerHeading(text: string, zone: string, day: Day | null): { heading: Heading; rest: string } {
  const lines = text.split("\n");
  const fields = new Map<string, string>();
  let at = 0;
  let last = "";
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name) {
      last = name.toLowerCase();
      fields.set(last, (value ?? "").trim());
    } else if (line.trim() === "" && fields.size === 0) continue;
    else if (
      line.trim() !== "" &&
      last &&
      /^[ \t]|[;,]$/.test(lines[at - 1]! + line.slice(0, 1)) &&
      fields.size > 0
    )
      fields.set(last, `${fields.get(last)} ${line.trim()}`);
    else break;
  }
  const first = (...names: string[]) => names.flatMap((name) => fields.get(name) ?? [])[0] ?? "";
  const from = peopleIn(first("from", "von", "de"));
  const people = [...from, ...peopleIn(first("to", "an", "à", "para")), ...peopleIn(first("cc"))];
  const sent = first("date", "sent", "datum", "gesendet", "envoyé", "enviado");
  const subject = first("subject", "betreff", "objet", "asunto");
  // Handed on without its day, its words are of no day that is known.
  const heading = { subject, people, day: sent ? writtenDay(sent, zone, day) : null, by: from[0] ?? null };
  return { heading, rest: lines.slice(at).join("\n") };
}

/** `Sunniva Hale <s@northgate.example>; Dana [mailto:d@…]`, as mail programs write them in text. */
function peopleIn(text: string): Person[] {
  return text.split(/[;]|,(?=[^,]*@)/).flatMap((one) => {
    const email = /[^\s<>[\]:;"']+@[^\s<>[\]:;"']+/.exec(one)?.[0]?.toLowerCase() ?? null;
    const name = one
      .replace(/[<[(][^>\])]*[>\])]/g, "")
      .replace(/[^\s<>]+@[^\s<>]+/g, "")
      .replace(/["*]/g, "")
      .trim();
    return name || email ? [{ name, email }] : [];
  });
}

function peopleOf(addresses: readonly (Address | undefined)[] | undefined): Person[] {
  return (addresses ?? []).flatMap((one) => {
    if (!one) return [];
    if (one.group) return peopleOf(one.group);
    return one.address || one.name ? [{ name: one.name, email: one.address?.toLowerCase() || null }] : [];
  });
}

function sentOn(mail: Email, zone: string): Day | null {
  const header = (key: string) => mail.headers.find((one) => one.key === key)?.value;
  // What a server noted when it took the mail, behind its last semicolon, where the mail has no date.
  const date = header("date") ?? header("received")?.split(";").at(-1);
  return date ? writtenDay(date, zone) : null;
}

/** Newsletters, absence notes and what machines answer: nobody tells of an act in them. */
function isAutomatic(mail: Email, subject: string): boolean {
  const header = (key: string) => mail.headers.find((one) => one.key === key)?.value.toLowerCase() ?? "";
  if (AUTOMATIC.test(subject)) return true;
  const submitted = header("auto-submitted");
  if ((submitted && submitted !== "no") || header("x-autoreply") || header("x-autorespond")) return true;
  if (/bulk|junk|auto_reply/.test(header("precedence")) || header("list-unsubscribe-post")) return true;
  // A group of people has its list, too; a mailing has no thread and no group.
  const ofGroup = header("mailing-list") || header("x-google-group-id") || header("in-reply-to");
  return header("list-unsubscribe") !== "" && !ofGroup;
}

const decoder = new TextDecoder();
const bytesOf = (content: ArrayBuffer | Uint8Array | string) =>
  typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
const textOf = (content: ArrayBuffer | Uint8Array | string) =>
  typeof content === "string" ? content : decoder.decode(content);
