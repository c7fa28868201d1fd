import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { EARLY_KEY_SCRIPT } from "@/components/ui/early-key";
import { EARLY_PRESS_SCRIPT } from "@/components/ui/early-press";
import { Listens } from "@/components/ui/listens";
import { THEME_SCRIPT } from "@/components/ui/theme-script";
import "./globals.css";

const BEFORE_THE_FIRST_PAINT = [THEME_SCRIPT, EARLY_KEY_SCRIPT, EARLY_PRESS_SCRIPT].join(";");

export const metadata: Metadata = {
  title: { default: "Countersign", template: "%s · Countersign" },
  description: "Partner attribution that finance has signed.",
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfbf9" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1110" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme script writes data-theme before React reads the element.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: constants, run before the first paint */}
        <script dangerouslySetInnerHTML={{ __html: BEFORE_THE_FIRST_PAINT }} />
      </head>
      <body>
        {children}
        <Listens />
      </body>
    </html>
  );
}
