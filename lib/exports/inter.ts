import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Font } from "@react-pdf/renderer";

/** Scripts that Inter comes in, a file each; a letter is looked for in this order. */
const SCRIPTS = ["latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext", "vietnamese"] as const;
const WEIGHTS = [400, 500, 600] as const;
const familyOf = (script: (typeof SCRIPTS)[number]) => `Inter ${script}`;

// From the project's folder and not from this file, which a build moves elsewhere.
const project = createRequire(join(process.cwd(), "package.json"));
const folder = dirname(project.resolve("@fontsource/inter/files/inter-latin-400-normal.woff"));
for (const script of SCRIPTS) {
  Font.register({
    family: familyOf(script),
    fonts: WEIGHTS.map((fontWeight) => ({
      src: join(folder, `inter-${script}-${fontWeight}-normal.woff`),
      fontWeight,
    })),
  });
}
/** Figures and names are never broken in the middle. */
Font.registerHyphenationCallback((word) => [word]);

/** The families to set text in, in this order: names of people are written in more than one script. */
export const INTER: string[] = SCRIPTS.map(familyOf);
