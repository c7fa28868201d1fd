import { describe, expect, test } from "vitest";
import type { ReviewAnswer } from "./answers";
import { agendaOf, casesInOrder, stepBeside, stepsOf } from "./steps";

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
    expect(casesInOrder(rows as never).map(({ id }: { id: string }) => id)).toEqual(order);
    const decided = rows.map((one) => ({ ...one, state: "decided" }));
    expect(casesInOrder(decided as never).map(({ id }: { id: string }) => id)).toEqual(order);
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
