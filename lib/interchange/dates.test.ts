import { describe, expect, test } from "vitest";
import { DateDetector, isDateFormat, readDay } from "./dates";

describe("a day in a format", () => {
  test.each([
    ["2017-03-04", "YYYY-MM-DD", "2017-03-04"],
    ["03/04/2017", "DD/MM/YYYY", "2017-04-03"],
    ["03/04/2017", "MM/DD/YYYY", "2017-03-04"],
    ["3/4/2017", "D/M/YYYY", "2017-04-03"],
    ["3/4/2017", "DD/MM/YYYY", null],
    ["31.12.2017", "D.M.YYYY", "2017-12-31"],
    ["31.11.2017", "D.M.YYYY", null],
    ["2017-03-04T23:59:59.123Z", "YYYY-MM-DDTHH:mm:ssZ", "2017-03-04"],
    ["03/04/17", "DD/MM/YYYY", null],
    ["2017-02-29", "YYYY-MM-DD", null],
    ["2017x03x04", "YYYY.MM.DD", null],
  ])("%s in %s is %s", (text, format, day) => expect(readDay(text, format, "UTC")).toBe(day));

  // 31 March in New York and on its CRM's report, although it is April in Greenwich.
  test.each([
    ["2024-04-01T03:30:00Z", "YYYY-MM-DDTHH:mm:ssZ", "America/New_York", "2024-03-31"],
    ["2024-04-01T03:30:00.000+0000", "YYYY-MM-DDTHH:mm:ssZ", "America/New_York", "2024-03-31"],
    ["2024-03-31 21:00:00+00", "YYYY-MM-DD HH:mm:ssZ", "Australia/Sydney", "2024-04-01"],
    ["31.03.2024 23:30 +02:00", "DD.MM.YYYY HH:mm Z", "Europe/London", "2024-03-31"],
    ["2024-03-31T23:30-07:00", "YYYY-MM-DDTHH:mmZ", "UTC", "2024-04-01"],
    ["2024-03-31T23:30:00", "YYYY-MM-DDTHH:mm:ss", "Australia/Sydney", "2024-03-31"],
    ["2024-03-31T25:30:00Z", "YYYY-MM-DDTHH:mm:ssZ", "UTC", null],
  ])("%s in %s is the company's day in %s: %s", (text, format, zone, day) =>
    expect(readDay(text, format, zone)).toBe(day),
  );

  test.each([
    ["DD/MM/YYYY", true],
    ["YYYY-MM-DD HH:mm:ss", true],
    ["DD/MM", false],
    ["MM/DD/YYYY/DD", false],
    ["YY-MM-DD", false],
  ])("%s is a format: %s", (format, is) => expect(isDateFormat(format)).toBe(is));
});

describe("finding the format of a file", () => {
  const found = (...texts: string[]) => {
    const detector = new DateDetector("UTC");
    for (const [at, text] of texts.entries()) detector.observe(text, "close_date", at + 2);
    return detector.settle();
  };

  test.each([
    [["2017-03-04", ""], "YYYY-MM-DD"],
    [["25/12/2017", "13/01/2018"], "D/M/YYYY"],
    [["12/25/2017"], "M/D/YYYY"],
    [["4/4/2017", "12/25/2017"], "M/D/YYYY"],
    [["25/12/2017", "4/4/2017"], "D/M/YYYY"],
    [["soon", "2017-03-04"], "YYYY-MM-DD"],
    [[], "YYYY-MM-DD"],
  ])("%j is %s", (texts, format) => expect(found(...texts)).toBe(format));

  test("two readings refuse the file and are both named", () => {
    expect(() => found("25/12/2017", "03/04/2017")).toThrow(
      /line 3 can be read as 2017-04-03 \(D\/M\/YYYY\) or 2017-03-04 \(M\/D\/YYYY\)/,
    );
  });

  test("two ways of writing in one file refuse it", () => {
    expect(() => found("25/12/2017", "12/25/2017")).toThrow(/another way/);
    expect(() => found("2017-12-25", "25/12/2017")).toThrow(/another way/);
    expect(() => found("4.4.2017", "25/12/2017")).toThrow(/not written as/);
  });
});
