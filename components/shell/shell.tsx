"use client";

import { useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import {
  type LogActivityStart,
  type Making,
  type ShellActions,
  ShellActionsProvider,
  useShell,
} from "@/components/shared/shell-actions";
import { useUndoKey } from "@/components/shared/undo-key";
import { type Me, mayEver, useMe } from "@/components/shared/use-me";
import { useKeys, useSequences } from "@/components/ui/keys";
import { onDemand } from "@/components/ui/on-demand";
import { api } from "@/lib/api/client";
import type { Term } from "@/lib/attribution/glossary";
import { useDayTurn } from "./day-turn";
import { AcceptProposalDialog, LogActivityDialog, MakingDialog } from "./dialogs";
import { PLACES } from "./nav";
import { Sidebar } from "./sidebar";

const CommandPalette = onDemand(() => import("./command-palette").then((m) => m.CommandPalette));
const KeysDialog = onDemand(() => import("@/components/shared/keys-dialog").then((m) => m.KeysDialog));

const GlossaryDialog = onDemand(() =>
  import("@/components/shared/glossary-dialog").then((m) => m.GlossaryDialog),
);

const PREFIXES = ["g"];

/** Around every page: places, keys, and the dialogs that open from anywhere. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const queries = useQueryClient();
  // The server knew who is here; the first render must too.
  useState(() => queries.setQueryData(api.me.queryKey({ input: {} }), me));

  useDayTurn();
  const [palette, setPalette] = useState<string | null>(null);
  const [making, setMaking] = useState<readonly Making[]>([]);
  const [keys, setKeys] = useState(false);
  const [words, setWords] = useState<{ at?: Term } | null>(null);
  const [logging, setLogging] = useState<LogActivityStart | null>(null);
  const actions = useMemo<ShellActions>(
    () => ({
      logActivity: (start = {}) => setLogging(start),
      make: (kind, start = {}) =>
        new Promise((done) => setMaking((now) => [...now, { kind, start, done } as Making])),
      openPalette: (text = "") => setPalette(text),
      showKeys: () => setKeys(true),
      showWords: (at) => setWords({ at }),
    }),
    [],
  );

  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setPalette((open) => (open === null ? "" : null));
      }
    };
    window.addEventListener("keydown", heard);
    return () => window.removeEventListener("keydown", heard);
  }, []);

  return (
    <ShellActionsProvider value={actions}>
      <ShellKeys />
      <div className="group/shell flex min-h-dvh flex-col lg:h-dvh lg:flex-row lg:overflow-hidden print:h-auto print:overflow-visible">
        <Sidebar />
        <main
          id="main"
          tabIndex={-1}
          className="flex min-h-0 min-w-0 flex-1 flex-col outline-none lg:overflow-y-auto print:block print:overflow-visible"
        >
          {children}
        </main>
      </div>
      {palette !== null && <CommandPalette text={palette} onClose={() => setPalette(null)} />}
      {words && <GlossaryDialog at={words.at} onClose={() => setWords(null)} />}
      {keys && <KeysDialog isOpen onClose={() => setKeys(false)} />}
      {logging && !logging.proposal && <LogActivityDialog start={logging} onClose={() => setLogging(null)} />}
      {logging?.proposal && <AcceptProposalDialog start={logging} onClose={() => setLogging(null)} />}
      {making.map((one, at) => (
        <MakingDialog
          // biome-ignore lint/suspicious/noArrayIndexKey: one over the other, the last one closes first
          key={at}
          making={one}
          onClose={() => setMaking((now) => now.filter((other) => other !== one))}
        />
      ))}
    </ShellActionsProvider>
  );
}

/** The keys that work on every page. */
function ShellKeys() {
  const router = useRouter();
  const here = usePathname();
  const me = useMe();
  const { logActivity, openPalette, showKeys } = useShell();
  useSequences(PREFIXES);
  useUndoKey();
  useKeys({
    ...Object.fromEntries(PLACES.map((place) => [`g ${place.key}`, () => router.push(place.href)])),
    "?": showKeys,
    c: () => openPalette("New "),
    a: () => mayEver(me, "activity.log") && logActivity(inSight(here)),
  });
  return null;
}

/** The deal one is looking at: its page, or the focused row of a list, which may name the partner as well. */
function inSight(path: string): LogActivityStart {
  const page = /^\/deals\/([^/]+)$/.exec(path)?.[1];
  if (page) return { dealId: decodeURIComponent(page) };
  const row = document.activeElement?.closest<HTMLElement>("[data-deal]")?.dataset;
  return { dealId: row?.deal, partnerId: row?.partner };
}
