import { expect, it } from "vitest";
import { answerApi } from "./server";

it.each([
  [32 * 2 ** 20, 401, "unauthenticated"],
  [32 * 2 ** 20 + 1, 413, "invalid"],
  [2 ** 40, 413, "invalid"],
])("of a body of %d bytes says %d, before anybody is asked who they are", async (bytes, status, code) => {
  const answer = await answerApi(
    new Request("http://countersign.test/api/v1/import-batch", {
      method: "POST",
      headers: { "content-length": String(bytes), "sec-fetch-site": "same-origin" },
    }),
    async () => null,
  );
  expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({ status, code });
});
