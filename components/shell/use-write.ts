"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { say, sayProblem } from "@/components/ui/toasts";
import { client, type Inputs, type Outputs } from "@/lib/api/client";

type Writes = {
  [K in keyof Outputs]: Outputs[K] extends { request: string; answer: unknown } ? K : never;
}[keyof Outputs];

export interface WriteOptions<K extends Writes> {
  /** What the toast says when it is done; null for nothing. */
  said(answer: Outputs[K], input: Inputs[K]): { message: string; detail?: string } | string | null;
  /** Whether the toast offers to take it back. */
  undo?: boolean;
  /** Shows the problem itself, in a form; else a toast does. */
  quiet?: boolean;
  onDone?(answer: Outputs[K], input: Inputs[K]): void;
}

/**
 * A write, the way every page makes it: run, refresh what is on screen, say so with an undo for ten
 * seconds, or say plainly which rule stood in the way.
 */
export function useWrite<K extends Writes>(verb: K, options: WriteOptions<K>) {
  const queries = useQueryClient();
  const takeBack = useUndo();
  return useMutation({
    mutationFn: (input: Inputs[K]) =>
      (client[verb] as unknown as (input: Inputs[K]) => Promise<Outputs[K]>)(input),
    onSuccess: async (answer, input) => {
      const said = options.said(answer, input);
      options.onDone?.(answer, input);
      await queries.invalidateQueries();
      if (said === null) return;
      const { message, detail } = typeof said === "string" ? { message: said, detail: undefined } : said;
      const { request } = answer as { request: string };
      say(message, { detail, undo: options.undo ? () => takeBack([request]) : undefined });
    },
    onError: (error) => {
      if (!options.quiet) sayProblem(error);
      // Somebody was first: show what stands now beside what was tried.
      queries.invalidateQueries();
    },
  });
}

/** Takes back writes by their requests, the last first; the audit log keeps both. */
export function useUndo(): (requests: readonly string[]) => Promise<void> {
  const queries = useQueryClient();
  return async (requests) => {
    try {
      for (const request of requests.toReversed()) await client.undo({ request });
      say(requests.length > 1 ? `${requests.length} changes taken back` : "Taken back");
    } catch (error) {
      sayProblem(error);
    }
    await queries.invalidateQueries();
  };
}
