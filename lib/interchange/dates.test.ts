import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { companyMoment, readInstant } from "@/lib/company-day";
import { isDateFormat, readDay, readMoment } from "./dates";

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
    ["20-10-16", "DD-MM-YY", "2016-10-20"],
    ["20-10-68", "DD-MM-YY", "2068-10-20"],
    ["20-10-69", "DD-MM-YY", "1969-10-20"],
    ["2024-01-15 10:20", "YYYY-MM-DD HH:mm", "2024-01-15"],
    ["2024-01-15T10:20:30.000+0000", "YYYY-MM-DDTHH:mm:ssZ", "2024-01-15"],
    ["15-Jan-2024", "DD-MMM-YYYY", "2024-01-15"],
    ["15. September 2024", "D. MMMM YYYY", "2024-09-15"],
    ["15 Sept 2024", "D MMM YYYY", "2024-09-15"],
    ["Jan 15, 2024", "MMM D, YYYY", "2024-01-15"],
    ["Jam 15, 2024", "MMM D, YYYY", null],
    ["1/15/2024, 10:20 AM", "M/D/YYYY, h:mm A", "2024-01-15"],
    ["1/15/2024, 10:20\u202fAM", "M/D/YYYY, h:mm A", "2024-01-15"],
    ["15/10/2017 10:55:00 PM", "D/M/YYYY h:mm:ss A", "2017-10-15"],
    ["15/10/2017 13:55:00 PM", "D/M/YYYY h:mm:ss A", null],
    ["2024-01-15T24:61:99Z", "YYYY-MM-DDTHH:mm:ssZ", null],
    ["2024-01-15T24:61:99", "YYYY-MM-DDTHH:mm:ss", null],
    ["15.01.2024 9:05 Uhr", "DD.MM.YYYY H:mm [Uhr]", "2024-01-15"],
    ["20240115", "YYYYMMDD", "2024-01-15"],
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
    ["2024-04-01 3:30 AM UTC", "YYYY-MM-DD h:mm A z", "America/New_York", "2024-03-31"],
    ["2024-03-31 21:30 PDT", "YYYY-MM-DD HH:mm z", "UTC", "2024-04-01"],
    ["2024-03-31 21:30 America/Los_Angeles", "YYYY-MM-DD HH:mm z", "UTC", "2024-04-01"],
    ["2024-03-31 21:30 XQT", "YYYY-MM-DD HH:mm z", "UTC", null],
  ])("%s in %s is the company's day in %s: %s", (text, format, zone, day) =>
    expect(readDay(text, format, zone)).toBe(day),
  );

  test("a time without a zone is of the zone that the mapping says it is of", () => {
    const said = (timesIn: string | null) =>
      readMoment("2024-04-01 03:30", "YYYY-MM-DD HH:mm", { zone: "America/New_York", timesIn });
    expect(said(null)).toEqual({ day: "2024-04-01", time: "03:30:00" });
    expect(said("UTC")).toEqual({ day: "2024-03-31", time: "23:30:00" });
  });

  test.each([
    ["DD/MM/YYYY", true],
    ["YYYY-MM-DD HH:mm:ss", true],
    ["D-MMM-YY", true],
    ["MMMM D, YYYY h:mm A z", true],
    ["DD.MM.YYYY H:mm [Uhr]", true],
    ["DD/MM", false],
    ["MM/DD/YYYY/DD", false],
    ["YYYY-MM-DD mm", false],
    ["YYYY-MM-DD h:mm", false],
    ["YYYY-MM-DD HH:mm A", false],
    ["[YYYY]-MM-DD", false],
  ])("%s is a format: %s", (format, is) => expect(isDateFormat(format)).toBe(is));
});

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** A moment as a system would write it in `format`; the opposite of reading, and written another way. */
function written(format: string, at: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const month = MONTHS[at.getUTCMonth()] as string;
  const half = at.getUTCHours() % 12 || 12;
  const parts: Record<string, string> = {
    YYYY: String(at.getUTCFullYear()),
    YY: two(at.getUTCFullYear() % 100),
    MMMM: month,
    MMM: month.slice(0, 3),
    MM: two(at.getUTCMonth() + 1),
    M: String(at.getUTCMonth() + 1),
    DD: two(at.getUTCDate()),
    D: String(at.getUTCDate()),
    HH: two(at.getUTCHours()),
    H: String(at.getUTCHours()),
    hh: two(half),
    h: String(half),
    mm: two(at.getUTCMinutes()),
    ss: two(at.getUTCSeconds()),
    A: at.getUTCHours() < 12 ? "AM" : "PM",
    Z: "Z",
    z: "UTC",
  };
  return format.replace(/YYYY|YY|MMMM|MMM|MM?|DD?|HH?|hh?|mm|ss|A|Z|z/g, (token) => parts[token] as string);
}

const date = fc
  .tuple(fc.constantFrom("YYYY", "YY"), fc.constantFrom("MM", "M", "MMM", "MMMM"), fc.constantFrom("DD", "D"))
  .chain((tokens) =>
    fc.tuple(fc.shuffledSubarray(tokens, { minLength: 3 }), fc.constantFrom("-", "/", ".", " ", ", ")),
  )
  .map(([tokens, sign]) => tokens.join(sign));
const time = fc.constantFrom(
  "",
  " HH:mm",
  "THH:mm:ss",
  " H:mm:ss",
  ", h:mm A",
  " hh:mm:ss A",
  " HH:mm:ssZ",
  " h:mm A z",
);
const moment = fc
  .date({ min: new Date("1969-01-01T00:00:00Z"), max: new Date("2068-12-31T00:00:00Z"), noInvalidDate: true })
  .map((at) => new Date(Math.floor(at.getTime() / 1000) * 1000));

test("every day and time written in a sayable format comes back exactly", () => {
  fc.assert(
    fc.property(
      date,
      time,
      moment,
      fc.constantFrom("UTC", "America/New_York", "Pacific/Auckland"),
      (days, times, at, zone) => {
        const format = days + times;
        expect(isDateFormat(format)).toBe(true);
        const text = written(format, at);
        const read = readMoment(text, format, { zone, timesIn: null });
        const isInstant = /[Zz]$/.test(times);
        const iso = at.toISOString().slice(0, 19);
        const shown = isInstant
          ? companyMoment(
              readInstant(`${iso.slice(0, 16)}${/ss/.test(times) ? iso.slice(16) : ":00"}Z`)!,
              zone,
            )
          : iso;
        expect(read?.day, `${text} in ${format}`).toBe(shown.slice(0, 10));
        if (times === "") expect(read?.time).toBeNull();
        else expect(read?.time?.slice(0, 5)).toBe(shown.slice(11, 16));
      },
    ),
  );
});
