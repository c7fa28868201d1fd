import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import type { Letter } from "./delivery";
import { mailBy, mailSettings } from "./mail";

/** A real SMTP server on loopback that keeps what it was handed. */
interface Server {
  url: string;
  mails: { from: string; to: string[]; source: string }[];
}

const open: SMTPServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise<void>((done) => server.close(() => done()))));
});

async function serve(options: SMTPServerOptions = {}): Promise<Server> {
  const mails: Server["mails"] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part) => parts.push(part));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(parts).toString("utf8"),
        });
        done();
      });
    },
    ...options,
  });
  server.on("error", () => {});
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  open.push(server);
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails };
}

const LETTER: Letter = {
  id: "N-7",
  to: { name: 'Ana "the one" <boss@evil.test>\r\nBcc: all@evil.test', email: "ana@company.example" },
  subject: "2026-Q1 is ready to be frozen",
  text: "Hope prepared it.\n.\nA line with a dot alone before this one.",
  html: "<p>Hope prepared it.</p>",
  link: null,
};

const says = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

describe("mail", () => {
  test("arrives whole: whom it is from and to, subject, both texts, an id of its own", async () => {
    const { url, mails } = await serve();
    const send = mailBy({ url, from: "Countersign <sign@company.example>" });
    expect(await send(LETTER)).toEqual({ taken: true });
    const [mail] = mails;
    expect(mail).toMatchObject({ from: "sign@company.example", to: ["ana@company.example"] });
    expect(mail!.source).toContain("Message-ID: <N-7@company.example>");
    expect(mail!.source).toContain("Subject: 2026-Q1 is ready to be frozen");
    expect(mail!.source).toContain("Auto-Submitted: auto-generated");
    expect(mail!.source).toContain("A line with a dot alone before this one.");
    expect(mail!.source).toContain("<p>Hope prepared it.</p>");
  });

  test("goes to nobody whom a hostile name adds", async () => {
    const { url, mails } = await serve();
    await mailBy({ url, from: "sign@company.example" })(LETTER);
    expect(mails[0]!.to).toEqual(["ana@company.example"]);
    expect(mails[0]!.source).not.toMatch(/^Bcc:/im);
  });

  test.each([
    [451, "4.3.0 try later", false],
    [550, "5.1.1 no such mailbox", true],
  ])("that the server answers with %i is told in its words, and is over: %s", async (code, text, isFinal) => {
    const { url } = await serve({ onRcptTo: (_address, _session, done) => done(says(code, text)) });
    const done = await mailBy({ url, from: "sign@company.example" })(LETTER);
    expect(done).toMatchObject({ taken: false, isFinal });
    expect((done as { problem: string }).problem).toContain(text);
  });

  test("whose server does not know us is tried again, and says where to look", async () => {
    const { url } = await serve({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(says(535, "who are you")),
    } as SMTPServerOptions);
    const known = url.replace("smtp://", "smtp://u:p@");
    expect(await mailBy({ url: known, from: "sign@company.example" })(LETTER)).toEqual({
      ...{ taken: false, isFinal: false },
      problem: "The mail server refused our sign-in: look at SMTP_URL",
    });
  });

  test("to a server that is not there, or hangs up, is tried again", async () => {
    const away = await mailBy({ url: "smtp://127.0.0.1:1", from: "sign@company.example" })(LETTER);
    expect(away).toMatchObject({ taken: false, isFinal: false });
    const { url } = await serve({
      onData(stream, session) {
        stream.resume();
        (session as unknown as { id: string }).id;
        for (const connection of [
          ...(open.at(-1) as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections,
        ])
          connection._socket.destroy();
      },
    });
    expect(await mailBy({ url, from: "sign@company.example" })(LETTER)).toMatchObject({
      taken: false,
      isFinal: false,
    });
  });
});

test.each([
  [{}, null],
  [{ SMTP_URL: "smtp://x" }, null],
  [{ MAIL_FROM: "a@b.c" }, null],
  [
    { SMTP_URL: "smtp://x", MAIL_FROM: "a@b.c" },
    { url: "smtp://x", from: "a@b.c" },
  ],
])("mail is configured by both of its variables or not at all: %o", (env, expected) => {
  expect(mailSettings(env)).toEqual(expected);
});
