"use client";

import { useEffect, useState } from "react";
import { exactly, type Found, matching, saidBy } from "./combo-match";

export interface ComboOptions {
  /** What there is to find; undefined while it is still coming. With `onSearch`, what answers to the text. */
  items: readonly Found[] | undefined;
  /** Whether the items are of another text than the one that stands. */
  isLooking?: boolean;
  value: string | null;
  /** Null as soon as the text is no longer what was chosen. */
  onChange(id: string | null): void;
  /** Told every text, where the caller searches. */
  onSearch?(text: string): void;
  /** One of them, in a word: partner, deal, currency. */
  noun: string;
  problem?: string | null;
}

/** As many as a list shows at once; more are found by typing on. */
const SHOWN = 60;

export interface Combo {
  text: string;
  /** Whether the text is somebody's and not yet anything chosen. */
  isOpenText: boolean;
  /** Whether what there is for this text is here, and not still looked for. */
  isKnown: boolean;
  shown: readonly Found[];
  /** How many more answer to the text than are shown. */
  more: number;
  problem: string | null;
  /** Why the list is empty, when it is. */
  emptyWords: string;
  type(text: string): void;
  take(found: Found): void;
  /** Takes what the text says; whether there was nothing to take, something was taken, or the text says nothing. */
  settle(): "settled" | "taken" | "missed";
  /** Puts back what was chosen before the typing; whether there was something. */
  restore(): boolean;
  /** How often something was taken. */
  takes: number;
}

/**
 * The text of a field that finds things, and what is chosen by it. What is typed stands until something is
 * taken or put back by hand; meanwhile nothing is chosen, whatever is proposed from outside.
 */
export function useCombo(options: ComboOptions): Combo {
  const { items = [], value, onChange, onSearch, noun } = options;
  const [typed, setTyped] = useState<string | null>(null);
  /** The last one taken here, whose name shows also where the list does not hold it. */
  const [taken, setTaken] = useState<Found | null>(null);
  const [before, setBefore] = useState<Found | null>(null);
  /** Whether somebody was done with the text; what comes after that settles it. */
  const [asked, setAsked] = useState(false);
  const [seen, setSeen] = useState(value);
  const [takes, setTakes] = useState(0);

  const isKnown = options.items !== undefined && !options.isLooking;
  const found = answering(options, typed ?? "", isKnown);
  const says = typed === null || !isKnown ? null : saidByFound(items, typed, Boolean(onSearch));
  const stands = chosenOf(items, value) ?? chosenOf(taken ? [taken] : [], value);
  if (value !== seen) {
    setSeen(value);
    // Chosen from outside, and the very one that the text says.
    if (value !== null && says?.id === value) setTyped(null);
  }

  const take = (found: Found) => {
    setTyped(null);
    setTaken(found);
    setAsked(false);
    setTakes((so) => so + 1);
    if (typed !== null) onSearch?.("");
    onChange(found.id);
  };
  useEffect(() => {
    if (typed === null) return;
    if (asked && says) take(says);
    else if (value !== null && value !== says?.id) onChange(null);
  });

  const isOpenText = typed !== null && typed.trim() !== "";
  return {
    text: typed ?? stands?.name ?? "",
    isOpenText,
    isKnown,
    shown: found.slice(0, SHOWN),
    more: Math.max(0, found.length - SHOWN),
    problem:
      (asked && isOpenText && isKnown && !says ? missedWords(found, typed, noun) : options.problem) ?? null,
    emptyWords: !isKnown ? "Looking…" : isOpenText ? missedWords([], typed, noun) : `No ${noun} yet`,
    type: (text) => {
      if (typed === null) setBefore(stands);
      setTyped(text);
      setAsked(false);
      onSearch?.(text);
      onChange(null);
    },
    take,
    takes,
    settle: () => {
      if (!isOpenText) {
        setTyped(null);
        return "settled";
      }
      if (says) take(says);
      else setAsked(true);
      return says ? "taken" : "missed";
    },
    restore: () => {
      if (typed === null || before === null) return false;
      take(before);
      return true;
    },
  };
}

/** What is still of another text is held to this one here, so that little moves under a hand when the answer comes. */
function answering({ items = [], onSearch }: ComboOptions, text: string, isKnown: boolean): readonly Found[] {
  return onSearch && isKnown ? items : matching(items, text);
}

const chosenOf = (items: readonly Found[], value: string | null): Found | null =>
  items.find(({ id }) => id === value) ?? null;

/** What the caller found answers to the text by the caller's own measure, so one alone is the one. */
function saidByFound(items: readonly Found[], text: string, isSearched: boolean): Found | null {
  const said = saidBy(items, text);
  return said ?? (isSearched && text.trim() !== "" && items.length === 1 ? items[0]! : null);
}

function missedWords(shown: readonly Found[], text: string, noun: string): string {
  const called = `called “${text.trim()}”`;
  const same = exactly(shown, text).length;
  if (same > 1) return `More than one ${noun} ${called}: choose which.`;
  return shown.length > 1
    ? `No ${noun} ${called}: ${shown.length} are like it, choose one.`
    : `No ${noun} ${called}`;
}
