"use client";

import "./globals.css";
import { useEffect } from "react";
import { buttonLook } from "@/components/ui/button-look";

/**
 * What is left to show when the frame of every page itself could not be made: no word of what failed inside. Every
 * page brings this along, so it stands on next to nothing.
 */
export default function WholeError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <html lang="en">
      <body>
        <title>Something failed · Countersign</title>
        <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-2 px-6 text-center">
          <h1 className="font-semibold text-base">This could not be shown</h1>
          <p role="alert" className="text-balance text-ink-2">
            Something failed here, and what is saved is as it was. Try again; if it stays, whoever runs
            Countersign finds it in its log.
          </p>
          <button type="button" className={`${buttonLook()} mt-2`} onClick={retry}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
