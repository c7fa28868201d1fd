import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactElement } from "react";
import { vi } from "vitest";
import "@/components/ui/dom.fixture";
import { api, type Outputs } from "@/lib/api/client";
import type { Problem } from "@/lib/errors";
import { type ShellActions, ShellActionsProvider } from "./shell-actions";

interface Asked {
  path: string;
  body: unknown;
}

/** What a server would answer to a call: to its body, or to what stands in its address. */
type Answering = (body: unknown, query: URLSearchParams) => unknown;

/** An answer that is a refusal, with its status. */
export const refusal = (status: number, problem: Problem) => ({ refusedWith: status, problem });

// The client takes the browser's fetch when it is loaded, so this stands before it. Nobody answers but who is named.
const { log, keys, answers } = vi.hoisted(() => {
  const log: Asked[] = [];
  const keys: (string | null)[] = [];
  const answers = new Map<string, Answering>();
  globalThis.fetch = async (asked) => {
    const request = asked as Request;
    const text = await request.clone().text();
    const { pathname: path, searchParams } = new URL(request.url);
    const body = text === "" ? null : JSON.parse(text);
    log.push({ path, body });
    keys.push(request.headers.get("idempotency-key"));
    const answer = answers.get(path.split("/").at(-1)!);
    if (!answer) throw new TypeError("no component's test has a server");
    const said = (await answer(body, searchParams)) as Partial<ReturnType<typeof refusal>>;
    return said.problem ? Response.json(said.problem, { status: said.refusedWith }) : Response.json(said);
  };
  return { log, keys, answers };
});

const ME: Outputs["me"] = {
  user: { id: "U-1", name: "Maren Falk", role: "ae", ownerName: "Maren Falk" },
  may: { "role.add": "own", "role.confirm": "own", "activity.log": "any", "exception.raise": "any" },
  company: "Northbeam",
  demo: false,
  fiscalYear: { firstMonth: 1, namedBy: "end", endsOn: "month_end" },
  reportingCurrency: "USD",
  timeZone: "UTC",
  timeZoneSaidOn: "2026-01-05",
  registrationAnswerDays: 5,
  registrationProtectionDays: 90,
  gateFrom: null,
  kept: {
    ...{ whenceDays: 365, sessionDays: 90, repeatDays: 7 },
    ...{ noticeDays: 180, deliveryDays: 30, originalDays: 730 },
  },
  policy: { hash: "a".repeat(64), model: "two_bucket", signed: null, proposed: null, unsignedBefore: null },
  today: "2026-04-30",
  quarter: "2026-Q2",
};

/** A shell around a component alone: none of its dialogs is there, so nothing comes of one. */
const SHELL: ShellActions = {
  logActivity: () => {},
  make: async () => null,
  openPalette: () => {},
  showKeys: () => {},
  showWords: () => {},
};

/**
 * Shows something as a signed-in page does: who it is has come with the page. What is then asked of the
 * server stands in `asked`, in order, and the key that each call carried in `keys`; `answering` says, by
 * name, what is answered: to the others nobody answers. `shell` says what comes of what is asked of the shell,
 * `address` what stands behind the question mark at first.
 */
export function showOnPage(
  ui: ReactElement,
  me: Partial<Outputs["me"]> = {},
  answering: Readonly<Record<string, Answering>> = {},
  shell: Partial<ShellActions> = {},
  address = "",
) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(api.me.queryKey({ input: {} }), { ...ME, ...me });
  log.length = 0;
  keys.length = 0;
  answers.clear();
  for (const [name, answer] of Object.entries(answering)) answers.set(name, answer);
  const shown = render(ui, {
    wrapper: ({ children }) => (
      <NuqsTestingAdapter searchParams={address} hasMemory>
        <QueryClientProvider client={queries}>
          <ShellActionsProvider value={{ ...SHELL, ...shell }}>{children}</ShellActionsProvider>
        </QueryClientProvider>
      </NuqsTestingAdapter>
    ),
  });
  return { ...shown, queries, asked: log as readonly Asked[], keys: keys as readonly (string | null)[] };
}
