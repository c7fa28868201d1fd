import type { ReactNode } from "react";
import { Mark } from "@/components/ui/mark";

/** What stands outside the door: whose house it is, and what one may do here. */
export function Front({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-4xl flex-col justify-center gap-10 px-5 py-10">
      <header className="flex items-center gap-3">
        <Mark className="size-8" />
        <div>
          <p className="font-semibold text-lg">Countersign</p>
          <p className="text-ink-2">Partner attribution that finance has signed.</p>
        </div>
      </header>
      {children}
    </main>
  );
}
