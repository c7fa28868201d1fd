"use client";

import { useEffect, useState } from "react";
import { IconButton } from "./button";
import type { IconName } from "./icon";
import { THEME_STORE } from "./theme-script";

const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

const ICONS: Record<Theme, IconName> = { system: "monitor", light: "sun", dark: "moon" };
const LABELS: Record<Theme, string> = {
  system: "Theme: as the system",
  light: "Theme: light",
  dark: "Theme: dark",
};

/** System, light, dark, round and round; kept in this browser. */
export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>("system");
  useEffect(() => {
    const stored = document.documentElement.dataset.theme;
    if (stored === "light" || stored === "dark") setTheme(stored);
  }, []);

  const choose = (next: Theme) => {
    setTheme(next);
    if (next === "system") {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem(THEME_STORE);
    } else {
      document.documentElement.dataset.theme = next;
      localStorage.setItem(THEME_STORE, next);
    }
  };

  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme;
  return <IconButton label={LABELS[theme]} icon={ICONS[theme]} size="small" onPress={() => choose(next)} />;
}
