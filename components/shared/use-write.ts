"use client";

import { type QueryClient, type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { say, sayProblem } from "@/components/ui/toasts";
import { api, type CallContext, client, type Inputs, type Outputs, type Writes } from "@/lib/api/client";
import { problemOf } from "@/lib/api/problem-of";
import {
  forgetWrite,
  type Inverse,
  type LastWrite,
  rememberWrite,
  writeBegins,
  writeEnds,
} from "./last-write";
import { isMadeStaleBy, makeStale, type Reads } from "./stale";

/** Changes every kept answer of one read, as the page will show it before the server has said so. */
export type Show = <R extends Reads>(read: R, change: (now: Outputs[R]) => Outputs[R]) => void;

export interface WriteOptions<K extends Writes> {
  /** What the toast says when it is done; null for nothing. */
  said(answer: Outputs[K], input: Inputs[K]): { message: string; detail?: string } | string | null;
  /** Whether the toast offers to take it back; by the write that does the opposite, where that is one's own to name. */
  undo?: boolean | ((input: Inputs[K], answer: Outputs[K]) => Inverse);
  /** What was wanted, for when somebody else changed the deal first: the toast shows both. */
  tried?(input: Inputs[K]): string;
  /** Shows the problem itself, in a form; else a toast does. */
  quiet?: boolean;
  /** What is shown at once; when the write is refused, what stood before is shown again. */
  shows?(input: Inputs[K], show: Show): void;
  onDone?(answer: Outputs[K], input: Inputs[K]): void;
}

/**
 * A write, the way every page makes it: shown at once where the page says how, made once however often it
 * is sent, what it made stale asked for again; said with an undo for ten seconds, or plainly which rule
 * stood in the way.
 */
export function useWrite<K extends Writes>(verb: K, options: WriteOptions<K>) {
  const queries = useQueryClient();
  const takeBack = useUndo();
  return useMutation({
    mutationFn: (input: Inputs[K]) => send(verb, input),
    onMutate: async (input) => {
      writeBegins();
      if (!options.shows) return [];
      // An answer that is under way is of before the write, and would hide it again.
      await queries.cancelQueries({ predicate: isMadeStaleBy(verb) });
      const kept: Kept = [];
      options.shows(input, showing(queries, kept));
      return kept;
    },
    onSuccess: async (answer, input) => {
      // Remembered before anything is waited for: whoever takes back the last write means this one.
      const tell = telling(options, answer, input, takeBack);
      writeEnds();
      options.onDone?.(answer, input);
      tell?.();
      await makeStale(queries, verb);
    },
    onError: async (error, input, kept) => {
      writeEnds();
      for (const [key, before] of kept?.toReversed() ?? []) queries.setQueryData(key, before);
      // Whatever stands now is what the page must show.
      const refreshed = makeStale(queries, verb);
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

/** Remembers a write as the last one, and tells of it when called; null where nothing is said of it. */
function telling<K extends Writes>(
  { said, undo }: WriteOptions<K>,
  answer: Outputs[K],
  input: Inputs[K],
  takeBack: (write: LastWrite) => Promise<void>,
): (() => void) | null {
  const words = said(answer, input);
  if (words === null) return null;
  const { message, detail } = typeof words === "string" ? { message: words, detail: undefined } : words;
  const inverse = undo ? inverseOf(undo, input, answer) : null;
  const write = { inverse, message };
  rememberWrite(write);
  return () => say(message, { detail, undo: inverse ? () => takeBack(write) : undefined });
}

function inverseOf<K extends Writes>(
  undo: NonNullable<WriteOptions<K>["undo"]>,
  input: Inputs[K],
  answer: Outputs[K],
): Inverse {
  if (typeof undo === "function") return undo(input, answer);
  return { verb: "undo", input: { request: (answer as { request: string }).request } };
}

/** Answers as they stood before something was shown over them, oldest first. */
type Kept = [QueryKey, unknown][];

const showing =
  (queries: QueryClient, kept: Kept): Show =>
  (read, change) => {
    for (const [key, now] of queries.getQueriesData({ queryKey: [[read]] })) {
      if (now === undefined) continue;
      kept.push([key, now]);
      queries.setQueryData(key, change(now as never));
    }
  };

/** Keys of writes whose end is not known yet, by what they say. */
const unended = new Map<string, string>();

/**
 * Sends a write under a key of its own. Until the server has said how it ended, the same press carries the
 * same key: it is made once, and a lost answer is heard on the next try.
 */
async function send<K extends Writes>(verb: K, input: Inputs[K]): Promise<Outputs[K]> {
  const call = client[verb] as unknown as (
    input: Inputs[K],
    options: { context: CallContext },
  ) => Promise<Outputs[K]>;
  const press = JSON.stringify([verb, input]);
  const idempotencyKey = unended.get(press) ?? newKey();
  unended.set(press, idempotencyKey);
  try {
    const answer = await call(input, { context: { idempotencyKey } });
    unended.delete(press);
    return answer;
  } catch (error) {
    if (problemOf(error).code !== "unavailable") unended.delete(press);
    throw error;
  }
}

/** `crypto.randomUUID` is there over https alone. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
}

/** Takes back a write, saying what it was; the audit log keeps both. */
export function useUndo(): (write: LastWrite) => Promise<void> {
  const queries = useQueryClient();
  return async (write) => {
    const { inverse, message } = write;
    if (inverse === null) return;
    const { verb, input } = inverse;
    forgetWrite(write);
    writeBegins();
    try {
      await send(verb, input);
      say("Taken back", { detail: message });
    } catch (error) {
      sayProblem(error);
    } finally {
      writeEnds();
    }
    await makeStale(queries, verb);
  };
}
