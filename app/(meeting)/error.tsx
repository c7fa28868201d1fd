"use client";

import { useEffect } from "react";
import { ErrorState } from "@/components/ui/error-state";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <main>
      <h1 className="sr-only">Something failed</h1>
      <ErrorState error={error} onRetry={retry} />
    </main>
  );
}
