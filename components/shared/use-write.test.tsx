// @vitest-environment happy-dom
// First: the client takes the browser's fetch, which this stands in for, when it is loaded.
import "./page.fixture";
import { useQuery } from "@tanstack/react-query";
import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { Toasts } from "@/components/ui/toasts";
import { api, type Outputs } from "@/lib/api/client";
import type { ErrorCode } from "@/lib/errors";
import { refusal, showOnPage } from "./page.fixture";
import { isMadeStaleBy, STALE } from "./stale";
import { useWrite } from "./use-write";

type Deal = Outputs["deal"];

const DEAL = { deal: { id: "D-1", account: "Acme", stage: 2 } } as Deal;
const INPUT = { dealId: "D-1" };
const DONE = { request: "R-1", answer: INPUT };
const refused = (code: ErrorCode, status: number) => () =>
  refusal(status, { code, field: "stage", value: 3, rule: "must be open" });

/** A page with one button, which moves the deal, and the stage as the page knows it. */
function Page() {
  const deal = useQuery({ ...api.deal.queryOptions({ input: INPUT }), staleTime: Number.POSITIVE_INFINITY });
  const move = useWrite("moveStage", {
    said: () => null,
    quiet: true,
    shows: ({ stage }, show) =>
      show("deal", (now) => ({ ...now, deal: { ...now.deal, stage: stage as Deal["deal"]["stage"] } })),
  });
  return (
    <>
      <p>Stage {deal.data?.deal.stage ?? "unknown"}</p>
      <button type="button" onClick={() => move.mutate({ ...INPUT, stage: 3 })}>
        Move
      </button>
      <button type="button" onClick={() => move.mutate({ ...INPUT, stage: 4 })}>
        Further
      </button>
      {move.error && <p role="alert">Not moved</p>}
      {move.isSuccess && <p>Moved</p>}
    </>
  );
}

async function show(moving: (body: unknown) => unknown) {
  let stands: unknown = DEAL;
  const server = {
    deal: () => stands,
    "move-stage": (body: unknown) => moving(body),
  };
  const page = showOnPage(<Page />, {}, server);
  await screen.findByText("Stage 2");
  return {
    ...page,
    press: (name = "Move") => userEvent.click(screen.getByRole("button", { name })),
    stands: (stage: Deal["deal"]["stage"]) => {
      stands = { ...DEAL, deal: { ...DEAL.deal, stage } };
    },
    /** The deal is not read any more: what is shown now is what the page kept. */
    stopsReading: () => {
      stands = new Promise(() => {});
    },
    moves: () => page.keys.filter((_, at) => page.asked[at]?.path.endsWith("/move-stage")),
  };
}

/** A page whose one write is undone by the write that does the opposite. */
function Entering() {
  const enter = useWrite("enterAccount", {
    said: () => "Entered",
    undo: (sent) => ({ verb: "leaveAccount", input: sent }),
  });
  return (
    <>
      <button type="button" onClick={() => enter.mutate({ partnerId: "P-1", accountId: "AC-1" })}>
        Enter
      </button>
      <Toasts />
    </>
  );
}

test("a toast takes back a write by its opposite, and says so", async () => {
  const both = { partnerId: "P-1", accountId: "AC-1" };
  const done = () => ({ request: "R-1", answer: both });
  const { asked } = showOnPage(<Entering />, {}, { "enter-account": done, "leave-account": done });
  await userEvent.click(screen.getByRole("button", { name: "Enter" }));
  await userEvent.click(await screen.findByRole("button", { name: /Undo/ }));
  await screen.findByText("Taken back");
  expect(asked).toEqual([
    { path: expect.stringMatching(/enter-account$/), body: both },
    { path: expect.stringMatching(/leave-account$/), body: both },
  ]);
});

describe("a write", () => {
  test("shows at once, before the server has said so", async () => {
    let answer = (_: unknown) => {};
    const { press, stands } = await show(() => new Promise((done) => (answer = done)));
    await press();
    await screen.findByText("Stage 3");
    expect(screen.queryByText("Moved")).toBeNull();
    stands(3);
    answer(DONE);
    await screen.findByText("Moved");
    expect(screen.getByText("Stage 3")).toBeTruthy();
  });

  test("falls back to what stood, and says so, when it is refused", async () => {
    const { press, stopsReading } = await show(refused("invalid", 400));
    stopsReading();
    await press();
    await screen.findByRole("alert");
    await screen.findByText("Stage 2");
  });

  test("carries one key until its end is known: the same press again is the same write", async () => {
    let lost = true;
    const { press, moves } = await show(() => {
      if (lost) throw new TypeError("the connection broke");
      return DONE;
    });
    await press();
    await screen.findByRole("alert");
    lost = false;
    await press();
    await screen.findByText("Moved");
    const [first, again] = moves();
    expect(first).toMatch(/^[\x21-\x7e]{8,200}$/);
    expect(again).toBe(first);
    // It is done: another press is another write.
    await press();
    await waitFor(() => expect(moves()).toHaveLength(3));
    expect(moves()[2]).not.toBe(first);
  });

  test.each([
    ["invalid", 400],
    ["conflict", 409],
    ["forbidden", 403],
  ] as const)("refused as %s it is over: the next press has a key of its own", async (code, status) => {
    const { press, moves } = await show(refused(code, status));
    await press();
    await screen.findByRole("alert");
    await press();
    await waitFor(() => expect(moves()).toHaveLength(2));
    expect(moves()[1]).not.toBe(moves()[0]);
  });

  test("of other words has a key of its own, whatever became of the first", async () => {
    const { press, moves } = await show(refused("unavailable", 503));
    await press();
    await screen.findByRole("alert");
    await press("Further");
    await waitFor(() => expect(moves()).toHaveLength(2));
    expect(moves()[1]).not.toBe(moves()[0]);
  });
});

describe("what a write makes stale", () => {
  test("is asked for again, and nothing else", async () => {
    const { queries, press } = await show(() => DONE);
    const kept = {
      dealsList: api.dealsList.queryKey({ input: {} }),
      numbers: api.numbers.queryKey({ input: { quarter: "2026-Q1" } }),
      auditHead: api.auditHead.queryKey({ input: {} }),
      mappingsList: api.mappingsList.queryKey({ input: {} }),
      me: api.me.queryKey({ input: {} }),
    };
    for (const key of Object.values(kept)) queries.setQueryData(key, {} as never);
    await press();
    await screen.findByText("Moved");
    const stale = (key: readonly unknown[]) => queries.getQueryState(key)?.isInvalidated;
    await waitFor(() => expect(stale(kept.dealsList)).toBe(true));
    expect([stale(kept.numbers), stale(kept.auditHead)]).toEqual([true, true]);
    expect([stale(kept.mappingsList), stale(kept.me)]).toEqual([false, false]);
  });

  test("is of a refused write what stands now", async () => {
    const { queries, press } = await show(refused("invalid", 400));
    const key = api.dealsList.queryKey({ input: {} });
    queries.setQueryData(key, {} as never);
    await press();
    await screen.findByRole("alert");
    await waitFor(() => expect(queries.getQueryState(key)?.isInvalidated).toBe(true));
  });

  test("is never everything by default: each write names it", () => {
    for (const [write, reads] of Object.entries(STALE)) {
      expect(new Set(reads).size, write).toBe(reads.length);
      const asks = isMadeStaleBy(write as keyof typeof STALE);
      expect(asks({ queryKey: [["auditLog"], {}] }), write).toBe(true);
      expect(asks({ queryKey: [["proofCheck"], {}] }), write).toBe(false);
    }
  });
});
