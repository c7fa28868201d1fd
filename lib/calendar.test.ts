import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  addDays,
  CALENDAR_YEAR,
  dayFromNumber,
  dayNumber,
  daysBetween,
  daysOfKey,
  type FiscalYear,
  firstOfMonth,
  isDay,
  keyOfDays,
  lastQuarters,
  monthIndex,
  parseQuarter,
  previousQuarter,
  progressOf,
  quarterOf,
  shiftQuarter,
  YEAR_ENDS,
} from "./calendar";

const LAST = dayNumber("9999-12-31");
const anyDay = fc.integer({ min: 0, max: LAST }).map(dayFromNumber);
/** Far enough from both ends of the calendar that its neighbouring quarters exist. */
const innerDay = fc
  .integer({ min: dayNumber("0003-01-01"), max: dayNumber("9997-12-31") })
  .map(dayFromNumber);
const FEBRUARY: FiscalYear = { firstMonth: 2, namedBy: "end", endsOn: "month_end" };
const firstMonth = fc.integer({ min: 1, max: 12 });
const fiscalYear = fc.record({
  firstMonth,
  namedBy: fc.constantFrom("end" as const, "start" as const),
  endsOn: fc.constantFrom(...YEAR_ENDS),
});

describe("days", () => {
  test.each([
    ["2017-01-01", true],
    ["2016-02-29", true],
    ["2000-02-29", true],
    ["0001-01-01", true],
    ["9999-12-31", true],
    ["2017-02-29", false],
    ["1900-02-29", false],
    ["2017-04-31", false],
    ["2017-13-01", false],
    ["2017-00-10", false],
    ["2017-01-00", false],
    ["0000-01-01", false],
    ["2017-1-01", false],
    ["2017/01/01", false],
    ["20170101", false],
    ["2017-01-01T00:00", false],
    [" 2017-01-1", false],
    ["", false],
    [null, false],
    [20170101, false],
  ])("isDay(%j) is %s", (value, expected) => {
    expect(isDay(value)).toBe(expected);
  });

  it("agrees with the standard calendar on every day number", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LAST }), (number) => {
        const standard = new Date((number - dayNumber("1970-01-01")) * 86_400_000).toISOString();
        const day = dayFromNumber(number);
        return standard.slice(0, 10) === day && dayNumber(day) === number && isDay(day);
      }),
      { numRuns: 2000 },
    );
  });

  it("walks over every month end of four centuries without a gap", () => {
    let day = "1900-01-01";
    for (let number = dayNumber(day); number <= dayNumber("2300-12-31"); number++) {
      if (dayFromNumber(number) !== day) expect(dayFromNumber(number)).toBe(day);
      day = addDays(day, 1);
    }
    expect(day).toBe("2301-01-01");
  });

  it("adds what lies between", () => {
    fc.assert(fc.property(anyDay, anyDay, (a, b) => addDays(a, daysBetween(a, b)) === b));
    expect(daysBetween("2016-02-28", "2016-03-01")).toBe(2);
    expect(daysBetween("2017-03-01", "2017-02-28")).toBe(-1);
  });

  it("refuses to leave the calendar", () => {
    expect(() => addDays("9999-12-31", 1)).toThrow(/between 0001-01-01 and 9999-12-31/);
    expect(() => addDays("0001-01-01", -1)).toThrow(/between/);
    expect(() => addDays("2017-01-01", 0.5)).toThrow(/between/);
    expect(() => firstOfMonth(11)).toThrow(/0001-01/);
  });

  it("counts months without gaps", () => {
    expect(monthIndex("2018-01-01") - monthIndex("2017-12-31")).toBe(1);
    fc.assert(fc.property(anyDay, (day) => firstOfMonth(monthIndex(day)) === `${day.slice(0, 8)}01`));
  });
});

