import { expect, test } from "vitest";
import { linkKind, linkWords } from "./link-kinds";

test.each([
  ["https://calendar.google.com/calendar/event?eid=abc", "calendar"],
  ["https://outlook.office.com/calendar/item/AAMk", "calendar"],
  ["https://outlook.office.com/mail/id/AAQk", "mail"],
  ["https://mail.google.com/mail/u/0/#inbox/FMfc", "mail"],
  ["https://acme.zoom.us/rec/share/xyz", "call"],
  ["https://us-1234.app.gong.io/call?id=1", "call"],
  ["https://teams.microsoft.com/l/meetup-join/19%3ameeting", "call"],
  ["https://teams.microsoft.com/l/message/19:abc", "chat"],
  ["https://acme.lightning.force.com/lightning/r/Opportunity/006/view", "crm"],
  ["https://app.hubspot.com/contacts/1/deal/2", "crm"],
  ["https://org123.crm4.dynamics.com/main.aspx", "crm"],
  ["https://docs.google.com/document/d/1/edit", "document"],
  ["https://acme.sharepoint.com/sites/x/y.pptx", "document"],
  ["https://acme.atlassian.net/wiki/spaces/X", "document"],
  ["https://files.example.org/notes/QBR.PDF", "document"],
  ["https://files.example.org/invite.ics", "calendar"],
  ["https://files.example.org/thread.eml", "mail"],
  ["https://acme.atlassian.net/browse/X-1", null],
  ["https://notes.example/1", null],
  ["https://notzoom.us/j/1", null],
  ["https://zoom.us.evil.example/j/1", null],
  ["note:QBR-2026-03", null],
  ["no link", null],
])("%s", (link, kind) => {
  expect(linkKind(link)).toBe(kind);
});

test.each([
  ["https://www.loom.com/share/1", "A recorded call or meeting, at loom.com."],
  ["https://notes.example/1", "A link to notes.example."],
  ["https://", "A link."],
])("%s in words", (link, words) => {
  expect(linkWords(link)).toBe(words);
});
