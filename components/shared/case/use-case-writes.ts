"use client";

import { useMutation } from "@tanstack/react-query";
import { useWrite } from "@/components/shared/use-write";
import { dayInWords } from "@/lib/text/days";
import type { Choice, ExceptionDetail } from "./answers";
import { DECISION_WORDS } from "./exception-words";

/** Decides a case for one's side; whose word is still missing, the seats say. */
export function useDecide() {
  const write = useWrite("decideException", {
    quiet: true,
    // The case by name: after a lost connection another one may be on the screen.
    said: ({ answer }, { decision }) => ({
      message:
        answer.state === "settled"
          ? `Settled: ${DECISION_WORDS[decision].label.toLowerCase()}`
          : `${DECISION_WORDS[decision].label}, saved for your side`,
      detail: answer.name,
    }),
  });
  return useMutation({
    mutationFn: (input: {
      detail: Pick<ExceptionDetail, "id" | "version">;
      choice: Choice;
      reason: string;
    }) =>
      write.mutateAsync({
        exceptionId: input.detail.id,
        version: input.detail.version,
        decision: input.choice.decision,
        reason: input.reason,
        ...(input.choice.partner &&
          input.choice.outcome && { partnerId: input.choice.partner.id, outcome: input.choice.outcome }),
      }),
  });
}

export function useDefer(onDone: () => void) {
  const write = useWrite("deferException", {
    quiet: true,
    said: ({ answer }, { until }) => ({
      message: `Deferred until ${dayInWords(until)}`,
      detail: answer.name,
    }),
    onDone,
  });
  return useMutation({
    mutationFn: ({ detail, to, until }: { detail: ExceptionDetail; to: string; until: string }) =>
      write.mutateAsync({ exceptionId: detail.id, version: detail.version, to, until }),
  });
}

export function useWithdraw(onDone: () => void) {
  return useWrite("withdrawException", {
    quiet: true,
    said: ({ answer }) => ({ message: "Withdrawn; it stays in the log", detail: answer.name }),
    onDone,
  });
}

export function useComment() {
  const write = useWrite("commentException", { quiet: true, said: () => null });
  return useMutation({
    mutationFn: ({ detail, text }: { detail: ExceptionDetail; text: string }) =>
      write.mutateAsync({ exceptionId: detail.id, text }),
  });
}

export function useAssign() {
  const write = useWrite("assignException", { said: () => ({ message: "Owner changed" }) });
  return (exceptionId: string, ownerId: string | null) => write.mutate({ exceptionId, ownerId });
}
