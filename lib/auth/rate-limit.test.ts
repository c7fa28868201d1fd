import { expect, test } from "vitest";
import { REQUESTS, takeTurn } from "./rate-limit";

test("a key makes so many requests in a minute, says how many are left, and has all again after it", () => {
  const from = Date.UTC(2026, 4, 20);
  const first = takeTurn("AK-1", from);
  expect(first).toEqual({
    problem: null,
    headers: {
      "ratelimit-policy": `"key";q=${REQUESTS};w=60`,
      ratelimit: `"key";r=${REQUESTS - 1};t=60`,
    },
  });
  for (let nth = 2; nth <= REQUESTS; nth++) expect(takeTurn("AK-1", from + 1_000).problem).toBeNull();
  const over = takeTurn("AK-1", from + 20_500);
  expect(over.problem).toMatchObject({ code: "too_many" });
  expect(over.headers).toMatchObject({ ratelimit: `"key";r=0;t=40`, "retry-after": "40" });
  expect(takeTurn("AK-2", from + 20_500).problem).toBeNull();
  expect(takeTurn("AK-1", from + 60_000).headers.ratelimit).toBe(`"key";r=${REQUESTS - 1};t=60`);
});
