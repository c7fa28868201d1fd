import { describe, expect, test } from "vitest";
import { fileType, LARGEST_FILE } from "./proof-file";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);

describe("files that are kept as proof", () => {
  test.each<[string, Uint8Array, string]>([
    ["minutes.pdf", bytes("%PDF-1.7\n"), "application/pdf"],
    ["SCREEN.PNG", bytes("\x89PNG\r\n\x1a\nrest"), "image/png"],
    ["photo.jpeg", bytes("\xff\xd8\xff\xe0"), "image/jpeg"],
    ["shot.webp", bytes("RIFF\x10\x00\x00\x00WEBPVP8 "), "image/webp"],
    [
      "plan.docx",
      bytes("PK\x03\x04rest"),
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
    ["mail.eml", utf8("From: Ján\r\n\r\nEr sagte: über alles"), "text/plain"],
    ["invite.ics", utf8("BEGIN:VCALENDAR"), "text/plain"],
  ])("%s is kept", (name, given, type) => {
    expect(fileType(name, given)).toEqual({ type });
  });

  test.each<[string, Uint8Array, RegExp]>([
    ["page.html", utf8("<script>"), /none of the files that are kept: pdf, png/],
    ["drawing.svg", utf8("<svg/>"), /none of the files/],
    ["run.exe", bytes("MZ"), /none of the files/],
    ["constructor", utf8("a"), /none of the files/],
    ["no-ending", utf8("a"), /none of the files/],
    ["page.pdf", utf8("<html>"), /is no PDF, whatever its name says/],
    ["run.docx", bytes("MZ"), /is no DOCX/],
    ["half.webp", bytes("RIFF\x10\x00\x00\x00AVI "), /is no WEBP/],
    ["bytes.txt", bytes("a\x00b"), /is no TXT/],
    ["latin.txt", bytes("\xe4"), /is no TXT/],
    ["empty.txt", bytes(""), /is empty/],
    ["large.txt", new Uint8Array(LARGEST_FILE + 1).fill(97), /larger than 5 MB/],
  ])("%s is not", (name, given, why) => {
    expect(fileType(name, given)).toEqual({ problem: expect.stringMatching(why) });
  });

  test("of exactly the most", () => {
    expect(fileType("most.txt", new Uint8Array(LARGEST_FILE).fill(97))).toEqual({ type: "text/plain" });
  });
});
