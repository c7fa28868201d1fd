// Long: every way of telling, handing on and calling off that reading knows, a line a case.
import { describe, expect, test } from "vitest";
import { ACTIVITY_MENU } from "@/lib/attribution/menu";
import type { Known, Proposal } from "./known";
import { Reader } from "./propose";
import { readFile } from "./read-file";

const deal = (id: string, accountId: string, more: Partial<Known["deals"][number]> = {}) => ({
  ...{ id, accountId, name: null, createdOn: "2026-01-05", closedOn: null, outcome: "open" as const },
  ...{ partnerIds: [], ...more },
});

const KNOWN: Known = {
  ...{ zone: "Europe/Berlin", today: "2026-03-31" },
  own: [
    { name: "Dana Whitlock", email: "dana@tarnwick.example" },
    { name: "Maren Okafor", email: "maren@tarnwick.example" },
  ],
  partners: [
    {
      id: "P-1",
      name: "Northgate Integration",
      contacts: [{ name: "Sunniva Håle", email: "sunniva@northgate.example" }],
    },
    { id: "P-2", name: "Tidewell Consulting", contacts: [{ name: "Oskar Renn", email: null }] },
    { id: "P-3", name: "Orrin Group", contacts: [] },
    { id: "P-4", name: "Orrin Retail Practice", contacts: [] },
  ],
  accounts: [
    { id: "AC-1", name: "Larkfield Foods", domains: ["larkfield.example"] },
    { id: "AC-2", name: "Quillmere GmbH", domains: [] },
    { id: "AC-3", name: "Alderbrook Foods", domains: [] },
    { id: "AC-4", name: "Alderbrook Freight", domains: [] },
    { id: "AC-5", name: "Müller Café", domains: [] },
  ],
  deals: [
    deal("D-1", "AC-1"),
    deal("D-2", "AC-2", { name: "Renewal 2027" }),
    deal("D-3", "AC-2", { partnerIds: ["P-1"] }),
    deal("D-4", "AC-3"),
    deal("D-5", "AC-4"),
    deal("D-6", "AC-5"),
  ],
  menu: [
    ...ACTIVITY_MENU,
    { type: "store_walk", label: "Store walk", definition: "A walk.", stages: [2], involvement: "direct" },
  ],
};
const reader = new Reader(KNOWN);

async function read(name: string, text: string | Uint8Array): Promise<Proposal[]> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return reader.propose(await readFile({ name, bytes }, KNOWN));
}

/** A mail of Wednesday, 11 March 2026, from Dana to Maren unless said otherwise. */
const mail = (body: string, more: Record<string, string> = {}) => {
  const headings = Object.entries({
    ...{ From: "Dana Whitlock <dana@tarnwick.example>", To: "Maren Okafor <maren@tarnwick.example>" },
    ...{ Subject: "This week", Date: "Wed, 11 Mar 2026 09:00:00 +0100", ...more },
  })
    .map(([name, value]) => `${name}: ${value}`)
    .join("\r\n");
  return `${headings}\r\n\r\n${body.replace(/\n/g, "\r\n")}\r\n`;
};

const short = ({ dealId, partnerId, type, occurredOn }: Proposal) =>
  [dealId, partnerId, type, occurredOn].join(" ");
const inMail = async (body: string, more?: Record<string, string>) =>
  (await read("m.eml", mail(body, more))).map(short);