describe("fiscal quarters", () => {
  test.each([
    ["2017-08-15", 1, { label: "2017-Q3", from: "2017-07-01", to: "2017-09-30" }],
    ["2017-12-31", 1, { label: "2017-Q4", from: "2017-10-01", to: "2017-12-31" }],
    ["2017-02-01", 2, { label: "2018-Q1", from: "2017-02-01", to: "2017-04-30" }],
    ["2018-01-31", 2, { label: "2018-Q4", from: "2017-11-01", to: "2018-01-31" }],
    ["2016-02-29", 12, { label: "2016-Q1", from: "2015-12-01", to: "2016-02-29" }],
    ["2017-06-30", 7, { label: "2017-Q4", from: "2017-04-01", to: "2017-06-30" }],
  ])("%s with first month %i", (day, firstMonth, expected) => {
    const year = { firstMonth, namedBy: "end", endsOn: "month_end" } as const;
    expect(quarterOf(day, year)).toEqual(expected);
    expect(parseQuarter(expected.label, year)).toEqual(expected);
  });

  test.each([
    ["2017-08-15", 1, { label: "2017-Q3", from: "2017-07-01", to: "2017-09-30" }],
    ["2017-02-01", 2, { label: "2017-Q1", from: "2017-02-01", to: "2017-04-30" }],
    ["2018-01-31", 2, { label: "2017-Q4", from: "2017-11-01", to: "2018-01-31" }],
    ["2016-02-29", 12, { label: "2015-Q1", from: "2015-12-01", to: "2016-02-29" }],
    ["2017-06-30", 7, { label: "2016-Q4", from: "2017-04-01", to: "2017-06-30" }],
  ])("%s with first month %i, named by the start", (day, firstMonth, expected) => {
    const year = { firstMonth, namedBy: "start", endsOn: "month_end" } as const;
    expect(quarterOf(day, year)).toEqual(expected);
    expect(parseQuarter(expected.label, year)).toEqual(expected);
  });

  it("tile the calendar for every first month", () => {
    fc.assert(
      fc.property(innerDay, fiscalYear, (day, first) => {
        const quarter = quarterOf(day, first);
        expect(quarter.from <= day && day <= quarter.to).toBe(true);
        expect(quarterOf(quarter.from, first)).toEqual(quarter);
        expect(quarterOf(quarter.to, first)).toEqual(quarter);
        expect(previousQuarter(quarter, first).to).toBe(addDays(quarter.from, -1));
        expect(previousQuarter(quarter, first)).toEqual(quarterOf(addDays(quarter.from, -1), first));
        expect(parseQuarter(quarter.label, first)).toEqual(quarter);
      }),
    );
  });

  it("name a fiscal year by the calendar year it ends or starts in", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9996 }), firstMonth, (year, first) => {
        const named = String(year).padStart(4, "0");
        const byEnd = parseQuarter(`${named}-Q4`, { firstMonth: first, namedBy: "end", endsOn: "month_end" });
        expect(Number(byEnd.to.slice(0, 4))).toBe(year);
        const byStart = parseQuarter(`${named}-Q1`, {
          firstMonth: first,
          namedBy: "start",
          endsOn: "month_end",
        });
        expect(Number(byStart.from.slice(0, 4))).toBe(year);
      }),
    );
  });

  it("key days by their quarter, three months that are none by their first, and others as they are", () => {
    const january = CALENDAR_YEAR;
    expect(keyOfDays({ from: "2026-07-01", to: "2026-09-30" }, january)).toBe("2026-Q3");
    expect(keyOfDays({ from: "2026-07-01", to: "2026-09-30" }, FEBRUARY)).toBe("2026-07");
    expect(daysOfKey("2026-07", FEBRUARY)).toEqual({
      label: "2026-07",
      from: "2026-07-01",
      to: "2026-09-30",
    });
    expect(() => daysOfKey("2026-13", FEBRUARY)).toThrow(/YYYY-MM/);
    const weeks = { from: "2026-06-28", to: "2026-09-26" };
    const september: FiscalYear = { firstMonth: 10, namedBy: "end", endsOn: "last_saturday" };
    expect(keyOfDays(weeks, september)).toBe("2026-Q4");
    expect(keyOfDays(weeks, FEBRUARY)).toBe("2026-06-28..2026-09-26");
    expect(daysOfKey("2026-06-28..2026-09-26", FEBRUARY)).toMatchObject(weeks);
    expect(() => daysOfKey("2026-06-28..2026-09-31", FEBRUARY)).toThrow(/YYYY-MM-DD/);
    fc.assert(
      fc.property(innerDay, fiscalYear, fiscalYear, (day, was, is) => {
        const quarter = quarterOf(day, was);
        const { from, to } = daysOfKey(keyOfDays(quarter, is), is);
        expect({ from, to }).toEqual({ from: quarter.from, to: quarter.to });
      }),
    );
  });

  it("step back a year in four steps, and line up oldest first", () => {
    const last = quarterOf("2018-01-31", FEBRUARY);
    const four = lastQuarters(5, last, FEBRUARY);
    expect(four.map((quarter) => quarter.label)).toEqual([
      "2017-Q4",
      "2018-Q1",
      "2018-Q2",
      "2018-Q3",
      "2018-Q4",
    ]);
    expect(four[0]).toEqual(shiftQuarter(last, -4, FEBRUARY));
    expect(lastQuarters(0, last, FEBRUARY)).toEqual([]);
  });

  test.each(["2017-Q5", "2017-Q0", "2017Q1", "17-Q1", "2017-q1", "2017-Q1 ", ""])("refuse %j", (label) => {
    expect(() => parseQuarter(label)).toThrow(/YYYY-Q1/);
  });

  test.each([0, 13, 1.5, Number.NaN])("refuse first month %d", (firstMonth) => {
    expect(() => quarterOf("2017-01-01", { firstMonth, namedBy: "end", endsOn: "month_end" })).toThrow(
      /1 to 12/,
    );
  });
});

