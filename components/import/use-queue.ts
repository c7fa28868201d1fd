"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { fileRefusal } from "@/lib/connectors/csv/reader";
import { Refusal } from "@/lib/errors";
import type { Kind } from "@/lib/interchange/kinds";
import type { Mapping } from "@/lib/interchange/mapping";
import { capital } from "@/lib/text/words";
import { type FileState, inOrder, type QueuedFile } from "./queue";
import { draftMapping, fittingMapping, kindOfHeader, likelyKind, type SavedMapping } from "./recognise";
import { Coming, type CutOff, checkFile, landFile } from "./run-file";
import { surveyFile } from "./survey";

const MOST_FILES = 40;

/**
 * The chosen files and what becomes of them: surveyed, recognised, checked one after the other in the order
 * of kinds, landed on demand. Checks begin again whenever a file joins or leaves, for rows may wait for it.
 */
export function useQueue({ saved, currency }: { saved: readonly SavedMapping[]; currency: string }) {
  const queries = useQueryClient();
  const [files, setFiles] = useState<readonly QueuedFile[]>([]);
  const now = useRef(files);
  /** Which pass of checks is the current one; an older pass ends at its next batch. */
  const pass = useRef(0);
  const stopped = useRef(false);
  const [isLanding, setLanding] = useState(false);

  const put = useCallback((next: readonly QueuedFile[]) => {
    now.current = next;
    setFiles(next);
  }, []);
  const change = useCallback(
    (key: string, changes: Partial<QueuedFile>) =>
      put(now.current.map((one) => (one.key === key ? { ...one, ...changes } : one))),
    [put],
  );
  const state = useCallback((key: string, next: FileState) => change(key, { state: next }), [change]);

  const check = useCallback(async () => {
    const mine = ++pass.current;
    const isStale = () => pass.current !== mine;
    const unchecked = (one: QueuedFile) => one.state.at === "checked" || one.state.at === "checking";
    put(now.current.map((one) => (unchecked(one) ? { ...one, state: { at: "ready" } } : one)));
    const coming = new Coming();
    for (const { key } of inOrder(now.current)) {
      const file = now.current.find((one) => one.key === key);
      if (file?.state.at !== "ready") continue;
      state(key, { at: "checking", done: 0 });
      try {
        const preview = await checkFile(
          {
            file,
            isStopped: isStale,
            onProgress: (done) => !isStale() && state(key, { at: "checking", done }),
          },
          coming,
        );
        if (isStale()) return;
        state(key, { at: "checked", preview });
      } catch (error) {
        if (isStale()) return;
        state(key, { at: "refused", reason: (error as CutOff).reason ?? String(error), report: null });
      }
    }
  }, [put, state]);

  const add = useCallback(
    async (chosen: readonly File[]) => {
      const csv = chosen.filter(
        ({ name }) => /\.(csv|tsv|txt)$/i.test(name) && !name.endsWith(".refused.csv"),
      );
      const fresh = csv.slice(0, MOST_FILES).map(
        (file): QueuedFile => ({
          key: crypto.randomUUID(),
          file,
          survey: null,
          kind: null,
          mapping: null,
          mappingName: null,
          state: { at: "reading" },
        }),
      );
      put([...now.current.filter(({ state: { at } }) => at !== "landed"), ...fresh]);
      for (const { key, file } of fresh) {
        try {
          const survey = await surveyFile(file);
          const kind = kindOfHeader(survey);
          const known = kind ? null : fittingMapping(survey, saved);
          const guessed = kind ?? known?.mapping.kind ?? likelyKind(survey, file.name);
          change(key, {
            survey,
            kind: guessed,
            mapping: kind ? null : (known?.mapping ?? draftMapping(guessed, survey, currency)),
            mappingName: known?.name ?? null,
            state: { at: kind || known ? "ready" : "unmapped" },
          });
        } catch (error) {
          const reason = error instanceof Refusal ? capital(fileRefusal(error).reason) : String(error);
          state(key, { at: "refused", reason, report: null });
        }
      }
      await check();
      return { taken: fresh.length, left: chosen.length - fresh.length };
    },
    [change, check, currency, put, saved, state],
  );

  const remove = useCallback(
    (key: string) => {
      put(now.current.filter((one) => one.key !== key));
      void check();
    },
    [check, put],
  );

  /** How a foreign file is read: its draft while people work on it, or for good. */
  const setMapping = useCallback(
    (key: string, mapping: Mapping, name: string | null, isDone: boolean) => {
      change(key, {
        kind: mapping.kind,
        mapping,
        mappingName: name,
        state: { at: isDone ? "ready" : "unmapped" },
      });
      if (isDone) void check();
    },
    [change, check],
  );

  const setKind = useCallback(
    (key: string, kind: Kind) => {
      const file = now.current.find((one) => one.key === key);
      if (!file?.survey) return;
      change(key, {
        kind,
        mapping: draftMapping(kind, file.survey, currency),
        mappingName: null,
        state: { at: "unmapped" },
      });
    },
    [change, currency],
  );

  const land = useCallback(async () => {
    pass.current++;
    stopped.current = false;
    setLanding(true);
    try {
      for (const file of inOrder(now.current)) {
        const { at } = file.state;
        const isCutOff = file.state.at === "refused" && file.state.report !== null;
        if (stopped.current || (at !== "checked" && !isCutOff)) continue;
        state(file.key, { at: "landing", done: 0 });
        try {
          const report = await landFile({
            file,
            isStopped: () => stopped.current,
            onProgress: (done) => state(file.key, { at: "landing", done }),
          });
          state(file.key, { at: "landed", report });
        } catch (error) {
          const { reason, outcome } = error as CutOff;
          state(file.key, { at: "refused", reason, report: outcome });
        }
      }
    } finally {
      setLanding(false);
      await queries.invalidateQueries();
    }
  }, [queries, state]);

  const stop = useCallback(() => {
    stopped.current = true;
  }, []);
  const clear = useCallback(() => {
    pass.current++;
    put([]);
  }, [put]);

  return { files: inOrder(files), isLanding, add, remove, setKind, setMapping, land, stop, clear };
}
