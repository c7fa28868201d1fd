"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { Toasts } from "@/components/ui/toasts";
import { problemOf } from "@/lib/api/problem-of";

/** Worth asking again: nobody answered. A refusal stays a refusal. */
const mayRetry = (count: number, error: unknown) => count < 2 && problemOf(error).code === "unavailable";

/** What every page behind the sign-in stands on: answers kept, the address as state, toasts. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { staleTime: 15_000, retry: mayRetry, refetchOnWindowFocus: true },
          mutations: { retry: false },
        },
      }),
  );
  return (
    <QueryClientProvider client={queries}>
      <NuqsAdapter>
        {children}
        <Toasts />
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
