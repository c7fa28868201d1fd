"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { say, sayProblem } from "@/components/ui/toasts";
import { api, client, type Inputs, type Outputs } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";

type Writes = {
  [K in keyof Outputs]: Outputs[K] extends { request: string; answer: unknown } ? K : never;
}[keyof Outputs];

export interface WriteOptions<K extends Writes> {
  /** What the toast says when it is done; null for nothing. */
  said(answer: Outputs[K], input: Inputs[K]): { message: string; detail?: string } | string | null;
  /** Whether the toast offers to take it back. */
  undo?: boolean;
  /** What was wanted, for when somebody else changed the deal first: the toast shows both. */
  tried?(input: Inputs[K]): string;
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
      say(message, { detail, undo: options.undo ? () => takeBack(request) : undefined });
    },
    onError: async (error, input) => {
      // Whatever stands now is what the page must show.
      const refreshed = queries.invalidateQueries();
      if (options.quiet) return;
      const dealId = (input as { dealId?: string }).dealId;
      if (problemOf(error).code !== "conflict" || !options.tried || !dealId) return sayProblem(error);
      await refreshed;
      const { stands } = await import("./stands");
      const now = await queries.fetchQuery(api.deal.queryOptions({ input: { dealId } })).catch(() => null);
      sayProblem(error, `You: ${options.tried(input)}. Stands now: ${now ? stands(now) : "it is gone"}.`);
    },
  });
}

/** Takes back a write by its request; the audit log keeps both. */
function useUndo(): (request: string) => Promise<void> {
  const queries = useQueryClient();
  return async (request) => {
    try {
      await client.undo({ request });
      say("Taken back");
    } catch (error) {
      sayProblem(error);
    }
    await queries.invalidateQueries();
  };
}
