import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, test } from "vitest";
import { type Post, postSigned } from "./post";
import { isPrivate, PRIVATE_CODE, publicLookup } from "./private-address";

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const HERE = { toPrivate: true };

/** A receiver on loopback that keeps what came and answers as told. */
async function receiver(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const came: { headers: Record<string, string>; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      came.push({ headers: request.headers as Record<string, string>, body });
      answer(response, request);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  open.push(server);
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`, came };
}

const post = (address: string): Post => ({
  ...{ address, secret: SECRET, id: "msg_1" },
  body: '{"type":"quarter.frozen","data":{"by":"Zoë"}}',
});

test("what is posted verifies with the published library, and not when a letter of it is another", async () => {
  const { address, came } = await receiver((response) => response.end());
  expect(await postSigned(post(address), HERE)).toEqual({ taken: true });
  const [{ headers, body }] = came as [(typeof came)[0]];
  expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(post("").body));
  expect(() => new Webhook(SECRET).verify(body.replace("Zoë", "Zoe"), headers)).toThrow();
  const other = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
  expect(() => new Webhook(other).verify(body, headers)).toThrow();
});

const ANSWERS: [string, (response: ServerResponse, request: IncomingMessage) => void, object][] = [
  [
    "that throttles is asked again when it says",
    (response) => response.writeHead(429, { "retry-after": "90" }).end("slow\r\ndown"),
    { taken: false, isFinal: false, afterMs: 90_000, problem: "The other side answered 429: slow down" },
  ],
  [
    "that is gone is asked no more",
    (response) => response.writeHead(410).end(),
    { taken: false, isFinal: true },
  ],
  [
    "that sends us elsewhere is not followed",
    (response) => response.writeHead(307, { location: "http://127.0.0.1:1/" }).end(),
    { taken: false, isFinal: false, problem: "The other side answered 307" },
  ],
  [
    "that cuts the connection is asked again",
    (_response, request) => request.socket.destroy(),
    { taken: false, isFinal: false },
  ],
  [
    "that takes it and then talks without end has taken it",
    (response) => {
      response.writeHead(200);
      const talk = setInterval(() => response.write("x".repeat(4_000)), 1);
      response.on("close", () => clearInterval(talk));
    },
    { taken: true },
  ],
];

test.each(ANSWERS)("a receiver %s", async (_, answer, expected) => {
  const { address, came } = await receiver(answer);
  expect(await postSigned(post(address), HERE)).toMatchObject(expected);
  expect(came).toHaveLength(1);
});

describe("a private network", () => {
  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:a00:1",
    "64:ff9b::a00:1",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "2002:a00:1::",
  ])("holds %s", (address) => expect(isPrivate(address)).toBe(true));

  test.each(["1.1.1.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1111"])(
    "does not hold %s",
    (address) => expect(isPrivate(address)).toBe(false),
  );

  test.each([
    ["http://example.com/in", "The address must be encrypted, https://…"],
    ["https://127.0.0.1/in", "The address must not lie in a private network"],
    ["https://2130706433/in", "The address must not lie in a private network"],
    ["https://[::ffff:10.0.0.1]/in", "The address must not lie in a private network"],
    ["https://user:word@example.com/in", "The address must hold no name and no password"],
    // By its name, which is looked up as it is connected to.
    ["https://localhost/in", "The address leads into a private network"],
  ])("is not posted to: %s", async (address, problem) => {
    expect(await postSigned(post(address), { toPrivate: false })).toEqual({
      ...{ taken: false, isFinal: true, problem },
    });
  });

  test("is found behind a name, whether one address of it is asked for or all", async () => {
    for (const all of [true, false]) {
      const error = await new Promise((done) => publicLookup("localhost", { all }, (found) => done(found)));
      expect(error).toMatchObject({ code: PRIVATE_CODE });
    }
  });
});
