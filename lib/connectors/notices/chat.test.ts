import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { chatBy } from "./chat";
import type { Letter } from "./delivery";

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** A chat on loopback that keeps what was posted and answers as told. */
async function chat(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const posts: { type: string | undefined; body: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      posts.push({
        type: request.headers["content-type"],
        body: JSON.parse(Buffer.concat(parts).toString()),
      });
      answer(response, request);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  open.push(server);
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, posts };
}

const LETTER: Letter = {
  id: "N-7",
  to: { name: "Ana <!channel> *Ruiz*", email: "ana@company.example" },
  subject: "A role waits",
  text: "Northgate’s role on [Larkfield](https://evil.test) waits\n\nPam proposed it.\n\nhttps://sign.example/deals/D-1\n\n-- \nChoose what you are told",
  html: "",
  link: "https://sign.example/deals/D-1",
};

const ok = (response: ServerResponse) => response.end("ok");

describe("a chat", () => {
  test("of Slack gets a text that names whom it is for, without a name that calls everybody", async () => {
    const { address, posts } = await chat(ok);
    expect(await chatBy({ chat: "slack", address })(LETTER)).toEqual({ taken: true });
    expect(posts).toEqual([
      {
        type: "application/json",
        body: {
          text: "For Ana &lt;!channel&gt; *Ruiz*\nNorthgate’s role on [Larkfield](https://evil.test) waits\n\nPam proposed it.\n\nhttps://sign.example/deals/D-1",
          unfurl_links: false,
        },
      },
    ]);
  });

  test("of Teams gets a card whose text makes no links, and one button", async () => {
    const { address, posts } = await chat(ok);
    expect(await chatBy({ chat: "teams", address })(LETTER)).toEqual({ taken: true });
    const [{ contentType, content }] = (posts[0]!.body as { attachments: [Record<string, never>] })
      .attachments;
    expect(contentType).toBe("application/vnd.microsoft.card.adaptive");
    const { body, actions } = content as unknown as { body: { text: string }[]; actions: { url: string }[] };
    expect(body.map(({ text }) => text)).toEqual([
      "For Ana \\<\\!channel\\> \\*Ruiz\\*",
      "Northgate’s role on \\[Larkfield\\]\\(https://evil.test\\) waits",
      "Pam proposed it.",
    ]);
    expect(actions.map(({ url }) => url)).toEqual(["https://sign.example/deals/D-1"]);
  });
});

/** How a chat answers, and what that means for the notice. */
const ANSWERS: [string, (response: ServerResponse, request: IncomingMessage) => void, object][] = [
  [
    "that throttles",
    (response) => response.writeHead(429, { "Retry-After": "30" }).end("rate_limited"),
    { taken: false, isFinal: false, afterMs: 30_000, problem: "The chat answered 429: rate_limited" },
  ],
  [
    "whose channel is gone",
    (response) => response.writeHead(404).end("no_service\r\nX"),
    { taken: false, isFinal: true, problem: "The chat answered 404: no_service X" },
  ],
  [
    "that fails",
    (response) => response.writeHead(503).end(),
    { taken: false, isFinal: false, problem: "The chat answered 503" },
  ],
  [
    "that says 200 of what it did not take",
    (response) =>
      response.end(
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429",
      ),
    { taken: false, isFinal: false },
  ],
  [
    "that takes it and breaks off in the middle of its answer",
    (response, request) => {
      response.writeHead(200, { "Content-Length": "1000" }).write("o");
      setTimeout(() => request.socket.destroy(), 20);
    },
    { taken: true },
  ],
  [
    "that cuts the connection",
    (_response, request) => request.socket.destroy(),
    { taken: false, isFinal: false },
  ],
  [
    "that sends us elsewhere",
    (response) => response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end(),
    { taken: false, isFinal: false },
  ],
  [
    "that talks without end",
    (response) => {
      response.writeHead(500);
      const talk = setInterval(() => response.write("x".repeat(4_000)), 1);
      response.on("close", () => clearInterval(talk));
    },
    { taken: false, isFinal: false },
  ],
];

test.each(ANSWERS)("a chat %s", async (_, answer, expected) => {
  const { address, posts } = await chat(answer);
  const done = await chatBy({ chat: "slack", address })(LETTER);
  expect(done).toMatchObject(expected);
  expect(posts).toHaveLength(1);
  if (!done.taken) expect(done.problem.length).toBeLessThan(300);
});

test("a chat that does not answer is given up after ten seconds", { timeout: 20_000 }, async () => {
  const { address } = await chat(() => {});
  const began = Date.now();
  expect(await chatBy({ chat: "slack", address })(LETTER)).toMatchObject({
    taken: false,
    isFinal: false,
    problem: "The chat did not answer within ten seconds",
  });
  expect(Date.now() - began).toBeLessThan(12_000);
});

test("what is no address of the web is asked nothing", async () => {
  const done = await chatBy({ chat: "slack", address: "file:///etc/passwd" })(LETTER);
  expect(done).toMatchObject({ taken: false, isFinal: true });
});
