/** A message to a person: a subject and the same said plainly and with a little form. */
export interface Message {
  subject: string;
  text: string;
  html: string;
}

/** A notice in words: what happened, who did what, and the page where it is answered. */
export interface NoticeInWords {
  title: string;
  says: string;
  path: string;
}

/** Where its links lead, and to whom it is. */
export interface MessageTo {
  name: string;
  /** The app's address without a slash at its end; null where nobody said it: then there are no links. */
  base: string | null;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What people wrote, inside HTML: nothing of it is markup. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** A name in one line: what breaks a line or turns its direction is a blank. */
export const oneLine = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, " ").trim();

/** A longer subject is cut by most mailboxes. */
const SUBJECT = 150;

export const subjectOf = (text: string): string => {
  const line = oneLine(text);
  return line.length > SUBJECT ? `${line.slice(0, SUBJECT - 1)}…` : line;
};

const BODY = 'style="font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;color:#1c1c1c"';

/** A page around what is said, and below it how one is told less. */
export function framed(body: string, { base }: MessageTo): string {
  const choices = base
    ? `<p style="color:#666;font-size:13px"><a href="${escapeHtml(`${base}/settings/account`)}">Choose what you are told, and how</a></p>`
    : "";
  return `<!doctype html><html lang="en"><body ${BODY}>${body}${choices}</body></html>`;
}

/** The plain text's last lines. */
export const footOf = ({ base }: MessageTo): string =>
  base ? `\n\n-- \nChoose what you are told, and how: ${base}/settings/account\n` : "\n";

/** A single notice as a message. */
export function noticeMessage(words: NoticeInWords, to: MessageTo): Message {
  const [title, says] = [oneLine(words.title), oneLine(words.says)];
  const address = to.base && to.base + words.path;
  const link = address ? `<p><a href="${escapeHtml(address)}">Open it</a></p>` : "";
  return {
    subject: subjectOf(title),
    text: `${title}\n\n${says}${address ? `\n\n${address}` : ""}${footOf(to)}`,
    html: framed(`<p><b>${escapeHtml(title)}</b></p><p>${escapeHtml(says)}</p>${link}`, to),
  };
}
