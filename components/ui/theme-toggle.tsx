"use client";

import { useEffect } from "react";
import { browserStore, useStored } from "./browser-store";
import { IconButton } from "./button";
import type { IconName } from "./icon";

const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

const ICONS: Record<Theme, IconName> = { system: "monitor", light: "sun", dark: "moon" };
const LABELS: Record<Theme, string> = {
  system: "Theme: as the system",
  light: "Theme: light",
  dark: "Theme: dark",
};

const THEME = browserStore<Theme>("theme", "system", (stored) => THEMES.find((theme) => theme === stored));

/** What the page's first script did before the first paint, now that somebody chose, here or in another tab. */
function apply(): void {
  const theme = THEME.get();
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
}

/** System, light, dark, round and round; kept in this browser. */
export function ThemeToggle() {
  const theme = useStored(THEME);
  useEffect(() => THEME.subscribe(apply), []);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme;
  return (
    <IconButton label={LABELS[theme]} icon={ICONS[theme]} size="small" onPress={() => THEME.set(next)} />
  );
}
