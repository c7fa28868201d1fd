/** A sentence with its place in the text. */
export interface Sentence {
  text: string;
  at: number;
  /** Which paragraph it stands in. */
  paragraph: number;
}

/** A line this long was broken because the next word did not fit, and goes on in the next. */
const BROKEN_AT = 60;
const BULLET = /^\s*(?:[-*•–▪◦]|\d{1,2}[.)]|#{1,6}|\[[ x]\])\s+/;
/** What ends in a full stop and no sentence. */
const SHORTENED =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|approx|no|inc|ltd|corp|co|e\.g|i\.e|etc|dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|a\.m|p\.m|u\.s|u\.k|\p{Lu})\.$/iu;

/** "Am 4. Mai" ends nothing. */
const GERMAN_MONTH =
  /^(?:Jan(?:uar)?|Feb(?:ruar)?|März|Apr(?:il)?|Mai|Juni?|Juli?|Aug(?:ust)?|Sept?(?:ember)?|Okt(?:ober)?|Nov(?:ember)?|Dez(?:ember)?)(?![\p{L}])/u;

/** The sentences of a text as they stand there, line breaks and all. */
export function sentencesOf(text: string): Sentence[] {
  const found: Sentence[] = [];
  let paragraph = 0;
  for (const block of blocksOf(text)) {
    if (block.newParagraph) paragraph++;
    found.push(...splitBlock(block.text, block.at, paragraph));
  }
  return found;
}

interface Block {
  text: string;
  at: number;
  newParagraph: boolean;
}

/** Lines put together that were one before somebody's mail program broke them. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  let newParagraph = true;
  let at = 0;
  for (const line of text.split("\n")) {
    const start = at;
    at += line.length + 1;
    if (line.trim() === "") {
      open = null;
      newParagraph = true;
      continue;
    }
    if (open && goesOn(lastLine(open.text), line)) {
      open.text = text.slice(open.at, start + line.length);
      continue;
    }
    open = { text: line, at: start, newParagraph };
    blocks.push(open);
    newParagraph = false;
  }
  return blocks;
}

const lastLine = (text: string) => text.slice(text.lastIndexOf("\n") + 1).trimEnd();

function goesOn(line: string, next: string): boolean {
  if (/^#/.test(line)) return false;
  // "on February / 12. Then …" is no list.
  const counts = /^\s*\d/.test(next) && line.length >= BROKEN_AT && !/[.:!?]$/.test(line);
  if (BULLET.test(next) && !counts) return false;
  const first = /^\s*(\S+)/.exec(next)?.[1] ?? "";
  if (line.length + 1 + first.length >= BROKEN_AT) return true;
  if (/^\s*\p{Ll}/u.test(next) && !/[,;:.!?]$/.test(line)) return true;
  // Under a bullet, what is drawn in belongs to it.
  return /^\s{2,}/.test(next) && !/[.!?:]$/.test(line);
}

function splitBlock(text: string, at: number, paragraph: number): Sentence[] {
  const found: Sentence[] = [];
  let start = 0;
  const take = (end: number) => {
    const raw = text.slice(start, end);
    const lead = (BULLET.exec(raw)?.[0] ?? /^\s*/.exec(raw)?.[0] ?? "").length;
    const sentence = raw.slice(lead).trimEnd();
    if (sentence) found.push({ text: sentence, at: at + start + lead, paragraph });
    start = end;
  };
  for (const { 0: mark, index } of text.matchAll(/[.!?…]+["'”’)\]]*(?=\s)/gu)) {
    const end = index + mark.length;
    const before = text.slice(start, end);
    const after = text.slice(end).trimStart();
    if (mark.startsWith(".") && SHORTENED.test(before)) continue;
    if (/^\p{Ll}/u.test(after)) continue;
    if (/\b\d{1,2}\.$/.test(before) && GERMAN_MONTH.test(after)) continue;
    if (/^\s*\d{1,2}\.$/.test(before)) continue;
    take(end);
  }
  take(text.length);
  return found;
}
