import { afterEach, describe, expect, test } from "vitest";
import { isRefusal } from "@/lib/errors";
import { JOBS, type ReadAsk } from "./reading-jobs";
import { asker, type Line, serve } from "./reading-protocol";

const lines: MessagePort[] = [];
afterEach(() => {
  for (const line of lines.splice(0)) line.close();
});

/** A worker's line and the page's, through the cloning that a real one's messages go through. */
function between(work = JOBS) {
  const { port1, port2 } = new MessageChannel();
  lines.push(port1, port2);
  const page = asker(port1 as unknown as Line);
  serve(port2 as unknown as Line, work);
  port1.start();
  port2.start();
  return page;
}

const HEADER = "deal_id,stage,entered_on";
const file = (rows: readonly string[]) => new Blob([`${[HEADER, ...rows].join("\n")}\n`]);
const asked = (blob: Blob, more: Partial<ReadAsk> = {}): ReadAsk => ({
  ...{ file: blob, kind: "stage_history", mapping: null, zone: "UTC", replaces: false, anew: [], ...more },
});
async function all<T>(answers: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const answer of answers) found.push(answer);
  return found;
}

test("a file comes over the line batch by batch as it is read on the page itself", async () => {
  const rows = Array.from({ length: 5_200 }, (_, at) => `D-${at},${at % 9},2026-01-0${1 + (at % 9)}`);
  const here = await all(JOBS.batches(asked(file(rows), { anew: [3, 4_000] })));
  const there = await all(between().ask("batches", asked(file(rows), { anew: [3, 4_000] })));
  expect(here.length).toBeGreaterThan(2);
  expect(there).toEqual(here);
  expect(there.flatMap((batch) => batch.rows).map(({ line }) => line)).not.toContain(3);
});

test("what a survey and the lines of a file hold comes with its maps", async () => {
  const blob = file(["D-1,2,2026-01-01", "D-2,9,2026-01-02", "D-3,1"]);
  const { ask } = between();
  const [survey] = await all(ask("survey", { file: blob }));
  expect(survey).toMatchObject({ rows: 3, header: HEADER.split(",") });
  expect([...(survey?.columns[1]?.values ?? [])]).toEqual([
    ["2", 1],
    ["9", 1],
    ["1", 1],
  ]);
  const cells = { file: blob, delimiter: ",", columns: 3, lines: new Set([3, 4]) } as const;
  expect([...((await all(ask("cells", cells)))[0] ?? [])]).toEqual([
    [3, ["D-2", "9", "2026-01-02"]],
    [4, ["D-3", "1", ""]],
  ]);
});

test("a file that is refused whole is refused here in the same words", async () => {
  const refusal = async (answers: AsyncIterable<unknown>) => {
    try {
      return await all(answers);
    } catch (error) {
      return isRefusal(error) ? error.toJSON() : error;
    }
  };
  const blob = new Blob(["id,id\n1,2\n"]);
  const said = await refusal(JOBS.batches(asked(blob)));
  expect(said).toMatchObject({ code: "invalid" });
  expect(await refusal(between().ask("batches", asked(blob)))).toEqual(said);
});

describe("a job goes no further than it is asked", () => {
  /** Counts as it is asked, and says when it was ended. */
  function counting() {
    const at = { step: 0, ended: false };
    const work = {
      ...JOBS,
      async *batches() {
        try {
          for (;;) yield { at: ++at.step } as never;
        } finally {
          at.ended = true;
        }
      },
    };
    return { at, work };
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

  test("each answer is worked out when the last one is used up, and who stops ends it", async () => {
    const { at, work } = counting();
    const answers = between(work).ask("batches", asked(file([])));
    await answers.next();
    await settled();
    expect(at).toEqual({ step: 1, ended: false });
    await answers.next();
    await answers.return(undefined);
    await settled();
    expect(at).toEqual({ step: 2, ended: true });
  });

  test("two go on beside each other, and a line that is lost ends both with a sentence", async () => {
    const { work } = counting();
    const { ask, lose } = between(work);
    const [one, other] = [ask("batches", asked(file([]))), ask("batches", asked(file([])))];
    expect((await Promise.all([one.next(), other.next()])).map(({ value }) => value)).toEqual([
      { at: 1 },
      { at: 2 },
    ]);
    lose("it broke off");
    for (const job of [one, other])
      await expect(job.next()).rejects.toMatchObject({ code: "unavailable", rule: "it broke off" });
  });
});
