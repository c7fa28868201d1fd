import { describe, expect, it, test } from "vitest";
import { companyDay, companyTime, dayOfInstant, parseZone, readInstant } from "./company-day";

const LA = "America/Los_Angeles";
const SYDNEY = "Australia/Sydney";

describe("the company's day", () => {
  // The days on which a clock changes: forward in spring, back in autumn, and the other way round in the south.
  test.each([
    ["2026-03-31T23:59:00Z", LA, "2026-03-31", "16:59"],
    ["2026-04-01T00:01:00Z", LA, "2026-03-31", "17:01"],
    ["2026-04-01T06:59:59Z", LA, "2026-03-31", "23:59"],
    ["2026-04-01T07:00:00Z", LA, "2026-04-01", "00:00"],
    ["2026-03-31T21:00:00Z", SYDNEY, "2026-04-01", "08:00"],
    ["2026-03-08T09:59:00Z", LA, "2026-03-08", "01:59"],
    ["2026-03-08T10:00:00Z", LA, "2026-03-08", "03:00"],
    ["2026-03-08T23:59:00Z", LA, "2026-03-08", "16:59"],
    ["2026-03-09T06:59:00Z", LA, "2026-03-08", "23:59"],
    ["2026-11-01T08:30:00Z", LA, "2026-11-01", "01:30"],
    ["2026-11-01T09:30:00Z", LA, "2026-11-01", "01:30"],
    ["2026-11-02T07:59:00Z", LA, "2026-11-01", "23:59"],
    ["2026-10-03T22:00:00Z", SYDNEY, "2026-10-04", "09:00"],
    ["2026-04-04T22:00:00Z", SYDNEY, "2026-04-05", "08:00"],
    ["2026-04-04T12:59:00Z", SYDNEY, "2026-04-04", "23:59"],
    ["2026-01-01T09:59:00Z", "Pacific/Kiritimati", "2026-01-01", "23:59"],
    ["2026-01-01T10:00:00Z", "Pacific/Kiritimati", "2026-01-02", "00:00"],
    ["2026-01-01T11:59:00Z", "Etc/GMT+12", "2025-12-31", "23:59"],
    ["0999-12-31T23:59:59Z", "UTC", "0999-12-31", "23:59"],
  ])("%s in %s is %s, %s", (text, zone, day, time) => {
    expect(dayOfInstant(text, zone)).toBe(day);
    expect(companyTime(readInstant(text)!, zone)).toBe(time);
  });

  it("is the same whatever zone the machine is in", () => {
    expect(companyDay(Date.UTC(2026, 3, 1, 0, 1), LA)).toBe("2026-03-31");
  });
});

describe("an instant as text", () => {
  test.each([
    ["2026-04-01T03:30:00Z", "2026-04-01T03:30:00.000Z"],
    ["2026-04-01T03:30:00.25Z", "2026-04-01T03:30:00.250Z"],
    ["2026-04-01 03:30:00+02", "2026-04-01T01:30:00.000Z"],
    ["2026-04-01T03:30+0530", "2026-03-31T22:00:00.000Z"],
    ["2026-04-01T23:30:00-07:00", "2026-04-02T06:30:00.000Z"],
    ["1969-07-20T20:17:40Z", "1969-07-20T20:17:40.000Z"],
  ])("%s is %s", (text, iso) => expect(readInstant(text)).toBe(Date.parse(iso)));

  test.each(["2026-04-01", "2026-04-01T03:30:00", "2026-02-30T03:30:00Z", "2026-04-01T24:00:00Z", "now"])(
    "%s says none",
    (text) => expect(readInstant(text)).toBeNull(),
  );
});

describe("a time zone", () => {
  it("is written as IANA lists it", () => {
    expect(parseZone("timeZone", "america/los_angeles")).toBe(LA);
    expect(parseZone("timeZone", "UTC")).toBe("UTC");
  });

  test.each(["", "Berlin", "+02:00", "Europe/Berlin ", "Europe/Berlin\0", "Mars/Olympus", 1, null])(
    "%j is none, and is refused by field, value and rule",
    (value) => {
      expect(() => parseZone("timeZone", value)).toThrow(
        expect.objectContaining({
          code: "invalid",
          field: "timeZone",
          value,
          rule: expect.stringContaining("IANA"),
        }),
      );
    },
  );
});
