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
import { count } from "./words";

/** An item as a line of the digest: what it is about, why it is there, where it is answered. */
export interface DigestItem {
  title: string;
  why: string;
  path: string;
  /** By when; null where no day is set. */
  dueOn: string | null;
}

/** Items of one kind, under its heading, with what clears them. */
export interface DigestGroup {
  label: string;
  clears: string;
  /** All of the kind; `items` may be the first of them. */
  count: number;
  items: readonly DigestItem[];
}

/** What somebody's inbox held on a Monday. */
export interface Digest {
  kind: "digest";
  /** The Monday. */
  week: string;
  /** All items; beyond the bound of a look there may be more. */
  total: number;
  more: boolean;
  groups: readonly DigestGroup[];
}

const totalOf = ({ total, more }: Digest) => `${more ? "more than " : ""}${count(total, "item")}`;

/** The digest in a line and its groups in another, for a list of notices and for a chat. */
export function digestWords(digest: Digest): NoticeInWords {
  const groups = digest.groups.map(({ label, count: of }) => `${label} ${of}`);
  return {
    title: `${totalOf(digest)} to fix this week`.replace(/^m/, "M"),
    says: groups.length > 0 ? `${groups.join(", ")}.` : "Nothing waited in the inbox.",
    path: "/inbox",
  };
}

/** The digest as a message, plainly and with a little form; whatever names hold, none of it is markup. */
export function digestMessage(digest: Digest, to: MessageTo): Message {
  const { title } = digestWords(digest);
  const lead = `What your inbox held on Monday, ${dayInWords(digest.week)}.`;
  return {
    subject: title,
    text: [`${title}\n\n${lead}`, ...digest.groups.map((group) => groupText(group, to)), restText(to)]
      .filter((part) => part !== "")
      .join("\n\n")
      .concat(footOf(to)),
    html: framed(
      `<p><b>${escapeHtml(title)}</b></p><p>${escapeHtml(lead)}</p>` +
        digest.groups.map((group) => groupHtml(group, to)).join("") +
        restHtml(to),
      to,
    ),
  };
}

const due = ({ dueOn }: DigestItem) => (dueOn ? ` Due ${dayInWords(dueOn)}.` : "");

const leftOf = ({ count: of, items }: DigestGroup) =>
  of > items.length ? `and ${count(of - items.length, "more", "more")}` : null;

function groupText(group: DigestGroup, { base }: MessageTo): string {
  const lines = group.items.map((item) => {
    const link = base ? `\n  ${base}${item.path}` : "";
    return `* ${oneLine(item.title)}\n  ${oneLine(item.why)}${due(item)}${link}`;
  });
  const left = leftOf(group);
  return [`${group.label} (${group.count}). ${group.clears}`, ...lines, ...(left ? [`* ${left}`] : [])].join(
    "\n",
  );
}

function groupHtml(group: DigestGroup, { base }: MessageTo): string {
  const lines = group.items.map((item) => {
    const title = escapeHtml(oneLine(item.title));
    const name = base ? `<a href="${escapeHtml(base + item.path)}">${title}</a>` : `<b>${title}</b>`;
    return `<li>${name}<br>${escapeHtml(oneLine(item.why) + due(item))}</li>`;
  });
  const left = leftOf(group);
  return (
    `<h3 style="font-size:15px;margin:16px 0 0">${escapeHtml(`${group.label} (${group.count})`)}</h3>` +
    `<p style="margin:0;color:#666">${escapeHtml(group.clears)}</p>` +
    `<ul style="margin:4px 0;padding-left:20px">${lines.join("")}${left ? `<li>${left}</li>` : ""}</ul>`
  );
}

const restText = ({ base }: MessageTo) => (base ? `Your inbox: ${base}/inbox` : "");

const restHtml = ({ base }: MessageTo) =>
  base ? `<p><a href="${escapeHtml(`${base}/inbox`)}">Your inbox</a></p>` : "";
