"use client";

import { useCallback } from "react";
import { kindOfHeader } from "@/lib/connectors/csv/known-files";
import { fileRefusal } from "@/lib/connectors/csv/reader";
import { isRefusal } from "@/lib/errors";
import type { Kind } from "@/lib/interchange/kinds";
import type { Mapping } from "@/lib/interchange/mapping";
import { capital } from "@/lib/text/words";
import { type Fix, inOrder, type QueuedFile } from "./queue";
import { answerOf } from "./reading";
import {
  draftMapping,
  fittingMapping,
  isTold,
  likelyKind,
  type SavedMapping,
  shippedMapping,
} from "./recognise";
import { useChecks } from "./use-checks";
import { type FileList, useFiles } from "./use-files";
import { useLanding } from "./use-landing";

const MOST_FILES = 40;

interface Known {
  saved: readonly SavedMapping[];
  /** The reporting one, where a file names none. */
  currency: string;
}

const isData = ({ name }: File) => /\.(csv|tsv|txt)$/i.test(name) && !name.endsWith(".refused.csv");

const unread = (file: File): QueuedFile => ({
  key: crypto.randomUUID(),
  file,
  survey: null,
  kind: null,
  mapping: null,
  replaces: false,
  bringsBack: false,
  fixes: [],
  mappingName: null,
  state: { at: "reading" },
});

/** What a file holds and how it is read, as far as its header and the saved mappings say. */
async function recognised(file: File, { saved, currency }: Known): Promise<Partial<QueuedFile>> {
  try {
    const survey = await answerOf("survey", { file });
    const kind = kindOfHeader(survey.header);
    const own = kind ? null : fittingMapping(survey, saved);
    const known = own ?? (kind ? null : shippedMapping(survey, currency));
    const guessed = kind ?? known?.mapping.kind ?? likelyKind(survey, file.name);
    return {
      survey,
      kind: guessed,
      mapping: kind ? null : (known?.mapping ?? draftMapping(guessed, survey, currency)),
      mappingName: known?.name ?? null,
      state: { at: kind || own || (known && isTold(known.mapping, survey)) ? "ready" : "unmapped" },
    };
  } catch (error) {
    const reason = isRefusal(error) ? capital(fileRefusal(error).reason) : String(error);
    return { state: { at: "refused", reason, report: null } };
  }
}

/** What is said of a file beside the way it is read. */
export type Said = Partial<Pick<QueuedFile, "replaces" | "bringsBack" | "source">>;

/** What people say of a file: what it holds, how it is read, what it stands for. */
function useSaid(list: FileList, check: () => Promise<void>, currency: string) {
  /** How a foreign file is read, once people have said so. */
  const setMapping = useCallback(
    (key: string, mapping: Mapping, mappingName: string | null) => {
      list.change(key, { kind: mapping.kind, mapping, mappingName, state: { at: "ready" } });
      void check();
    },
    [check, list],
  );

  const setKind = useCallback(
    (key: string, kind: Kind) => {
      const survey = list.find(key)?.survey;
      if (!survey) return;
      const mapping = draftMapping(kind, survey, currency);
      list.change(key, { kind, mapping, mappingName: null, state: { at: "unmapped" } });
    },
    [currency, list],
  );

  /** What it stands for, brings back or comes from; what it would do is asked anew. */
  const say = useCallback(
    (key: string, said: Said) => {
      const file = list.find(key);
      if (!file) return;
      // Where it came from changes nothing of what it would do.
      if ("source" in said) return list.change(key, said);
      list.change(key, { ...said, ...(file.state.at === "checked" && { state: { at: "ready" } }) });
      void check();
    },
    [check, list],
  );

  return { setKind, setMapping, say };
}

/**
 * The chosen files and what becomes of them: surveyed, recognised, checked one after the other in the order
 * of kinds, landed on demand.
 */
export function useQueue({ saved, currency }: Known) {
  const { files, list } = useFiles();
  const { check, stop: stopChecking } = useChecks(list);
  const { isLanding, land, landAnew, stop } = useLanding(list);

  const add = useCallback(
    async (chosen: readonly File[]) => {
      const fresh = chosen.filter(isData).slice(0, MOST_FILES).map(unread);
      list.put([...list.now().filter(({ state }) => state.at !== "landed"), ...fresh]);
      for (const { key, file } of fresh) list.change(key, await recognised(file, { saved, currency }));
      await check();
      return { taken: fresh.length, left: chosen.length - fresh.length };
    },
    [check, currency, list, saved],
  );

  const remove = useCallback(
    (key: string) => {
      list.put(list.now().filter((one) => one.key !== key));
      void check();
    },
    [check, list],
  );

  const said = useSaid(list, check, currency);

  /** Takes rows that were refused and written anew: checked with the file, or landed where it has. */
  const tryAgain = useCallback(
    async (key: string, fixes: readonly Fix[]) => {
      const file = list.find(key);
      if (!file) return;
      if (file.state.at === "landed") return landAnew(key, fixes);
      const anew = new Set(fixes.map(({ line }) => line));
      const kept = file.fixes.filter(({ line }) => !anew.has(line));
      list.change(key, { fixes: [...kept, ...fixes], state: { at: "ready" } });
      await check();
    },
    [check, landAnew, list],
  );

  const clear = useCallback(() => {
    stopChecking();
    list.put([]);
  }, [list, stopChecking]);

  return {
    files: inOrder(files),
    isLanding,
    add,
    remove,
    ...said,
    tryAgain,
    land: () => {
      stopChecking();
      return land();
    },
    stop,
    clear,
  };
}
