import { expect, test, vi } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { Refusal } from "@/lib/errors";
import { answerFile } from "./files";
import { log } from "./log";

const AUDITOR: Actor = { id: "user:U-1", userId: "U-1", name: "Ann", role: "auditor", ownerName: null };
const GONE = new Refusal({ code: "unavailable", field: "", value: null, rule: "the database is away" });
const broken = new TypeError("a font is missing");
const nothing = { body: new Uint8Array(), type: "text/plain", disposition: "inline" };

test.each([
  ["the file", async () => AUDITOR, async () => nothing, 200, 0],
  ["a session that cannot be read", () => Promise.reject(GONE), async () => nothing, 503, 1],
  ["a refusal, wrapped", async () => AUDITOR, () => Promise.reject(new Error("", { cause: GONE })), 503, 1],
  ["what nobody foresaw", async () => AUDITOR, () => Promise.reject(broken), 500, 1],
  ["nobody signed in", async () => null, async () => nothing, 401, 0],
])(
  "%s is answered with its status, and logged by the request's id",
  async (_, actorOf, make, status, logged) => {
    const lines = vi.spyOn(log, "error").mockReturnValue(undefined);
    const response = await answerFile({ policyId: "M-1" }, actorOf, make);
    expect(response.status).toBe(status);
    const request = response.headers.get("x-request-id");
    expect(lines.mock.calls.map(([line]) => line)).toEqual(
      Array.from({ length: logged }, () => expect.objectContaining({ request, policyId: "M-1", status })),
    );
    expect(response.headers.has("retry-after")).toBe(status === 503);
    lines.mockRestore();
  },
);
