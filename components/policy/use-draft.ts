"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, client } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import type { Policy } from "@/lib/attribution/policy";
import type { PolicyAnswer } from "./policy-words";

export interface Text {
  title: string;
  document: Policy;
}

export type Saving = "saved" | "saving" | "failed" | "conflict";

const REST_MS = 500;

/**
 * A draft under one's hands: every change shows at once and is saved when the hands rest, on the version
 * it was made on. When somebody else was first, both stand side by side until one is chosen.
 */
export function useDraft(policy: PolicyAnswer) {
  const queries = useQueryClient();
  const [mine, setMine] = useState<Text | null>(null);
  const [saving, setSaving] = useState<Saving>("saved");
  const [error, setError] = useState<unknown>(null);
  const [theirs, setTheirs] = useState<PolicyAnswer | null>(null);
  const latest = useRef<Text | null>(null);
  const version = useRef(policy.version);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const before = useRef<Promise<boolean>>(Promise.resolve(true));
  latest.current = mine;
  if (mine === null) version.current = policy.version;

  const { id: policyId } = policy;

  /** Saves what stands, after what is being saved already; false when it could not. */
  const save = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    const saveLatest = async () => {
      const text = latest.current;
      if (!text) return true;
      setSaving("saving");
      try {
        const { answer } = await client.editDraft({ policyId, version: version.current, ...text });
        version.current = answer.version;
        const asked = api.policy.queryKey({ input: { policyId } });
        queries.setQueryData(asked, (old) => old && { ...old, ...text, version: answer.version });
        await queries.invalidateQueries();
        setError(null);
        if (latest.current === text) {
          latest.current = null;
          setMine(null);
          setSaving("saved");
        }
        return true;
      } catch (failed) {
        setError(failed);
        if (problemOf(failed).code === "conflict") {
          setTheirs(await client.policy({ policyId }));
          setSaving("conflict");
        } else setSaving("failed");
        return false;
      }
    };
    before.current = before.current.then(saveLatest);
    return before.current;
  }, [policyId, queries]);

  const edit = (change: Partial<Text>) => {
    const text = { title: policy.title, document: policy.document, ...mine, ...change };
    setMine(text);
    latest.current = text;
    if (theirs) return;
    setSaving("saving");
    clearTimeout(timer.current);
    timer.current = setTimeout(save, REST_MS);
  };

  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => latest.current && event.preventDefault();
    window.addEventListener("beforeunload", leaving);
    return () => {
      window.removeEventListener("beforeunload", leaving);
      // Going to another page is no reason to lose the last stroke.
      if (latest.current) save();
    };
  }, [save]);

  return {
    text: mine ?? { title: policy.title, document: policy.document },
    saving,
    error,
    theirs,
    edit,
    save,
    keepMine: () => {
      if (!theirs) return;
      version.current = theirs.version;
      setTheirs(null);
      save();
    },
    takeTheirs: () => {
      setMine(null);
      latest.current = null;
      setTheirs(null);
      setSaving("saved");
      setError(null);
      queries.invalidateQueries();
    },
  };
}
