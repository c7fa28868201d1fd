import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import { vi } from "vitest";
import "@/components/ui/dom.fixture";
import { api, type Outputs } from "@/lib/api/client";

interface Asked {
  path: string;
  body: unknown;
}

// The client takes the browser's fetch when it is loaded, so this stands before it. Nobody answers.
const log = vi.hoisted(() => {
  const asked: Asked[] = [];
  globalThis.fetch = async (request) => {
    const { url, text } = { url: (request as Request).url, text: await (request as Request).clone().text() };
    asked.push({ path: new URL(url).pathname, body: text === "" ? null : JSON.parse(text) });
    throw new TypeError("no component's test has a server");
  };
  return asked;
});

const ME: Outputs["me"] = {
  user: { id: "U-1", name: "Maren Falk", role: "ae", ownerName: "Maren Falk" },
  may: { "role.add": "own", "role.confirm": "own", "activity.log": "any" },
  company: "Northbeam",
  demo: false,
  fiscalYear: { firstMonth: 1, namedBy: "end" },
  reportingCurrency: "USD",
  timeZone: "UTC",
  timeZoneSaidOn: "2026-01-05",
  policy: { hash: "a".repeat(64), model: "two_bucket", signed: null, proposed: null, unsignedBefore: null },
  today: "2026-04-30",
  quarter: "2026-Q2",
};

/**
 * Shows something as a signed-in page does: who it is has come with the page. What is then asked of the
 * server stands in `asked`, in order.
 */
export function showOnPage(ui: ReactElement, me: Partial<Outputs["me"]> = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(api.me.queryKey({ input: {} }), { ...ME, ...me });
  log.length = 0;
  const shown = render(ui, {
    wrapper: ({ children }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>,
  });
  return { ...shown, asked: log as readonly Asked[] };
}
