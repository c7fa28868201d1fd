"use client";

import "./globals.css";
import { useEffect } from "react";
import { ErrorState } from "@/components/ui/error-state";

/** What is left to show when the frame of every page itself could not be made: no word of what failed inside. */
export default function WholeError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <html lang="en">
      <body>
        <title>Something failed · Countersign</title>
        <main className="flex min-h-dvh items-center">
          <h1 className="sr-only">Something failed</h1>
          <ErrorState error={error} onRetry={retry} />
        </main>
      </body>
    </html>
  );
}