test.each([
  ["2025-12-31", "not_begun"],
  ["2026-01-01", "under_way"],
  ["2026-03-31", "under_way"],
  ["2026-04-01", "over"],
])("on %s the first quarter of 2026 is %s", (today, progress) => {
  expect(progressOf(parseQuarter("2026-Q1"), today)).toBe(progress);
});

/** A day by the platform's own calendar, which shares no line with ours. */
const written = (date: Date) => date.toISOString().slice(0, 10);
const YEARS = [1999, 2000, 2015, 2016, 2023, 2024, 2025, 2026, 2099, 2100];

/** The four quarters of the fiscal year that begins in a calendar year, walked month by month with `Date`. */
function walked(startsIn: number, firstMonth: number) {
  const year = Date.UTC(startsIn, firstMonth - 1, 1);
  const endsIn = new Date(Date.UTC(startsIn, firstMonth - 1 + 12, 0)).getUTCFullYear();
  const quarters = [0, 3, 6, 9].map((months, at) => ({
    at: at + 1,
    from: written(new Date(Date.UTC(startsIn, firstMonth - 1 + months, 1))),
    to: written(new Date(Date.UTC(startsIn, firstMonth - 1 + months + 3, 0))),
  }));
  return { first: new Date(year), endsIn, quarters };
}

describe.each(Array.from({ length: 12 }, (_, at) => at + 1))(
  "a fiscal year from month %i on",
  (firstMonth) => {
    test.each(["end", "start"] as const)(
      "named by its %s has the quarters that the platform's calendar walks",
      (namedBy) => {
        for (const startsIn of YEARS) {
          const { endsIn, quarters } = walked(startsIn, firstMonth);
          const name = namedBy === "end" ? endsIn : startsIn;
          for (const { at, from, to } of quarters) {
            const quarter = { label: `${name}-Q${at}`, from, to };
            expect(parseQuarter(quarter.label, { firstMonth, namedBy, endsOn: "month_end" })).toEqual(
              quarter,
            );
            for (const day of [from, to])
              expect(quarterOf(day, { firstMonth, namedBy, endsOn: "month_end" })).toEqual(quarter);
          }
        }
      },
    );

    test("has every day in the quarter that holds it, leap days and turns of the year too", () => {
      for (const startsIn of [2023, 2024]) {
        const { first, quarters } = walked(startsIn, firstMonth);
        for (let at = first.getTime(); written(new Date(at)) <= quarters[3]!.to; at += 86_400_000) {
          const day = written(new Date(at));
          const { from, to } = quarters.find((one) => one.from <= day && day <= one.to)!;
          expect(quarterOf(day, { firstMonth, namedBy: "start", endsOn: "month_end" }), day).toMatchObject({
            from,
            to,
          });
        }
      }
    });
  },
);
