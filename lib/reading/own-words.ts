/** A mail's text, taken apart: what its sender wrote, and the mails it hands on. */
export interface Written {
  /** Without quoted history and signature. */
  own: string;
  /** The mail handed on, its own heading included; null where it is none. */
  forwarded: string | null;
}

/** "On Tue, Mar 10, 2026 at 4:15 PM Dana <d@…> wrote:", over up to three lines, in the languages of mail programs. */
const WROTE =
  /^[ \t]*(?:On|Am|Le|El|Il|Op|Em|Den|Dnia)\b[^\n]{0,200}(?:\n[^\n]{0,200}){0,2}?(?:wrote|schrieb[^\n:]{0,120}|a écrit|escribió|ha scritto|schreef[^\n:]{0,120}|escreveu|skrev[^\n:]{0,120}|napisał\(a\))\s?:[ \t]*$/m;
const ORIGINAL =
  /^[ \t>]*-{2,}\s*(?:Original Message|Original Appointment|Ursprüngliche Nachricht|Message d'origine|Mensaje original)\s*-{2,}[ \t]*$/im;
const FORWARDED = /^[ \t>]*(?:-{5,}\s*Forwarded message\s*-{5,}|Begin forwarded message:)[ \t]*$/im;
/** Outlook's heading of what it answers or hands on: From, then within a few lines Sent or Date, and Subject. */
const HEADING =
  /^[ \t>*]*(?:From|Von|De|Da|Van):[^\n]+\n(?:[^\n]*\n){0,3}?[ \t>*]*(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado):[^\n]+\n/im;
/** A subject of a mail that is handed on. */
const HANDED_ON = /^\s*(?:fwd?|wg|tr|rv|enc|i)\s*:/i;

const DELIMITER = /^(?:-- ?|—|–{2,}|_{5,})$/m;
const CLOSING =
  /^[ \t]*(?:(?:(?:with )?(?:best|kind|kindest|warm|warmest|many)[ \t]+(?:regards|wishes|thanks)|regards|cheers|thanks(?:[ \t]+(?:again|so much|a lot|in advance|all))?|thank you|many thanks|sincerely|yours(?:[ \t]+(?:sincerely|truly|faithfully))?|best|all the best|talk soon|speak soon|br|mit freundlichen Grüßen|viele Grüße|cordialement)[ \t]*[,.!]?[ \t]*|(?:Sent from my|Get Outlook for|Von meinem)[^\n]*)$/im;

/** Takes the text of a mail apart. `subject` tells whether a quoted mail is handed on or answered. */
export function ownWords(text: string, subject: string): Written {
  const tidy = text.replace(/\r\n?/g, "\n");
  const forwarded = FORWARDED.exec(tidy);
  if (forwarded) {
    const inner = unquoted(tidy.slice(forwarded.index + forwarded[0].length));
    return { own: withoutHistory(tidy.slice(0, forwarded.index)), forwarded: inner };
  }
  const quoted = HANDED_ON.test(subject) ? earliest(tidy, [ORIGINAL, HEADING]) : null;
  if (quoted) {
    const inner = unquoted(tidy.slice(quoted.index).replace(ORIGINAL, ""));
    return { own: withoutHistory(tidy.slice(0, quoted.index)), forwarded: inner };
  }
  return { own: withoutHistory(tidy), forwarded: null };
}

/** Apple quotes what it hands on: one mark before each line is its doing. */
function unquoted(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const all = lines.length > 0 && lines.every((line) => line.startsWith(">"));
  return all ? text.replace(/^>[ \t]?/gm, "") : text;
}

function withoutHistory(text: string): string {
  const wrote = WROTE.exec(text);
  let own = text;
  const cut = earliest(text, [ORIGINAL, HEADING]);
  if (cut && (!wrote || cut.index < wrote.index)) own = text.slice(0, cut.index);
  else if (wrote) {
    const after = text.slice(wrote.index + wrote[0].length);
    // Where the history is marked line by line, answers may stand between; else all below is history.
    const marked = /^\s*>/.test(after);
    own = text.slice(0, wrote.index) + (marked ? `\n${withoutHistory(after)}` : "");
  }
  return withoutSignature(own.replace(/^[ \t]*>.*$/gm, "").replace(/^_{10,}[ \t]*$/gm, ""));
}

/** All below a signature's delimiter, or below a closing that a name follows. A closing at the very top ends nothing. */
function withoutSignature(text: string): string {
  const ends = [DELIMITER, CLOSING].flatMap((end) => [...text.matchAll(new RegExp(end, `${end.flags}g`))]);
  const end = ends.map(({ index, 0: said }) => ({
    index,
    after: text.slice(index + said.length).trimStart(),
  }));
  const cuts = end
    .filter(({ index, after }) => text.slice(0, index).trim() !== "" && !isProse(after))
    .map(({ index }) => index);
  return cuts.length > 0 ? text.slice(0, Math.min(...cuts)) : text;
}

/** Whether its first line is a sentence, which a signature's is not. */
const isProse = (text: string) =>
  /^[^\n]*[a-z][.!?:](?:\s|$)/.test(text.slice(0, 300)) && /^[^\n]{45}/.test(text);

function earliest(text: string, patterns: readonly RegExp[]): RegExpExecArray | null {
  const found = patterns.map((pattern) => pattern.exec(text)).filter((one) => one !== null);
  return found.sort((a, b) => a.index - b.index)[0] ?? null;
}
