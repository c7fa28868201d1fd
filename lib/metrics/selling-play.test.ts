import { expect, test } from "vitest";
import { addDays } from "../calendar";
import { decidesFrom, ENDS_AFTER, PLAY_WEEKS, weekEnds, weekOn } from "./selling-play";

const START = "2026-03-02";

test("a day lies in the week at whose end it is not past; before it begins in the first, after four in none of them", () => {
  const days = [-3, 0, 1, 7, 8, 14, 15, 21, 22, 28, 29, 90];
  expect(days.map((day) => weekOn(START, addDays(START, day)))).toEqual([1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

test("each week ends on a day that is its own, the next one on another; the last is when the play is over", () => {
  for (const week of PLAY_WEEKS) {
    expect(weekOn(START, weekEnds(START, week))).toBe(week);
    expect(weekOn(START, addDays(weekEnds(START, week), 1))).toBe(week + 1);
  }
  expect(weekEnds(START, 4)).toBe(addDays(START, ENDS_AFTER));
});

test("it is to be decided from the first day of its fourth week on", () => {
  expect(weekOn(START, decidesFrom(START))).toBe(4);
  expect(weekOn(START, addDays(decidesFrom(START), -1))).toBe(3);
});
