"use client";

import { useEffect, useState } from "react";
import { problemOf } from "@/lib/api/problem-of";
import { onDemand } from "./on-demand";
import { problemWords } from "./problem-words";
import { SAID_MS, speak, whenSpoken } from "./spoken";

const Toaster = onDemand(() => import("./toaster").then((m) => m.Toaster));

/** An inverse command may be given for this long after a write. */
const UNDO_MS = 10_000;
/** A problem stays until it can be read. */
const PROBLEM_MS = 12_000;

/** Says that a write happened; with `undo`, offers to take it back for ten seconds. */
export function say(message: string, options: { detail?: string; undo?: () => void } = {}): void {
  speak({ message, ...options, ms: options.undo ? UNDO_MS : SAID_MS });
}

/** Says plainly that something failed, and by which rule; `instead` where the caller knows more. */
export function sayProblem(error: unknown, instead?: string): void {
  const { title, detail } = problemWords(problemOf(error));
  speak({ message: title, detail: instead ?? detail, failed: true, ms: PROBLEM_MS });
}

/** Where toasts appear, once there is one. */
export function Toasts() {
  const [turn, setTurn] = useState(0);
  useEffect(() => whenSpoken(() => setTurn((now) => now + 1)), []);
  return turn > 0 && <Toaster turn={turn} />;
}