describe("an act that is told", () => {
  test.each([
    ["Northgate ran the discovery with Larkfield last Tuesday.", "D-1 P-1 joint_discovery 2026-03-10"],
    ["Northgate ran the discovery with Larkfield on Friday.", "D-1 P-1 joint_discovery 2026-03-06"],
    ["Northgate ran the discovery with Larkfield on Friday last week.", "D-1 P-1 joint_discovery 2026-03-06"],
    ["Northgate ran the discovery with Larkfield on 3 March.", "D-1 P-1 joint_discovery 2026-03-03"],
    ["Northgate ran the discovery with Larkfield on 12/15/2025.", "D-1 P-1 joint_discovery 2025-12-15"],
    ["Northgate ran the discovery with Larkfield on 09.03.2026.", "D-1 P-1 joint_discovery 2026-03-09"],
    ["Northgate ran the discovery with Larkfield on 04/03/2026.", "D-1 P-1 joint_discovery 2026-03-04"],
    ["Northgate ran the discovery with Larkfield a week ago.", "D-1 P-1 joint_discovery 2026-03-04"],
    ["Northgate ran the discovery with Larkfield last week.", "D-1 P-1 joint_discovery "],
    ["Northgate ran the discovery with Larkfield.", "D-1 P-1 joint_discovery 2026-03-11"],
    ["SUNNIVA HÅLE introduced us to the CFO of Larkfield.", "D-1 P-1 executive_intro 2026-03-11"],
    ["Sunniva Hale introduced me to Larkfield's CFO yesterday.", "D-1 P-1 executive_intro 2026-03-10"],
    ["Orrin trained the planners at Larkfield.", "D-1 P-3 training 2026-03-11"],
    ["Orrin Retail trained the planners at Larkfield.", "D-1 P-4 training 2026-03-11"],
    ["Northgate demoed the planner at Müller Café.", "D-6 P-1 joint_demo 2026-03-11"],
    ["Northgate demoed the planner at MULLER CAFE.", "D-6 P-1 joint_demo 2026-03-11"],
    ["Northgate held the store walk with Larkfield.", "D-1 P-1 store_walk 2026-03-11"],
    [
      "Larkfield is moving. Northgate told us yesterday. They also ran the discovery.",
      "D-1 P-1 joint_discovery 2026-03-11",
    ],
    [
      "We met Northgate on Larkfield. They introduced us to the COO on Monday.",
      "D-1 P-1 executive_intro 2026-03-09",
    ],
    ["Great joint demo with Northgate at Larkfield yesterday!", "D-1 P-1 joint_demo 2026-03-10"],
    ["Thanks to Northgate for introducing us to Larkfield's COO.", "D-1 P-1 executive_intro 2026-03-11"],
    ["Northgate managed to introduce us to Larkfield's COO.", "D-1 P-1 executive_intro 2026-03-11"],
    ["Northgate helped Larkfield resolve two open tickets.", "D-1 P-1 customer_success_support 2026-03-11"],
    [
      "Northgate told me yesterday that Larkfield's budget is gone.",
      "D-1 P-1 account_intelligence 2026-03-10",
    ],
    ["Northgate filled in Larkfield's vendor questionnaire.", "D-1 P-1 security_review_support 2026-03-11"],
    ["The business case for Larkfield was built by Northgate on Monday.", "D-1 P-1 business_case 2026-03-09"],
  ])("%s", async (says, expected) => expect(await inMail(says)).toEqual([expected]));

  test("the quote is the sentence as it stands, and who did it is named", async () => {
    const body =
      "Hi Maren,\n\nall good here. Yesterday Sunniva Håle introduced\nus to Larkfield's CFO. More soon.\n";
    expect(await read("m.eml", mail(body))).toMatchObject([
      { quote: "Yesterday Sunniva Håle introduced\nus to Larkfield's CFO.", contact: "Sunniva Håle" },
    ]);
  });

  test('the partner\'s own "we" is the partner, the customer is known by the addresses', async () => {
    const more = {
      From: '"Hale, Sunniva" <sunniva@northgate.example>',
      To: "buyer@larkfield.example, dana@tarnwick.example",
    };
    expect(await inMail("We ran the discovery workshop on Monday.", more)).toEqual([
      "D-1 P-1 joint_discovery 2026-03-09",
    ]);
  });

  test("told twice, it is proposed once, by the words with the day", async () => {
    const body = "Northgate's demo at Larkfield went well. Northgate demoed it at Larkfield on Monday.";
    expect(await inMail(body)).toEqual(["D-1 P-1 joint_demo 2026-03-09"]);
  });
});

