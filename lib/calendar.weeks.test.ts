import fc from "fast-check";
import { type LastDayOfWeek, RetailCalendarFactory, WeekCalculation, WeekGrouping } from "retail-calendar";
import { describe, expect, it, test } from "vitest";
import { addDays, dayNumber, daysBetween, parseQuarter, quarterOf, WEEKDAYS, YEAR_ENDS } from "./calendar";

/** A day by the platform's calendar: the library's days begin and end at local midnight. */
const written = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part, at) => String(part).padStart(at === 0 ? 4 : 2, "0"))
    .join("-");

const GROUPINGS = [WeekGrouping.Group445, WeekGrouping.Group454, WeekGrouping.Group544];
const YEARS = [1999, 2000, 2006, 2012, 2016, 2017, 2023, 2024, 2025, 2026, 2028, 2100];

/** The four quarters of a year as the library cuts it, its 53rd week in the last month. */
function libraryQuarters(
  startsIn: number,
  firstMonth: number,
  which: string,
  weekday: string,
  weekGrouping: WeekGrouping,
) {
  const { weeks } = new RetailCalendarFactory(
    {
      weekGrouping,
      weekCalculation:
        which === "nearest" ? WeekCalculation.LastDayNearestEOM : WeekCalculation.LastDayBeforeEOM,
      lastDayOfWeek: (WEEKDAYS.indexOf(weekday as never) + 1) as LastDayOfWeek,
      lastMonthOfYear: (firstMonth + 10) % 12,
      addLeapWeekToMonth: 11,
    },
    startsIn,
  );
  return [1, 2, 3, 4].map((at) => {
    const own = weeks.filter(({ quarterOfYear }) => quarterOfYear === at);
    return { at, from: written(own[0]!.gregorianStartDate), to: written(own.at(-1)!.gregorianEndDate) };
  });
}

describe.each(YEAR_ENDS.filter((end) => end !== "month_end"))(
  "a year of whole weeks that ends on the %s",
  (endsOn) => {
    const [which, weekday] = endsOn.split("_") as [string, string];

    test.each(Array.from({ length: 12 }, (_, at) => at + 1))(
      "and begins in month %i has the quarters of a retail calendar",
      (firstMonth) => {
        for (const [at, startsIn] of YEARS.entries()) {
          const grouping = GROUPINGS[(at + firstMonth) % 3] as WeekGrouping;
          for (const { at: nth, from, to } of libraryQuarters(
            startsIn,
            firstMonth,
            which,
            weekday,
            grouping,
          )) {
            const byStart = { label: `${startsIn}-Q${nth}`, from, to };
            expect(parseQuarter(byStart.label, { firstMonth, namedBy: "start", endsOn })).toEqual(byStart);
            const byEnd = { ...byStart, label: `${firstMonth === 1 ? startsIn : startsIn + 1}-Q${nth}` };
            expect(parseQuarter(byEnd.label, { firstMonth, namedBy: "end", endsOn })).toEqual(byEnd);
            for (const day of [from, addDays(from, 45), to])
              expect(quarterOf(day, { firstMonth, namedBy: "end", endsOn })).toEqual(byEnd);
          }
        }
      },
    );
  },
);

it("has whole weeks alone, ends on its weekday, and leaves out no day", () => {
  const day = fc.integer({ min: dayNumber("0003-01-01"), max: dayNumber("9996-12-31") });
  const year = fc.record({
    firstMonth: fc.integer({ min: 1, max: 12 }),
    namedBy: fc.constantFrom("end" as const, "start" as const),
    endsOn: fc.constantFrom(...YEAR_ENDS.filter((end) => end !== "month_end")),
  });
  fc.assert(
    fc.property(day, year, (number, fiscal) => {
      const quarter = quarterOf(addDays("0001-01-01", number), fiscal);
      expect(WEEKDAYS[dayNumber(quarter.to) % 7]).toBe(fiscal.endsOn.split("_")[1]);
      const weeks = (daysBetween(quarter.from, quarter.to) + 1) / 7;
      expect(quarter.label.endsWith("Q4") ? [13, 14] : [13]).toContain(weeks);
      expect(quarterOf(addDays(quarter.to, 1), fiscal).from).toBe(addDays(quarter.to, 1));
    }),
    { numRuns: 2_000 },
  );
});
