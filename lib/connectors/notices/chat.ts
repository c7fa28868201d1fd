import type { Chat } from "@/lib/metrics/notice-kinds";
import { oneLine } from "@/lib/text/message";
import type { Delivery, Letter, Send } from "./delivery";

const WHOLE_MS = 10_000;
/** A chat takes 40,000 signs at most and shows far fewer. */
const MOST_TEXT = 8_000;
/** Of an answer, so much is read. */
const MOST_ANSWER = 4_096;

/** Where a chat takes what is posted: an incoming webhook. */
export interface Channel {
  chat: Chat;
  address: string;
}

/** Posts into a channel, naming whom it is for. The address is asked for nothing else, and no redirect is followed. */
export function chatBy({ chat, address }: Channel): Send {
  return async (letter) => {
    if (!/^https?:\/\//i.test(address))
      return { taken: false, isFinal: true, problem: "The channel's address is no http(s) address" };
    const signal = AbortSignal.timeout(WHOLE_MS);
    try {
      const answer = await fetch(address, {
        method: "POST",
        redirect: "error",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(BODIES[chat](letter)),
        signal,
      });
      return await deliveryOf(answer);
    } catch (error) {
      const why = signal.aborted ? "did not answer within ten seconds" : "could not be reached, or hung up";
      return { taken: false, isFinal: false, problem: `The chat ${why}${detailOf(error)}` };
    }
  };
}

function detailOf(error: unknown): string {
  const { code } = ((error as Error).cause ?? {}) as { code?: unknown };
  return typeof code === "string" ? ` (${code})` : "";
}

async function deliveryOf(answer: Response): Promise<Delivery> {
  const said = await beginningOf(answer);
  // Teams' older webhooks say 200 of what they did not take.
  const refused = /webhook message delivery failed/i.test(said);
  if (answer.ok && !refused) return { taken: true };
  const status = refused ? Number(/\b([45]\d\d)\b/.exec(said)?.[1] ?? 500) : answer.status;
  const isFinal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  const detail = oneLine(said).slice(0, 200);
  const afterMs = waitOf(answer.headers.get("retry-after"));
  return {
    ...{ taken: false, isFinal, problem: `The chat answered ${status}${detail ? `: ${detail}` : ""}` },
    ...(afterMs !== null && { afterMs }),
  };
}

/** Retry-After in seconds, as chats send it (RFC 9110 §10.2.3); a date is nobody's here. */
const waitOf = (header: string | null): number | null =>
  header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : null;

/** The first of what was answered. What breaks off was begun: the status stands. */
async function beginningOf(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  if (!reader) return "";
  const parts: Uint8Array[] = [];
  try {
    for (let size = 0; size < MOST_ANSWER; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      size += value.length;
    }
  } catch {}
  reader.cancel().catch(() => {});
  return Buffer.concat(parts).subarray(0, MOST_ANSWER).toString("utf8");
}

const plain = ({ to, text }: Letter) =>
  `For ${oneLine(to.name)}\n${text.split("\n\n-- \n")[0]}`.slice(0, MOST_TEXT);

/** Slack reads these three as its own: `<!channel>` in a name would call everybody. */
const forSlack = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").trimEnd();

/** A card's text is Markdown. */
const forTeams = (text: string) => text.replace(/[\\`*_{}[\]()#+!|~<>&-]/g, "\\$&").trimEnd();

const withoutLink = (letter: Letter) =>
  letter.link ? plain(letter).replaceAll(letter.link, "").trimEnd() : plain(letter);

const BODIES: Readonly<Record<Chat, (letter: Letter) => object>> = {
  slack: (letter) => ({ text: forSlack(plain(letter)), unfurl_links: false }),
  teams: (letter) => ({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: withoutLink(letter)
            .split(/\n+/)
            .map((line) => ({ type: "TextBlock", wrap: true, text: forTeams(line) })),
          ...(letter.link && {
            actions: [{ type: "Action.OpenUrl", title: "Open it", url: letter.link }],
          }),
        },
      },
    ],
  }),
};
