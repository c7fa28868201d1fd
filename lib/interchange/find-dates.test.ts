import { describe, expect, test } from "vitest";
import { DateFinder, formatsOf } from "./find-dates";

const found = (...texts: string[]) => {
  const finder = new DateFinder({ zone: "America/New_York", timesIn: null });
  for (const [at, text] of texts.entries()) finder.observe(text, at + 2);
  return finder.settle();
};

describe("finding the format of a column", () => {
  test.each([
    [["2017-03-04", ""], "YYYY-MM-DD", "2017-03-04"],
    [["2017-3-4"], "YYYY-M-D", "2017-03-04"],
    [["25/12/2017", "13/01/2018"], "D/M/YYYY", "2017-12-25"],
    [["12/25/2017"], "M/D/YYYY", "2017-12-25"],
    [["4/4/2017", "12/25/2017"], "M/D/YYYY", "2017-04-04"],
    [["25/12/2017", "4/4/2017"], "D/M/YYYY", "2017-12-25"],
    // One cell that has a single reading settles what another alone would leave open.
    [["03/04/2017", "25/12/2017"], "D/M/YYYY", "2017-04-03"],
    [["25/12/2017", "03/04/2017"], "D/M/YYYY", "2017-12-25"],
    [["4/4/2017"], "D/M/YYYY", "2017-04-04"],
    [["soon", "2017-03-04", "n/a"], "YYYY-MM-DD", "2017-03-04"],
    [["28.09.2025"], "D.M.YYYY", "2025-09-28"],
    [["2024-01-15 10:20"], "YYYY-MM-DD HH:mm", "2024-01-15"],
    [["2024-01-15T10:20:30.000+0000"], "YYYY-MM-DDTHH:mm:ssZ", "2024-01-15"],
    [["2024-04-01T03:30:00Z"], "YYYY-MM-DDTHH:mm:ssZ", "2024-03-31"],
    [["2024-01-15T10:20-08:00"], "YYYY-MM-DDTHH:mmZ", "2024-01-15"],
    [["2024-01-15 08:00:00+00"], "YYYY-MM-DD HH:mm:ssZ", "2024-01-15"],
    [["2024-01-15 08:00:00 UTC"], "YYYY-MM-DD HH:mm:ss z", "2024-01-15"],
    [["15.01.2024 9:05", "5.1.2024 19:05"], "D.M.YYYY H:mm", "2024-01-15"],
    [["15-Jan-2024"], "D-MMM-YYYY", "2024-01-15"],
    [["15-Jan-24"], "D-MMM-YY", "2024-01-15"],
    [["Jan 15, 2024"], "MMM D, YYYY", "2024-01-15"],
    [["1/15/2024, 10:20 AM"], "M/D/YYYY, h:mm A", "2024-01-15"],
    [["25/12/17"], "D/M/YY", "2017-12-25"],
    [["20240115"], "YYYYMMDD", "2024-01-15"],
  ])("%j is %s", (texts, format, day) => expect(found(...texts)).toMatchObject({ at: "found", format, day }));

  test("nothing known is no format, and its first cell is named", () => {
    expect(found("", "soon", "later")).toEqual({ at: "none", text: "soon", line: 3 });
    expect(found("", "")).toEqual({ at: "empty" });
  });

  test.each([
    [["03/04/2017"], ["D/M/YYYY 2017-04-03", "M/D/YYYY 2017-03-04"]],
    [
      ["4/4/2017", "03/04/2017"],
      ["D/M/YYYY 2017-04-03", "M/D/YYYY 2017-03-04"],
    ],
    [["20-10-16"], ["D-M-YY 2016-10-20", "YY-M-D 2020-10-16"]],
    [["03-04-05"], ["D-M-YY 2005-04-03", "M-D-YY 2005-03-04", "YY-M-D 2003-04-05"]],
  ])("%j is asked", (texts, readings) => {
    const asked = found(...texts);
    expect(asked).toMatchObject({ at: "ambiguous", text: texts.at(-1), line: texts.length + 1 });
    expect(asked.at === "ambiguous" && asked.readings.map(({ format, day }) => `${format} ${day}`)).toEqual(
      readings,
    );
  });

  test.each([
    [["25/12/2017", "12/25/2017"], "D/M/YYYY", "M/D/YYYY"],
    [["2017-12-25", "25/12/2017"], "YYYY-MM-DD", "D/M/YYYY"],
    [["2017-12-25", "2017-12-25T10:00:00Z"], "YYYY-MM-DD", "YYYY-MM-DDTHH:mm:ssZ"],
  ])("%j is written in two ways", (texts, before, format) => {
    expect(found(...texts)).toEqual({
      at: "mixed",
      text: texts[1],
      line: 3,
      before: { text: texts[0], format: before },
      format,
    });
  });

  test.each(["2017-13-45x", "123/4/2017", "Version 2.0", "10:20", "", "1054.00"])(
    "%j has no format",
    (text) => {
      expect(formatsOf(text)).toEqual([]);
    },
  );
});
