import { describe, expect, test } from "vitest";
import { inMeetingOrder } from "@/lib/metrics/meeting-order";
import type { ReviewAnswer } from "./answers";
import { agendaOf, asksForMore, stepBeside, stepsOf } from "./steps";

const row = (id: string, kind: string, amount: number, state = "open") => ({
  id,
  kind,
  amount,
  state,
  dealId: id,
});
const stepsWith = (rows: readonly object[]) =>
  stepsOf({ exceptions: { rows } } as unknown as Pick<ReviewAnswer, "exceptions">);

describe("the meeting's order", () => {
  test("like by like, the kind with the most at stake first; deciding moves nothing", () => {
    const rows = [
      row("E-1", "late_record", 5),
      row("E-2", "unsettled", 9),
      row("E-3", "late_record", 7),
      row("E-4", "unsettled", 1),
    ];
    const order = ["E-2", "E-4", "E-3", "E-1"];
    expect(inMeetingOrder(rows as never).map(({ id }: { id: string }) => id)).toEqual(order);
    const decided = rows.map((one) => ({ ...one, state: "decided" }));
    expect(inMeetingOrder(decided as never).map(({ id }: { id: string }) => id)).toEqual(order);
  });

  test("on and back pass by what is settled or put off: 353 of them are no 353 steps", () => {
    const many = Array.from({ length: 353 }, (_, at) => row(`E-${at}`, "late_record", 400 - at, "decided"));
    const steps = stepsWith(many);
    const at = steps.findIndex(({ id }) => id === "exceptions");
    expect(stepBeside(steps, at, 1)?.id).toBe("minutes");
    const open = stepsWith([
      ...many.slice(0, 9),
      row("E-open", "late_record", 1),
      row("E-off", "other", 1, "deferred"),
    ]);
    expect(stepBeside(open, at, 1)?.id).toBe("E-open");
    expect(
      stepBeside(
        open,
        open.findIndex(({ id }) => id === "minutes"),
        -1,
      )?.id,
    ).toBe("E-open");
    expect(stepBeside(open, 0, -1)).toBeUndefined();
  });

  test("many of a kind are one line of the agenda, with the case where one is", () => {
    const steps = stepsWith([
      ...Array.from({ length: 7 }, (_, at) => row(`E-${at}`, "late_record", 10 - at)),
      row("E-x", "other", 1),
    ]);
    const words = agendaOf(steps, "E-3").map((line) => ("steps" in line ? line.steps.length : line.id));
    expect(words).toEqual([
      ...["pipeline", "revenue", "economics", "indicators", "ask", "exceptions"],
      7,
      "E-3",
      "E-x",
      ...["minutes", "freeze"],
    ]);
  });
});

describe("cases that are not here yet", () => {
  const rows = Array.from({ length: 30 }, (_, at) => row(`E-${at}`, "late_record", 100 - at));
  const steps = stepsWith(rows);
  const placeOf = (id: string) => steps.findIndex((one) => one.id === id);

  test.each([
    ["at the meeting's beginning", "pipeline", 99, false],
    ["at a case with many ahead", "E-5", 99, false],
    ["at a case with few ahead", "E-21", 99, true],
    ["at the last one here", "E-29", 99, true],
    ["where all that is to decide is here", "E-29", 30, false],
    ["behind the cases", "minutes", 99, false],
    ["at a case that is not here", "E-77", 30, true],
  ] as const)("%s", (_, id, open, expected) => {
    expect(asksForMore(steps, placeOf(id), open)).toBe(expected);
  });

  test("are asked for from the agenda's first section on where none of those here is to decide", () => {
    const decided = stepsWith(rows.map((one) => ({ ...one, state: "decided" })));
    expect(asksForMore(decided, 0, 1)).toBe(true);
  });
});
