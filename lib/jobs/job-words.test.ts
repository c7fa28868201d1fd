import { expect, test } from "vitest";
import { QUEUE_NAMES } from "@/db/queues";
import { failureWords, JOB_WORDS } from "@/lib/text/job-words";

test("every job has words, and no words are of none", () => {
  expect(Object.keys(JOB_WORDS).sort()).toEqual([...QUEUE_NAMES].sort());
});

test.each([
  [null, "It failed without a word"],
  ["the disk is full", "the disk is full"],
  [
    "job failed by timeout in active state",
    "It did not come to its end: the server that was at it stopped, or it took longer than it may",
  ],
])("%s reads %s", (said, words) => expect(failureWords(said)).toBe(words));