describe("in doubt, nothing, or what is open left open", () => {
  test.each([
    ["Alderbrook may be two customers", "Northgate ran the discovery with Alderbrook on Monday.", []],
    [
      "unless the rest tells which",
      "About Alderbrook Freight. Northgate ran the discovery with Alderbrook on Monday.",
      ["D-5 P-1 joint_discovery 2026-03-09"],
    ],
    ["two partners", "Northgate and Tidewell ran the discovery with Larkfield.", []],
    ["no customer", "Northgate ran the discovery on Monday.", []],
    [
      "of two deals the one that the partner is on",
      "Northgate ran the discovery with Quillmere.",
      ["D-3 P-1 joint_discovery 2026-03-11"],
    ],
    [
      "or the one that is named",
      "Northgate ran the discovery with Quillmere for the Renewal 2027.",
      ["D-2 P-1 joint_discovery 2026-03-11"],
    ],
    [
      "else it is left open",
      "Tidewell ran the discovery with Quillmere.",
      [" P-2 joint_discovery 2026-03-11"],
    ],
  ])("%s", async (_why, says, expected) => expect(await inMail(says)).toEqual(expected));
});

describe("what is no act that happened", () => {
  test.each([
    "Northgate will run the discovery with Larkfield on Friday.",
    "Northgate is going to demo the planner at Larkfield.",
    "Northgate ran no demo at Larkfield.",
    "Northgate didn't introduce us to Larkfield's CFO.",
    "Has Northgate introduced us to Larkfield's CFO?",
    "If Northgate had introduced us to Larkfield's CFO, we would know.",
    "The demo that Northgate had planned at Larkfield was cancelled.",
    "Could you ask Northgate to introduce us to Larkfield's CFO?",
    "We introduced Northgate to Larkfield's CFO.",
    "Larkfield introduced us to Northgate.",
    "Maren demoed the planner at Larkfield; Northgate got the deck.",
    "Northgate's newsletter names Larkfield.",
    'Draft: "Northgate introduced us to the CFO of Larkfield".',
    "Northgate will have built the connector for Larkfield by June.",
    "Northgate was supposed to train the planners at Larkfield.",
    "We gave Northgate a demo, for Larkfield.",
    "Let us know what Northgate says about Larkfield.",
    "Joint demo with Northgate at Larkfield on 14 April.",
    "Northgate trained its own people. Larkfield is quiet.",
  ])("%s", async (says) => expect(await inMail(says)).toEqual([]));

  test("of an internal mail without a partner", async () =>
    expect(await inMail("We ran the discovery with Larkfield on Monday.")).toEqual([]));

  const ACT = "Northgate ran the discovery with Larkfield on Monday.";
  test.each([
    ["an absence note", { Subject: "Automatic reply: hello" }],
    ["what a machine answers", { "Auto-Submitted": "auto-replied" }],
    ["a mailing", { "List-Unsubscribe": "<mailto:out@x.example>" }],
    ["bulk", { Precedence: "bulk" }],
    ["a cancelled invitation's words", { Subject: "Canceled: discovery" }],
  ])("of %s", async (_what, more) =>
    expect(await inMail(ACT, more as unknown as Record<string, string>)).toEqual([]),
  );
});

