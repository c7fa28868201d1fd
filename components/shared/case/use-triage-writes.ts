"use client";

import { useState } from "react";
import { useWrite } from "@/components/shared/use-write";
import type { Inputs, Outputs } from "@/lib/api/client";
import { dayInWords } from "@/lib/text/days";
import { count } from "@/lib/text/words";
import { DECISION_WORDS } from "./exception-words";

type Decided = Outputs["decideExceptions"]["answer"];
export type LeftOut = Decided["leftOut"][number];
/** What became of it: those left out, of which one is told. */
type Done = (left: readonly LeftOut[]) => void;

/** What was left out last time, until somebody has seen it. */
export function useKeptLeftOuts() {
  const [list, setList] = useState<readonly LeftOut[]>([]);
  return { list, keep: setList, drop: () => setList([]) };
}

const leftWords = (left: readonly LeftOut[]) =>
  left.length === 0
    ? undefined
    : `${count(left.length, "case was", "cases were")} left out; it says why below.`;

export function useDecideMany(onDone: Done) {
  return useWrite("decideExceptions", {
    quiet: true,
    said: ({ answer }, input) => ({
      message: decidedWords(answer, input),
      detail: leftWords(answer.leftOut),
    }),
    onDone: ({ answer }) => onDone(answer.leftOut),
  });
}

/** "Rule upheld for 201 cases, saved for your side"; "201 cases settled". */
function decidedWords({ decided }: Decided, { decision }: Inputs["decideExceptions"]): string {
  const settled = decided.filter(({ state }) => state === "settled").length;
  const split = decided.filter(({ state }) => state === "split").length;
  const what = decision === "agree" ? "Agreed" : DECISION_WORDS[decision].label;
  const all = `${what} for ${count(decided.length, "case")}`;
  if (settled === decided.length) return `${all}: settled`;
  const also = [
    settled > 0 ? `${settled} settled` : null,
    split > 0 ? `in ${split} the sides differ` : null,
  ].filter((one) => one !== null);
  return also.length > 0 ? `${all}: ${also.join(", ")}` : `${all}, saved for your side`;
}

export function useAssignMany(onDone: Done) {
  return useWrite("assignExceptions", {
    quiet: true,
    said: ({ answer }) => ({
      message: `${count(answer.assigned.length, "case has", "cases have")} another owner`,
      detail: leftWords(answer.leftOut),
    }),
    onDone: ({ answer }) => onDone(answer.leftOut),
  });
}

export function useDeferMany(onDone: Done) {
  return useWrite("deferExceptions", {
    quiet: true,
    said: ({ answer }, { until }) => ({
      message: `${count(answer.deferred.length, "case")} deferred until ${dayInWords(until)}`,
      detail: leftWords(answer.leftOut),
    }),
    onDone: ({ answer }) => onDone(answer.leftOut),
  });
}
