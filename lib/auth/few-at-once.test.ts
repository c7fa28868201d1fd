import { expect, test } from "vitest";
import { FewAtOnce } from "./few-at-once";

/** Work that ends when it is told to. */
function held() {
  let end = () => {};
  const work = () => new Promise<void>((resolve) => (end = resolve));
  return { work, end: () => end() };
}

test("some run, some wait in order, and whoever comes then is sent away", async () => {
  const queue = new FewAtOnce(1, 1);
  const began: string[] = [];
  const [first, second] = [held(), held()];
  const one = queue.run(() => first.work());
  const two = queue.run(() => {
    began.push("two");
    return second.work();
  });
  await expect(queue.run(async () => began.push("three"))).rejects.toMatchObject({ code: "unavailable" });
  expect(began).toEqual([]);
  first.end();
  await one;
  expect(began).toEqual(["two"]);
  second.end();
  await two;
  await queue.run(async () => began.push("four"));
  expect(began).toEqual(["two", "four"]);
});

test("work that fails gives its place back", async () => {
  const queue = new FewAtOnce(1, 0);
  await expect(queue.run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await queue.run(async () => "in")).toBe("in");
});