describe("history, signatures and mails handed on", () => {
  const ACT = "Northgate ran the discovery with Larkfield on Monday.";
  test.each([
    [
      "Gmail",
      `Noted.\n\nOn Tue, Mar 10, 2026 at 4:15 PM Maren Okafor <maren@tarnwick.example>\nwrote:\n\n> ${ACT}\n`,
    ],
    [
      "Outlook",
      `Noted.\n\n-----Original Message-----\nFrom: Maren Okafor\nSent: Tuesday, March 10, 2026 4:15 PM\nTo: Dana\nSubject: x\n\n${ACT}\n`,
    ],
    [
      "Outlook without its line",
      `Noted.\n\nFrom: Maren Okafor <maren@tarnwick.example>\nSent: Tuesday, March 10, 2026 4:15 PM\nTo: Dana\nSubject: x\n\n${ACT}\n`,
    ],
    [
      "in German",
      `Danke.\n\nAm Di., 10. März 2026 um 16:15 Uhr schrieb Maren Okafor <maren@tarnwick.example>:\n\n${ACT}\n`,
    ],
    ["a signature", `Noted.\n\n-- \nDana\n${ACT}\n`],
    ["below a closing", `Noted.\n\nKind regards,\nDana\n${ACT}\n`],
  ])("quoted by %s it is not of this mail", async (_by, body) => expect(await inMail(body)).toEqual([]));

  test("an answer between quoted lines is the sender's own", async () => {
    const body = `On Tue, Mar 10, 2026 Maren wrote:\n> How did it go?\n${ACT}\n> And the rest?\nSoon.\n`;
    expect(await inMail(body)).toEqual(["D-1 P-1 joint_discovery 2026-03-09"]);
  });

  const SAID = "Northgate ran the discovery with Larkfield yesterday.";
  test.each([
    [
      "Gmail",
      "Fwd: x",
      `FYI\n\n---------- Forwarded message ---------\nFrom: Oskar Renn <o@tidewell.example>\nDate: Thu, Mar 5, 2026 at 4:15 PM\nSubject: x\nTo: <dana@tarnwick.example>\n\n${SAID}\n`,
    ],
    [
      "Outlook",
      "FW: x",
      `FYI\n\nFrom: Oskar Renn <o@tidewell.example>\nSent: Thursday, March 5, 2026 4:15 PM\nTo: Dana\nSubject: x\n\n${SAID}\n`,
    ],
    [
      "Apple",
      "Fwd: x",
      `Begin forwarded message:\n\n> From: Oskar Renn <o@tidewell.example>\n> Subject: x\n> Date: 5 March 2026 at 16:15:00 CET\n> To: Dana\n> \n> ${SAID}\n`,
    ],
  ])("handed on by %s it is of its own day", async (_by, Subject, body) =>
    expect(await inMail(body, { Subject, Date: "Fri, 20 Mar 2026 09:00:00 +0100" })).toEqual([
      "D-1 P-1 joint_discovery 2026-03-04",
    ]),
  );

  test("attached as a mail, too", async () => {
    const inner = mail(SAID, { Date: "Thu, 5 Mar 2026 09:00:00 +0100" });
    const body = `--b\n\nFYI\n\n--b\nContent-Type: message/rfc822\n\n${inner.replace(/\r/g, "")}\n--b--\n`;
    const more = { "Content-Type": 'multipart/mixed; boundary="b"', "MIME-Version": "1.0" };
    expect(await inMail(body, more)).toEqual(["D-1 P-1 joint_discovery 2026-03-04"]);
  });

  test("a mail from before midnight in Greenwich is of the company's day", async () =>
    expect(
      await inMail("Northgate ran the discovery with Larkfield today.", {
        Date: "Tue, 10 Mar 2026 23:30:00 +0000",
      }),
    ).toEqual(["D-1 P-1 joint_discovery 2026-03-11"]));
});

const calendar = (event: string, method = "REQUEST") =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:${method}\r\nBEGIN:VEVENT\r\nUID:1\r\n${event.replace(/\n/g, "\r\n")}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
const EVENT =
  "SUMMARY:Joint discovery Larkfield\nATTENDEE;CN=Sunniva Hale;PARTSTAT=ACCEPTED:mailto:sunniva@northgate.example";

