import type { Outcome } from "../attribution/vocabulary";

/** The light tokens of app/globals.css, for paper: one company, one face. */
export const INK = "#181b19";
export const INK_2 = "#50565a";
export const INK_3 = "#676c6a";
export const LINE = "#e7e7e1";
export const LINE_STRONG = "#d2d2ca";
export const SUNKEN = "#f4f4f0";
export const ACCENT = "#0d6848";
export const ACCENT_SOFT = "#e7f2ec";
export const WARN = "#875100";
export const WARN_SOFT = "#fcf3e1";

/** An outcome's colour, never shown without its word. */
export const OUTCOME_COLOURS: Readonly<Record<Outcome, string>> = {
  sourced: "#0a5fb0",
  co_sell: "#2a8fc6",
  accelerated: "#963a82",
  influenced: "#c07200",
  influence: "#938000",
  assisted: "#7a6748",
  assisted_close: "#7a6748",
  disputed: "#c8410a",
  attached: "#676c6a",
  none: "#8a8f8c",
  unattributed: "#8a8f8c",
};

/** The same hue for what was before: mixed with four parts of paper in six. */
export function faded(colour: string): string {
  const channel = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round(channel(at) * 0.38 + 255 * 0.62));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