describe("an invitation", () => {
  test.each([
    ["of a day that has been", `DTSTART:20260309T230000Z\n${EVENT}`, ["2026-03-10"]],
    ["all day", `DTSTART;VALUE=DATE:20260309\n${EVENT}`, ["2026-03-09"]],
    ["in a zone by name", `DTSTART;TZID=America/New_York:20260309T200000\n${EVENT}`, ["2026-03-10"]],
    ["to come", `DTSTART:20260409T090000Z\n${EVENT}`, []],
    ["that was cancelled", `DTSTART:20260309T090000Z\nSTATUS:CANCELLED\n${EVENT}`, []],
    ["that the partner declined", `DTSTART:20260309T090000Z\n${EVENT.replace("ACCEPTED", "DECLINED")}`, []],
    [
      "each day of a series that has been",
      `DTSTART:20260309T090000Z\nRRULE:FREQ=WEEKLY\nEXDATE:20260316T090000Z\n${EVENT}`,
      ["2026-03-09", "2026-03-23", "2026-03-30"],
    ],
  ])("%s", async (_what, event, days) =>
    expect((await read("i.ics", calendar(event))).map(short)).toEqual(
      days.map((day) => `D-1 P-1 joint_discovery ${day}`),
    ),
  );

  test("called off by its method proposes nothing, and neither does an answer to one", async () => {
    for (const method of ["CANCEL", "REPLY"])
      expect(await read("i.ics", calendar(`DTSTART:20260309T090000Z\n${EVENT}`, method))).toEqual([]);
  });
});

describe("a conversation", () => {
  test("with its speakers in WebVTT is of the day that its file's name tells", async () => {
    const text = `WEBVTT\n\n00:00:01.000 --> 00:00:04.000 align:start position:0%\n<v Sunniva Håle>We introduced you to Larkfield's CFO</v>\n\n00:00:04.000 --> 00:00:06.000\n<v Sunniva Håle>on Monday.</v>\n`;
    expect((await read("Call-20260311_090000-Meeting Recording.vtt", text)).map(short)).toEqual([
      "D-1 P-1 executive_intro 2026-03-09",
    ]);
  });

  test("as text, with its title, day and speakers", async () => {
    const text =
      "Call title: Larkfield demo\nDate: March 10, 2026\nParticipants: Sunniva Håle, Dana Whitlock\n\n0:01 | Dana Whitlock\nWelcome to the joint demo.\n\n0:09 | Sunniva Håle\nHappy to be here.\n";
    expect((await read("call.txt", text)).map(short)).toEqual(["D-1 P-1 joint_demo 2026-03-10"]);
  });
});

describe("a note", () => {
  test("is of the day that it tells, a heading names its customer", async () => {
    const text = "# Larkfield\n\n2026-03-10\n\n- Northgate ran the joint discovery\n- Next: pricing\n";
    expect((await read("n.txt", text)).map(short)).toEqual(["D-1 P-1 joint_discovery 2026-03-10"]);
  });

  test("without a day leaves it open", async () =>
    expect((await read("n.txt", "Northgate ran the discovery with Larkfield.")).map(short)).toEqual([
      "D-1 P-1 joint_discovery ",
    ]));
});

test.each([
  ["a.pdf", "x", "is none of the files that are read: eml, ics, vtt, txt, md, json"],
  ["a.eml", "", "is empty"],
  ["a.eml", "no headings here", "is no mail: it has no headings (RFC 5322)"],
  ["a.ics", "BEGIN:NOTHING", "is no calendar that can be read (RFC 5545)"],
  ["a.vtt", "Hello", "is no WebVTT: its first line says so"],
  ["a.txt", "a\0b", "is no text: it holds a NUL"],
  ["a.txt", "x".repeat(2_000_001), "is larger than 2 MB"],
])("%s that cannot be read is refused by its rule", async (name, text, rule) => {
  await expect(read(name, text)).rejects.toMatchObject({ field: "file", rule });
});
